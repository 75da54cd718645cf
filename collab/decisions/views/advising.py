"""Advice before a decision: a form that proposes whom to ask, the advice itself, and what became of it."""

from typing import Any

from flask import Response

from collab.core.errors import Conflict, Forbidden, Invalid
from collab.core.forms import parse, typed_id
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, show
from collab.work.queries.parties import names_typed

from .. import commands, queries
from ..advice_forms import AskAdvice, GiveAdvice, UseAdvice
from ..advice_words import ADVISED_BECAUSE
from . import pages
from .answers import arrived, done, reasons
from .page import full
from .several import chips, several, with_typed

ASKED, GIVEN = N_("Asked. It stands on their day until they answer."), N_("Your advice stands there.")
USED, TAKEN_BACK = N_("Written down. Whoever advised hears of it."), N_("They are no longer asked.")


@door(pages, "GET /decisions/<ref:item>/advice/new")
def new_advice(item: str) -> Response:
    """A form for asking advice: whom it affects according to the tree is proposed."""
    return _asking(item, {}, {}, 200)


@door(pages, "POST /decisions/<ref:item>/advice", takes=AskAdvice)
def ask_advice(item: str) -> Response:
    """Ask advice of units, posts or people, by a day."""
    found, typed = queries.find_decision(actor(), item), entered()
    sent = {name: value for name, value in typed.items() if name not in ("also", "also_more", "of")}
    try:
        chosen = [*several(typed, "of"), *with_typed(typed, "also", ("person", "post", "unit"))]
        commands.ask_advice(actor(), found.id, parse(AskAdvice, sent | ({"of": chosen} if chosen else {})))
    except (Invalid, Conflict) as problem:
        return _asking(item, typed, reasons(problem), problem.status)
    return arrived(f"/decisions/{found.reference}?tab=question", _(ASKED))


def _asking(item: str, typed: dict[str, Any], errors: dict[str, list[str]], status: int) -> Response:
    who = actor()
    found = queries.find_decision(who, item)
    proposed = queries.proposed_for(who, found, queries.advice_on(who, found))
    also = [id_ for value in several(typed, "also") if (id_ := typed_id(value)) is not None]
    chosen = set(several(typed, "of"))
    said = {name: _(label) for name, label in ADVISED_BECAUSE.items()}
    return show(
        "decisions/advice.html",
        status=status,
        found=found,
        proposed=[(one.unit_id, one.name, said[one.because], str(one.unit_id) in chosen) for one in proposed],
        also=chips(typed, "also", names_typed(who, also)),
        typed=typed,
        errors=errors,
    )


@door(pages, "PUT /decisions/<ref:item>/advice/<id:advice_id>/answer", takes=GiveAdvice)
def give_advice(item: str, advice_id: int) -> Response:
    """Give the advice that was asked."""
    return _act(
        item, "answer", advice_id,
        lambda id_, typed: commands.give_advice(actor(), id_, advice_id, parse(GiveAdvice, typed)),
        _(GIVEN),
    )  # fmt: skip


@door(pages, "PUT /decisions/<ref:item>/advice/<id:advice_id>/use", takes=UseAdvice)
def use_advice(item: str, advice_id: int) -> Response:
    """Say what became of an advice."""
    return _act(
        item, "use", advice_id,
        lambda id_, typed: commands.use_advice(actor(), id_, advice_id, parse(UseAdvice, typed)),
        _(USED),
    )  # fmt: skip


@door(pages, "DELETE /decisions/<ref:item>/advice/<id:advice_id>")
def take_back_advice(item: str, advice_id: int) -> Response:
    """No longer ask somebody for advice."""
    return _act(
        item, "", advice_id, lambda id_, _typed: commands.take_back_advice(actor(), id_, advice_id), _(TAKEN_BACK)
    )


def _act(item: str, at: str, advice_id: int, act: Any, said: str) -> Response:
    """`at`: which form of the page it is; each advice has its own."""
    found, typed = queries.find_decision(actor(), item), entered()
    try:
        act(found.id, typed)
    except (Invalid, Conflict, Forbidden) as problem:
        return full(found, "question", typed | {"at": at, "advice": advice_id}, reasons(problem), problem.status)
    return done(found.reference, said, "question")
