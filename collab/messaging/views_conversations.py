"""Pages of conversations: the list, and one of them with its talk."""

from dataclasses import replace

from flask import Response, jsonify, make_response, render_template

from collab.core.errors import NotFound
from collab.core.forms import Form, PartyId
from collab.core.i18n import _
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, filled, go, show
from collab.web.shell import counted

from . import commands, queries
from .forms import ReadUpTo, Seq
from .list_shown import ICONS, listed
from .named import page, title_of
from .owners import Owner
from .pages import is_part, said_in, stretch_of
from .queries import About
from .reading_told import tell_place
from .talk import Talk, talk_at
from .views import talks


class At(Form):
    """Which conversation is open beside the list."""

    at: PartyId | None = None


class Jump(Form):
    """The number of a message to go to."""

    at: Seq | None = None


@door(talks, "GET /conversations")
def conversations() -> Response:
    """Every conversation you take part in."""
    return show("messaging/conversations.html", list=listed(actor()))


@door(talks, "GET /conversations/unread")
def unread() -> Response:
    """In how many conversations something is unread: asked by the page once it stands, so that no page waits for it."""
    number = queries.unread_count(actor())
    return jsonify({"unread": number, "shown": counted(number)})


@door(talks, "GET /conversations/list", query=At)
def conversation_list() -> Response:
    """The list beside an open conversation, as it is now."""
    found = listed(actor(), asked(At).at)
    return make_response(
        render_template("messaging/_list.html" if is_part() else "messaging/conversations.html", list=found)
    )


@door(talks, "GET /conversations/<id:conversation_id>", query=Jump)
def conversation(conversation_id: int) -> Response:
    """One conversation: the list, what was said, and what it is."""
    who = actor()
    about = queries.about(who, conversation_id)
    found = talk_at(who, about.head, f"{page(about.id)}/messages", asked(Jump).at)
    found = replace(found, text=about.draft or "", announces=about.kind == "announcement", waits=about.waits)
    return show(
        "messaging/conversation.html", talk=found, about=about, name=title_of(who, about), list=listed(who, about.id),
        icon_name=ICONS[about.kind], into=successor(about), first_unread=_first_unread(about, found),
    )  # fmt: skip


@door(talks, "GET /conversations/units/<code>")
def unit_conversation(code: str) -> Response:
    """The conversation of a unit, begun or not."""
    who, unit = actor(), _unit(code)
    head = queries.head_of(who, Owner("unit", unit))
    if head.id is not None:
        return go(page(head.id))
    found = talk_at(who, head, f"/conversations/units/{code}/messages", None)
    return show(
        "messaging/conversation.html", talk=found, about=None, name=tree().nodes[unit].name(),
        list=listed(who, unit=unit), icon_name=ICONS["unit"], into=None, first_unread="",
    )  # fmt: skip


@door(talks, "GET /conversations/<id:conversation_id>/messages")
def conversation_messages(conversation_id: int) -> Response:
    """A stretch of a conversation."""
    about = queries.about(actor(), conversation_id)
    return stretch_of(actor(), about.head.owner, f"{page(about.id)}/messages")


@door(talks, "POST /conversations/<id:conversation_id>/messages")
def say(conversation_id: int) -> Response:
    """Say something in a conversation."""
    about = queries.about(actor(), conversation_id)
    return said_in(actor(), about.head.owner, f"{page(about.id)}/messages", home=page(about.id))


@door(talks, "GET /conversations/units/<code>/messages")
def unit_talk(code: str) -> Response:
    """A stretch of the conversation of a unit."""
    return stretch_of(actor(), Owner("unit", _unit(code)), f"/conversations/units/{code}/messages")


@door(talks, "POST /conversations/units/<code>/messages")
def say_in_unit(code: str) -> Response:
    """Say something in the conversation of a unit."""
    address = f"/conversations/units/{code}"
    return said_in(actor(), Owner("unit", _unit(code)), f"{address}/messages", home=address)


@door(talks, "PUT /conversations/<id:conversation_id>/unread", takes=ReadUpTo)
def mark_unread(conversation_id: int) -> Response:
    """Come back to a conversation later."""
    tell_place(actor(), conversation_id, commands.mark_unread(actor(), conversation_id, filled(ReadUpTo)))
    return go("/conversations", _("It is unread again from there."))


def successor(about: About) -> dict[str, str] | None:
    """The unit that took over from a closed one, and where its conversation is."""
    node = tree().nodes.get(about.into_id or 0)
    return {"name": node.name(), "href": f"/conversations/units/{node.code}"} if node and about.archived_at else None


def _unit(code: str) -> int:
    """Today's unit of this code. Raises NotFound."""
    found = tree().by_code.get(code)
    if found is None:
        raise NotFound
    return found


def _first_unread(about: About, found: Talk) -> str:
    """Where to go to read on, when more is unread than is on the page."""
    first = found.first
    begun = about.read_seq is not None and about.read_seq + 1 < first
    return f"{page(about.id)}?at={(about.read_seq or 0) + 1}" if begun and about.head.unread else ""
