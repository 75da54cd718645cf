"""Beginning a conversation, and joining one that is open to all."""

import re
from typing import Any, Final, Literal

from flask import Response

from collab.core.errors import Forbidden, Invalid
from collab.core.forms import Form, PartyId, parse
from collab.core.i18n import N_, _, listed
from collab.people.queries.parties import choices_of, find_parties
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, go, reasons_of, show

from . import commands, queries
from .forms import NewConversation, Say
from .named import page
from .policy import may_announce, may_begin
from .talk import new_nonce
from .views import talks

MOST_CHOSEN: Final = 120
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,15}")
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
    pickers, more, problems = _picked(typed)
    try:
        if problems:
            raise Invalid(fields=problems)
        made = commands.begin(actor(), _begun(typed, pickers), _first(typed))
    except Invalid as problem:
        return _new(typed, pickers, reasons_of(problem), 422, more)
    return go(page(made))


@door(talks, "GET /conversations/joinable")
def joinable() -> Response:
    """Groups that one may join."""
    return show("messaging/joinable.html", groups=queries.joinable_groups(actor()), begins=may_begin(actor()))


@door(talks, "POST /conversations/<id:conversation_id>/joining")
def join(conversation_id: int) -> Response:
    """Take part in a group that is open to all."""
    return go(page(commands.join(actor(), conversation_id)))


def _first(typed: dict[str, Any]) -> Say | None:
    """What is said to begin with, if anything."""
    text = str(typed.get("text", "")).strip()
    return parse(Say, {"text": text, "nonce": new_nonce()}) if text else None


def _new(
    typed: dict[str, Any], pickers: Picked, reasons: dict[str, list[str]], status: int, more: str = ""
) -> Response:
    who = actor()
    kind = typed.get("kind") if typed.get("kind") in ("group", "direct", "announcement") else "direct"
    here = tree()
    audiences = [(node.id, node.name(), node.depth) for node in here.walk() if may_announce(who, node.id)]
    if kind == "announcement" and not audiences and not who.is_administrator:
        raise Forbidden
    return show(
        "messaging/new.html", status=status, kind=kind, typed=typed, pickers=pickers, more=more, reasons=reasons,
        audiences=audiences, announces=bool(audiences), everybody=who.is_administrator,
    )  # fmt: skip


def _picked(typed: dict[str, Any]) -> tuple[Picked, str, dict[str, list[str]]]:
    """Who was chosen, with those whose names were only typed; the names that say nobody, and what is wrong."""
    ids = [str(id_).strip() for id_ in typed.get("members", []) if str(id_).strip()][:MOST_CHOSEN]
    known = {str(one.id): one.name for one in choices_of(actor(), [int(id_) for id_ in ids if _NUMBER.fullmatch(id_)])}
    found: Picked = [(id_, known.get(id_, "?")) for id_ in dict.fromkeys(ids)]
    unknown = []
    for name in re.split("[,،;]", str(typed.get("members_more", ""))[:400]):
        if not name.strip():
            continue
        id_ = named(name.strip())
        if id_ is None:
            unknown.append(name.strip())
        elif str(id_) not in {str(one) for one, _name in found}:
            found.append((str(id_), name.strip()))
    return found, listed(unknown), {"members": [_(NOBODY)]} if unknown else {}


def _begun(typed: dict[str, Any], pickers: Picked) -> NewConversation:
    values = {name: value for name, value in typed.items() if name in ("kind", "title", "topic", "open", "audience")}
    return parse(NewConversation, {**values, "members": [id_ for id_, _name in pickers]})


def named(name: str) -> int | None:
    """The one person, unit or post of this name; without scripts a name is all that is sent."""
    if not name.strip() or len(name) > 200:
        return None
    found = find_parties(actor(), name, ("person", "unit", "post"), 2)
    return found[0].id if len(found) == 1 else None
