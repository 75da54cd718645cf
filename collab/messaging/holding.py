"""Which conversation is put under a legal hold, chosen by its name, and how those under one are called.

An administrator knows the talk of every unit by its unit, and what they read themselves by its name. Any other is found
by its number or by the address of its page, and is called by its kind and number: that it is held tells nothing of it.
"""

from collections.abc import Iterable
from typing import Any, Final

from flask import Response, jsonify

from collab.core import dates
from collab.core.actor import Actor
from collab.core.errors import Invalid
from collab.core.forms import Form, Search, parse
from collab.core.i18n import N_, _
from collab.core.text.fold import fold
from collab.people.views.entry import picked
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked

from . import queries
from .events import KINDS
from .forms import NewHold
from .named import names_of
from .queries.keeping import known_to, may_see, numbered
from .views import talks

TALK: Final = N_("Conversation")
NOT_CHOSEN: Final = N_("Choose one from the list, or give its number or the address of its page.")
MOST: Final = 12


class Sought(Form):
    """What was typed: a part of a name, a number or an address."""

    q: Search = ""


@door(talks, "GET /legal-holds/choices", query=Sought)
def hold_choices() -> Response:
    """Conversations that may be put under a legal hold, as they are typed."""
    who = actor()
    may_see(who)
    return jsonify({"items": choices(who, asked(Sought).q or "")})


def choices(who: Actor, typed: str) -> list[dict[str, Any]]:
    """Those called so, of those whose name the actor knows, and whichever has this number or address."""
    wanted = fold(typed).strip()
    entries = {one.id: one for one in [*queries.conversations_of(who), *known_to(who)]}
    names = {id_: name for id_, (name, _page) in names_of(who, entries.values()).items()}
    named = sorted((fold(name), id_) for id_, name in names.items() if wanted in fold(name))
    found = [_choice(id_, entries[id_].kind, names[id_]) for _sorted, id_ in named[:MOST]]
    one = numbered(_number(typed))
    if one is not None and one.id not in {each["id"] for each in found}:
        found.insert(0, _choice(one.id, one.kind, names.get(one.id) or called(one.kind, one.id)))
    return found[:MOST]


def _choice(id_: int, kind: str, name: str) -> dict[str, Any]:
    number = called(kind, id_)
    return {"id": id_, "name": name, "hint": "" if name == number else number, "kind": kind}


def called(kind: str | None, id_: int) -> str:
    """A conversation by its kind and number."""
    return f"{_(KINDS.get(kind or '', TALK))} {dates.digits(id_)}"


def names_held(who: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Conversation id → its name, of those under a hold whose name the actor knows."""
    return {id_: name for id_, (name, _page) in names_of(who, known_to(who, ids)).items()}


def chosen(who: Actor, typed: dict[str, Any]) -> NewHold:
    """The form as it was filled in: a conversation and a unit from the lists, or those that what was typed names
    alone. Raises Invalid."""
    conversation = typed.get("conversation") or ""
    name = str(typed.get("conversation_name", "")).strip()
    if not conversation and name:
        found = choices(who, name)
        same = [one for one in found if fold(one["name"]) == fold(name)] or found
        if len(same) != 1:
            raise Invalid(fields={"conversation": [_(NOT_CHOSEN)]})
        conversation = str(same[0]["id"])
    unit = picked(typed, unit="unit").get("unit", "")
    given = {"conversation": conversation, "unit": unit, "reason": typed.get("reason", "")}
    return parse(NewHold, given)


def _number(typed: str) -> int | None:
    try:
        return parse(NewHold, {"conversation": typed.strip(), "reason": "-"}).conversation
    except Invalid:
        return None
