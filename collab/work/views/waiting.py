"""Waiting for somebody: asked, answered, reminded, taken out of a tray, no longer expected."""

import secrets
from collections.abc import Collection, Mapping
from typing import Any

from flask import Response

from collab.core.actor import Actor
from collab.core.errors import Conflict, Invalid, NotFound, Over
from collab.core.forms import parse, wrong
from collab.core.i18n import N_, _
from collab.people.queries.today import today
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import back, entered, filled, go

from .. import commands
from ..answering import answer_with, ask_with
from ..forms import Answer, Ask, Escalate
from ..forms.asking import SAY_WHOM
from ..kinds import kinds
from ..queries.escalation_rules import rule_in
from ..queries.items import find_item, id_of
from ..queries.shapes import Item, PartyRef
from ..queries.waits import Expected, find_wait
from . import pages
from .answers import done
from .dialogs import Dialog, Field, open_dialog
from .may import expected_of, may_do
from .naming_items import with_item
from .outside import at_fields, awaited, outside_fields

ASKED, ANSWERED, NO_MORE = N_("Asked. It stands on their list now."), N_("Answered."), N_("No longer expected.")
ASKED_OUTSIDE = N_("Written down. %(name)s does not read this: write or call, and enter the answer when it comes.")
WAITS = N_("Written down. It ends by itself.")
TAKEN_UP = N_("Taken up. It stands on their day now.")
REMINDED, TAKEN = N_("Reminded."), N_("It is yours to answer now.")
NOTED = N_("Noted that you called or wrote. %(name)s does not read Collab.")
NO_SUCH_ITEM = N_("There is no such item, or it is not for you to see.")
CLOCK_WHY = {
    "": N_("Only if the law lets the deadline stand still while they answer."),
    "anyone": N_("The deadline rule allows it, for what only they can do."),
    "outsiders": N_("So says the deadline rule: while somebody outside is awaited the deadline does not run."),
}
OF = "person,unit,post,outsider"
NEW_NAME = N_("“%(name)s” is not on the list. Whoever is new outside is put on it below.")
WHOM = ("of", "item", "until", "outsider")


@door(pages, "GET /work-items/<ref:ref>/waits/new")
def new_wait(ref: str) -> Response:
    """A form for saying who is awaited, for what and until when."""
    return open_dialog(_ask(actor(), find_item(actor(), ref), {}))


@door(pages, "POST /work-items/<ref:ref>/waits", takes=Ask)
def ask(ref: str) -> Response:
    """Expect something of somebody, of another item's end, or of a date."""
    who, typed = actor(), entered()
    try:
        form = _asked_for(who, typed)
        wait_id = ask_with(who, id_of(who, ref), form)
    except Invalid as problem:
        at = at_fields(problem)
        return open_dialog(_ask(who, find_item(who, ref), typed, at.fields), at, typed)
    except Conflict as problem:
        return open_dialog(_ask(who, find_item(who, ref), typed), problem, typed)
    return done(ref, _said(find_wait(who, wait_id).wait.of))


def _asked_for(who: Actor, typed: dict[str, Any]) -> Ask:
    """What is expected of whom. Raises Invalid with all that is wrong at once."""
    faults: dict[str, list[str]] = {}
    values = typed
    try:
        values = awaited(who, values, "of", OF)
    except Invalid as problem:
        faults |= problem.fields
        values = {
            name: value for name, value in values.items() if name != "of" and not name.startswith(("of_", "outs"))
        }
    try:
        values = _item_by_reference(who, with_item(values, "item"))
    except Invalid as problem:
        faults |= problem.fields
        values = {name: value for name, value in values.items() if name not in ("item", "item_name")}
    if not faults and not any(str(values.get(name) or "").strip() for name in WHOM):
        faults["of"] = [_(SAY_WHOM)]
    try:
        form = parse(Ask, _reminders(values))
    except Invalid as problem:
        # Of the form as a whole nothing can be said while a part of it is not understood.
        faults |= {name: said for name, said in problem.fields.items() if name or not faults}
        raise Invalid(problem.detail if not faults else "", fields=faults) from None
    if faults:
        raise Invalid(fields=faults)
    return form


