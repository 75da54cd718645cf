"""Beginning a conversation, and joining one that is open to all."""

from typing import Any, Final, Literal

from flask import Response

from collab.core.errors import Invalid
from collab.core.forms import Form, PartyId, parse
from collab.core.i18n import N_, _
from collab.people.queries.parties import choices_of, find_parties
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, go, reasons_of, show

from . import commands, queries
from .forms import NewConversation
from .named import page
from .policy import may_announce, may_begin
from .views import talks

PICKERS: Final = 3
NOBODY = N_("Choose somebody from the list.")

Picked = list[tuple[int | str, str]]


class Wanted(Form):
    """What is to be begun, and with whom."""

    kind: Literal["group", "direct", "announcement"] = "direct"
    person: PartyId | None = None


@door(talks, "GET /conversations/new", query=Wanted)
def new_conversation() -> Response:
    """Begin a conversation."""
    wanted = asked(Wanted)
    chosen = choices_of(actor(), [wanted.person]) if wanted.person else []
    pickers: Picked = [(one.id, one.name) for one in chosen]
    return _new({"kind": wanted.kind}, pickers, {}, 200)


@door(talks, "POST /conversations", takes=NewConversation)
def create_conversation() -> Response:
    """Begin a conversation and go there."""
    typed = entered()
    pickers, problems = _picked(typed)
    try:
        if problems:
            raise Invalid(fields=problems)
        made = commands.open_conversation(actor(), _begun(typed, pickers))
    except Invalid as problem:
        return _new(typed, pickers, reasons_of(problem), 422)
    return go(page(made))


@door(talks, "GET /conversations/joinable")
def joinable() -> Response:
    """Groups that one may join."""
    return show("messaging/joinable.html", groups=queries.joinable_groups(actor()), begins=may_begin(actor()))


@door(talks, "POST /conversations/<id:conversation_id>/joining")
def join(conversation_id: int) -> Response:
    """Take part in a group that is open to all."""
    return go(page(commands.join(actor(), conversation_id)))


def _new(typed: dict[str, Any], pickers: Picked, reasons: dict[str, list[str]], status: int) -> Response:
    who = actor()
    kind = typed.get("kind") if typed.get("kind") in ("group", "direct", "announcement") else "direct"
    here = tree()
    audiences = [(node.id, node.name(), node.depth) for node in here.walk() if may_announce(who, node.id)]
    padded = [*pickers, *[("", "")] * PICKERS][: max(PICKERS, len(pickers))]
    return show(
        "messaging/new.html", status=status, kind=kind, typed=typed, pickers=padded, reasons=reasons,
        audiences=audiences, announces=bool(audiences), everybody=who.is_administrator,
    )  # fmt: skip


def _picked(typed: dict[str, Any]) -> tuple[Picked, dict[str, list[str]]]:
    """Who was chosen in the pickers, a name that was only typed looked up; and what is wrong with it."""
    ids = list(typed.get("members", []))
    names = list(typed.get("members_name", []))
    found: Picked = []
    problems: dict[str, list[str]] = {}
    for at in range(max(len(ids), len(names))):
        id_, name = (ids[at] if at < len(ids) else "").strip(), (names[at] if at < len(names) else "").strip()
        if not id_ and name:
            id_ = str(named(name) or "")
            if not id_:
                problems = {"members": [_(NOBODY)]}
        if id_ or name:
            found.append((id_, name))
    return found, problems


def _begun(typed: dict[str, Any], pickers: Picked) -> NewConversation:
    values = {name: value for name, value in typed.items() if name not in ("members", "members_name")}
    return parse(NewConversation, {**values, "members": [id_ for id_, _name in pickers]})


def named(name: str) -> int | None:
    """The one person, unit or post of this name; without scripts a name is all that is sent."""
    if not name.strip() or len(name) > 200:
        return None
    found = find_parties(actor(), name, ("person", "unit", "post"), 2)
    return found[0].id if len(found) == 1 else None
