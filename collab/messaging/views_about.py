"""What a conversation is: its topic, who takes part, and what one may do with it."""

from typing import Any, Final

from flask import Response

from collab.core.errors import Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.people.presence_shown import shown
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled, go, reasons_of, show

from . import commands, queries
from .forms import ConversationForm, NewMember, TalkHearing
from .named import address_of, page, title_of
from .policy import may_close, may_hook, may_name, may_take_part
from .queries.copies import may_copy
from .quoting import quoted
from .views import talks
from .views_beginning import NOBODY, named
from .views_conversations import successor

LEVELS: Final = {
    "all": (N_("Everything"), N_("Every message comes to your notifications; several are one line.")),
    "usual": (
        N_("What concerns you"),
        N_("You are mentioned, or a thread goes on in which you wrote or which you follow."),
    ),
    "muted": (
        N_("Only mentions"),
        N_("You are mentioned. Nothing else counts as unread; threads you chose to follow are told."),
    ),
}
"""Level → its name and what arrives."""
SPOKEN_TO: Final = N_("Every message: it is written to you.")
"""What arrives of a direct talk of which nothing else was chosen."""

KEPT: Final = {
    "all": N_("You hear of every message here."),
    "usual": N_("You hear of what concerns you here."),
    "muted": N_("You hear of mentions here only."),
}


@door(talks, "GET /conversations/<id:conversation_id>/about")
def about_conversation(conversation_id: int) -> Response:
    """What a conversation is: its topic, who takes part, and what one may do with it."""
    return _about(conversation_id, {}, 200)


@door(talks, "PUT /conversations/<id:conversation_id>", takes=ConversationForm)
def change_conversation(conversation_id: int) -> Response:
    """Give a conversation its name and topic."""
    try:
        commands.change(actor(), conversation_id, filled(ConversationForm))
    except Invalid as problem:
        return _about(conversation_id, reasons_of(problem), 422)
    return _home(conversation_id)


@door(talks, "POST /conversations/<id:conversation_id>/members", takes=NewMember)
def add_member(conversation_id: int) -> Response:
    """Let somebody into a group."""
    typed = entered()
    try:
        party = typed.get("party") or named(str(typed.get("party_name", "")))
        if not party:
            raise Invalid(fields={"party": [_(NOBODY)]})
        commands.let_in(actor(), conversation_id, parse(NewMember, {"party": party}))
    except Invalid as problem:
        return _about(conversation_id, reasons_of(problem), 422)
    return _home(conversation_id)


@door(talks, "DELETE /conversations/<id:conversation_id>/members/<id:party_id>")
def remove_member(conversation_id: int, party_id: int) -> Response:
    """Leave a group, or put somebody out of it."""
    commands.put_out(actor(), conversation_id, party_id)
    return go("/conversations") if party_id == actor().person_id else _home(conversation_id)


@door(talks, "POST /conversations/<id:conversation_id>/closure")
def close(conversation_id: int) -> Response:
    """Close a group; it stays to be read."""
    return _home(commands.archive(actor(), conversation_id))


@door(talks, "DELETE /conversations/<id:conversation_id>/closure")
def reopen(conversation_id: int) -> Response:
    """Open a group again."""
    return _home(commands.reopen(actor(), conversation_id))


@door(talks, "PUT /conversations/<id:conversation_id>/hearing", takes=TalkHearing)
def hear(conversation_id: int) -> Response:
    """Choose what you hear of a conversation."""
    form = filled(TalkHearing)
    return go(page(commands.hear(actor(), conversation_id, form)), _(KEPT[form.level]))


def _home(conversation_id: int) -> Response:
    return go(page(conversation_id))


def _about(conversation_id: int, reasons: dict[str, list[str]], status: int) -> Response:
    who = actor()
    about = queries.about(who, conversation_id)
    members = queries.members_of([about.id]).get(about.id, [])
    thing: Any = about
    mine = [one for one in members if one.id in who.named_parties | who.reach]
    keeps = any(one.keeper for one in mine)
    audience = tree().nodes.get(about.audience_id or 0)
    unit = tree().nodes.get(about.owner_id) if about.kind == "unit" else None
    owned = address_of(who, about)
    return show(
        "messaging/about.html", fragment="messaging/_card.html", status=status, about=about, members=members,
        name=title_of(who, about), present_of=shown(who, (one.id for one in members if one.kind == "person")),
        reasons=reasons, typed=entered() if status == 422 else {}, keeps=keeps,
        alone=about.kind == "direct" and all(one.id == who.person_id for one in members),
        may_name=may_name(who, thing) and (about.kind == "unit" or bool(mine)),
        may_let_in=may_take_part(who, thing) and bool(mine) and (about.kind == "group" or keeps),
        may_close=may_close(who, thing) and keeps, listed=any(one.id == who.person_id for one in members),
        may_copy=may_copy(who, about), may_hook=may_hook(who, thing) and (about.kind == "unit" or keeps),
        pinned=[quoted(one) for one in queries.pins(about.id)],
        levels=[
            (code, _(name), _(SPOKEN_TO if (code, about.kind) == ("usual", "direct") else note))
            for code, (name, note) in LEVELS.items()
        ],
        audience=audience.name() if audience else "", unit=unit, owned=owned, into=successor(about),
    )  # fmt: skip