def _said(of: PartyRef | None) -> str:
    """What becomes of a question: people and units of the house find it; nobody outside does."""
    if of is None:
        return _(WAITS)
    return _(ASKED_OUTSIDE, name=of.name) if of.kind == "outsider" else _(ASKED)


@door(pages, "GET /waits/<id:wait_id>")
def wait(wait_id: int) -> Response:
    """Where something expected stands: on its item."""
    found = find_wait(actor(), wait_id)
    if found.reference is None:
        raise NotFound
    return go(f"/work-items/{found.reference}#wait-{wait_id}")


@door(pages, "GET /waits/<id:wait_id>/answer")
def answering(wait_id: int) -> Response:
    """A form for answering, or for writing down what somebody outside answered."""
    return open_dialog(_answer(actor(), find_wait(actor(), wait_id)))


@door(pages, "POST /waits/<id:wait_id>/answer", takes=Answer)
def answer(wait_id: int) -> Response:
    """Answer what was asked: the answer stands in the talk, and nobody waits any more."""
    who = actor()
    found, typed = find_wait(who, wait_id), entered()
    nonce = str(typed.pop("nonce", "")) or secrets.token_urlsafe(12)
    try:
        answer_with(who, wait_id, found.wait.item_id, parse(Answer, typed), nonce)
    except (Invalid, Conflict) as problem:
        return open_dialog(_answer(who, found), problem, typed)
    return _done(found, _(ANSWERED))


@door(pages, "POST /waits/<id:wait_id>/nudges")
def nudge(wait_id: int) -> Response:
    """Remind whoever is awaited."""
    found = find_wait(actor(), wait_id)
    try:
        commands.nudge(actor(), wait_id)
    except Over as over:
        return _done(found, over.sentence())
    of = found.wait.of
    outside = of is not None and of.kind == "outsider"
    return _done(found, _(NOTED, name=of.name) if of is not None and outside else _(REMINDED))


@door(pages, "GET /waits/<id:wait_id>/escalations/new")
def new_escalation(wait_id: int) -> Response:
    """A form for saying why it goes up to the head above."""
    return open_dialog(_escalate(find_wait(actor(), wait_id)))


@door(pages, "POST /waits/<id:wait_id>/escalations", takes=Escalate)
def escalate(wait_id: int) -> Response:
    """Put what is awaited before the next head above who is not awaited themselves."""
    found = find_wait(actor(), wait_id)
    try:
        commands.escalate(actor(), wait_id, filled(Escalate))
    except (Invalid, Conflict) as problem:
        return open_dialog(_escalate(found), problem)
    return _done(found, _(TAKEN_UP))


@door(pages, "POST /waits/<id:wait_id>/taking")
def take_wait(wait_id: int) -> Response:
    """Take a question out of your unit's tray."""
    found = find_wait(actor(), wait_id)
    try:
        commands.take_wait(actor(), wait_id)
    except Over as over:
        return _done(found, over.sentence())
    return _done(found, _(TAKEN))


@door(pages, "DELETE /waits/<id:wait_id>")
def withdraw(wait_id: int) -> Response:
    """No longer expect it."""
    found = find_wait(actor(), wait_id)
    try:
        commands.withdraw(actor(), wait_id)
    except Over as over:
        return _done(found, over.sentence())
    return _done(found, _(NO_MORE))


def _done(found: Expected, said: str) -> Response:
    return done(found.reference, said) if found.reference else back("/", said)


def _reminders(typed: dict[str, Any]) -> dict[str, Any]:
    """An emptied field means: no reminders."""
    empty = {name for name in ("nudge_every", "nudge_most") if name in typed and not str(typed[name]).strip()}
    rest = {name: value for name, value in typed.items() if name not in empty}
    return {**rest, "nudge_most": 0} if empty else rest


def _item_by_reference(who: Actor, typed: dict[str, Any]) -> dict[str, Any]:
    """An item is typed by its reference; a number is taken as its id. Raises Invalid at `item`."""
    given = str(typed.get("item", "")).strip()
    if not given:
        return {name: value for name, value in typed.items() if name != "item"}
    try:
        return {**typed, "item": id_of(who, given[:60])}
    except NotFound:
        raise wrong("item", _(NO_SUCH_ITEM)) from None


