"""Who of those called in what is being written may not read there, told before it is sent, and what one may do."""

from typing import Annotated, Any, Final

from flask import Response, jsonify
from pydantic import Field

from collab.core.actor import Actor
from collab.core.forms import Form
from collab.core.i18n import N_, _, listed, ngettext
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked

from . import queries
from .named import address_of
from .owners import Owner
from .policy import may_take_part
from .queries import About
from .reactions import talk_kind
from .views import talks

WHY: Final = {
    "unit": N_("The people of %(unit)s, its heads and those above read here."),
    "group": N_("Whoever takes part can let them in."),
    "direct": N_("A direct talk stays among those it began with; with others one begins a group."),
    "announcement": N_("It is read by those it is announced to."),
    "item": N_("Whoever may see it reads here."),
}
"""Kind of talk → why somebody may not read it."""


class Unheard(Form):
    """In which talk (`unit-talk:7`, as pages know it) these parties are called, their ids with commas between."""

    talk: Annotated[str, Field(max_length=60, pattern=r"^([a-z][a-z-]*-talk:[1-9][0-9]{0,15})?$")] = ""
    parties: Annotated[str, Field(max_length=900, pattern=r"^([1-9][0-9]{0,15}(,[1-9][0-9]{0,15}){0,49})?$")] = ""


@door(talks, "GET /mentions/unheard", query=Unheard)
def unheard() -> Response:
    """Who of those called may not read there, and what you may do about it."""
    form = asked(Unheard)
    called = {int(one) for one in form.parties.split(",") if one}
    if not form.talk or not called:
        return jsonify({"says": "", "why": "", "open": None, "lets_in": []})
    kind, id_ = form.talk.rsplit(":", 1)
    return jsonify(_told(actor(), Owner(kind.removesuffix(talk_kind("")), int(id_)), called))


def _told(who: Actor, owner: Owner, called: set[int]) -> dict[str, Any]:
    """Raises NotFound where the talk is not this actor's to read: nobody learns there who reads it."""
    head = queries.head_of(who, owner)
    names = queries.unheard(owner, called)
    if not names:
        return {"says": "", "why": "", "open": None, "lets_in": []}
    about = queries.about(who, head.id) if head.id else None
    says = ngettext(
        "%(names)s may not read here and would hear nothing of it.",
        "%(names)s may not read here and would hear nothing of it.",
        len(names), names=listed(names.values()),
    )  # fmt: skip
    kind = about.kind if about else {"unit": "unit"}.get(owner.kind, "item")
    may = about is not None and _may_let_in(who, about)
    owned = address_of(who, about) if about else None
    return {
        "says": says,
        "why": "" if may else _why(kind, owner),
        "open": {"href": owned[1], "name": owned[0]} if owned else None,
        "lets_in": [
            {"id": id_, "act": _("Let %(name)s in", name=name), "to": f"/conversations/{about.id}/members"}
            for id_, name in names.items()
        ]
        if may and about
        else [],
    }


def _why(kind: str, owner: Owner) -> str:
    unit = tree().nodes.get(owner.id) if kind == "unit" else None
    return _(WHY[kind], unit=unit.name() if unit else "…")


def _may_let_in(who: Actor, about: About) -> bool:
    """As on the page that says what a conversation is: in a group, whoever takes part."""
    thing: Any = about
    if about.kind != "group" or not may_take_part(who, thing):
        return False
    return any(one.id in who.named_parties | who.reach for one in queries.members_of([about.id]).get(about.id, []))