def _ask(who: Actor, item: Item, typed: Mapping[str, Any], faults: Collection[str] = ()) -> Dialog:
    href = f"/work-items/{item.reference}"
    fields = [
        Field(
            "of",
            _("Who is awaited"),
            "party",
            kinds=OF,
            new=_(NEW_NAME, name="{name}"),
            hint=_("A person, unit or post, or somebody outside."),
        ),
        *outside_fields(typed, faults),
        Field("what", _("What is expected")),
        Field("until", _("Until when"), "day", ahead=True),
        *_clock(who, item),
        Field("item", _("Which one"), "item", fold=_("Or until another item is finished")),
    ]
    rule = rule_in(who, item.desk.id, item.kind)
    every, most = str(rule.nudge_every), str(rule.nudge_most)
    fold = _("Reminders")
    fields += [
        Field(
            "nudge_every", _("Remind every … working days"), "number", value=every, usual=every, fold=fold, inside=True,
        ),
        Field(
            "nudge_most", _("At most so many times"), "number", value=most, usual=most, fold=fold, inside=True,
            hint=_("0: none. They go out by themselves, to the substitute of somebody who is away."),
        ),
    ]  # fmt: skip
    return Dialog(
        _("%(reference)s waits for…", reference=item.reference),
        f"{href}/waits",
        _("Wait for it"),
        href,
        fields=tuple(fields),
    )


def _clock(who: Actor, item: Item) -> tuple[Field, ...]:
    """Whether the clock stands meanwhile, as the deadline rule of the item says where it has one.

    Where the rule names those outside alone it is ticked from the beginning; a choice of somebody else takes it out.
    """
    kind = kinds().get(item.kind)
    by = kind.stopped_by(who, item.id) if kind and kind.stopped_by else ""
    if by == "nobody" or not may_do(who, item).change:
        return ()
    return (
        Field(
            "stops_clock", _("The clock stands still until then"), "check", hint=_(CLOCK_WHY[by]),
            value="on" if by == "outsiders" else "", stopped_by=by,
        ),
    )  # fmt: skip


def _escalate(found: Expected) -> Dialog:
    href = f"/work-items/{found.reference}" if found.reference else "/"
    late = found.wait.taker or found.wait.of
    return Dialog(
        _("Take it up to the head above"),
        f"/waits/{found.wait.id}/escalations",
        _("Escalate"),
        href,
        note=_("It goes to the next head above who is not awaited themselves, with your reason. Now awaited: %(name)s.",
               name=late.name) if late else "",
        fields=(Field("reason", _("Why"), required=True),),
    )  # fmt: skip


ARRIVED_HINT = N_("Earlier, if it lay in the post.")
ARRIVED_STOPPED = N_("Earlier, if it lay in the post: the clock runs again from that day.")


def _answer_title(found: Expected) -> str:
    """From My day nothing else says which item it is about."""
    return _("Answer on %(reference)s", reference=found.reference) if found.reference else _("Answer")


def _answer(who: Actor, found: Expected) -> Dialog:
    own = expected_of(who, found.wait)
    awaited = found.wait.of.name if found.wait.of else ""
    outside = found.wait.of is not None and found.wait.of.kind == "outsider"
    hint = _(ARRIVED_STOPPED) if found.wait.stops_clock else _(ARRIVED_HINT)
    arrived = (Field("arrived_on", _("Arrived on"), "day", hint, today().isoformat(), over=True),) if outside else ()
    return Dialog(
        _answer_title(found) if own else _("Write down the answer of %(name)s", name=awaited),
        f"/waits/{found.wait.id}/answer",
        _("Answer") if own else _("Write down"),
        f"/work-items/{found.reference}" if found.reference else "/",
        note=found.wait.what,
        fields=(
            Field("text", _("The answer"), required=True, hint=_("Stands in the talk of the item."), maxlength=20_000),
            *arrived,
            Field("nonce", "", "hidden", value=secrets.token_urlsafe(12)),
        ),
    )
