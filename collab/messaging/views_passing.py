"""Confirming that one has read, seeing who is missing, forwarding, and being reminded."""

import json
from typing import Any

from flask import Response, make_response

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.errors import Invalid, NotFound
from collab.core.forms import parse
from collab.core.i18n import N_, _, ngettext
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, back, entered, filled, go, reasons_of, show

from . import commands, queries
from .forms import Forward, InPlace, Nonce, ReceiptsOf, Remind
from .hits import hit_line
from .later import when_words
from .list_shown import ICONS, apart
from .named import names_of, page, title_of
from .pages import is_part
from .queries import Receipts
from .quoting import quoted
from .talk import new_nonce
from .views import after, talks

PASSED = N_("The message was forwarded.")
NO_UNIT = N_("Without a unit")
LAST = N_("Last reminder: %(when)s")
AGAIN = N_("The next one can be sent on %(day)s.")
REMINDED = N_("You will be reminded of it: %(when)s.")
CHANGED = "item-changed"
"""What My day and the numbers of the frame hear, since what is expected is less by this: they ask again."""


class Passed(Forward):
    """As it comes from the form: with a nonce, so that sending twice sends once."""

    nonce: Nonce


@door(talks, "PUT /messages/<id:message_id>/receipt", query=InPlace)
def confirm(message_id: int) -> Response:
    """Say that you have read a message that asks for it."""
    answer = after(commands.confirm(actor(), message_id))
    if is_part():
        answer.headers["HX-Trigger"] = CHANGED
    return answer


@door(talks, "GET /messages/<id:message_id>/receipts", query=ReceiptsOf)
def receipts(message_id: int) -> Response:
    """Who confirmed having read a message, and who is missing: by unit, and by name."""
    wanted = asked(ReceiptsOf)
    found = queries.receipts(actor(), message_id, wanted.unit, wanted.after)
    of = next((one for one in found.units if one.id == wanted.unit), None) if wanted.unit is not None else None
    given, missing = (of.given, of.missing) if of is not None else (found.given_count, found.missing_count)
    who = actor()
    read = queries.message(who, message_id)
    talk = queries.about(who, read.conversation_id)
    place = apart(talk.kind, title_of(who, talk))
    return show(
        "messaging/receipts.html", found=found, message_id=message_id, of=of, given=given, missing=missing,
        nobody=_(NO_UNIT), here=f"/messages/{message_id}/receipts", unit=wanted.unit, digits=dates.digits,
        line=hit_line(who, read.said, clock.now(), place, ICONS[talk.kind]), **_reminding(who, found),
    )  # fmt: skip


@door(talks, "POST /messages/<id:message_id>/receipts/nudges")
def nudge_missing(message_id: int) -> Response:
    """Remind those who have not confirmed a message."""
    who, here = actor(), f"/messages/{message_id}/receipts"
    count = commands.nudge_missing(who, message_id)
    said = ngettext("Reminded %(count)s person.", "Reminded %(count)s people.", count, count=dates.digits(count))
    if not is_part():
        return back(here, said)
    found = queries.receipts(who, message_id)
    answer = show("messaging/_reminding.html", found=found, here=here, **_reminding(who, found))
    answer.headers["HX-Trigger"] = json.dumps({"toast": {"text": said}})
    return answer


def _reminding(who: Actor, found: Receipts) -> dict[str, Any]:
    """When those who are missing were last reminded and when they may be again, in words; nothing where that is now."""
    at, again = found.nudged_at, found.nudge_on
    calendar: Any = who.calendar
    last = dates.near_instant(at, clock.now(), who.time_zone, calendar=calendar) if at else ""
    day = dates.shown(again, "weekday", calendar=calendar) if again else ""
    return {"nudged": _(LAST, when=last) if last else "", "again": _(AGAIN, day=day) if day else ""}


@door(talks, "PUT /messages/<id:message_id>/reminder", takes=Remind)
def remind(message_id: int) -> Response:
    """Hear of a message again."""
    who = actor()
    commands.remind_me(who, message_id, filled(Remind))
    told = _(REMINDED, when=when_words(who, queries.reminder_of(who, message_id)))
    if is_part():
        return make_response("", 204, {"HX-Trigger": json.dumps({"toast": {"text": told}})})
    return back(f"/messages/{message_id}/place", told)


@door(talks, "GET /messages/<id:message_id>/forwarding/new")
def new_forwarding(message_id: int) -> Response:
    """Choose where a message is forwarded to."""
    return _forwarding(message_id, {}, {}, 200)


@door(talks, "POST /messages/<id:message_id>/forwarding", takes=Passed)
def forward(message_id: int) -> Response:
    """Forward a message into another conversation."""
    typed = entered()
    try:
        form = parse(Passed, typed)
        commands.forward(actor(), message_id, Forward(talk=form.talk, note=form.note), form.nonce)
    except Invalid as problem:
        return _forwarding(message_id, typed, reasons_of(problem), 422)
    if is_part():
        told = {"toast": {"text": _(PASSED), "href": page(form.talk), "act": _("Open")}, "talk-said": True}
        return make_response("", 204, {"HX-Trigger": json.dumps(told)})
    return go(page(form.talk), _(PASSED))


def _forwarding(message_id: int, typed: dict[str, object], reasons: dict[str, list[str]], status: int) -> Response:
    who = actor()
    said = queries.message(who, message_id).said
    if said.gone:
        raise NotFound
    entries = [one for one in queries.conversations_of(who) if one.archived_at is None]
    names = names_of(who, entries)
    offered = [(one.id, names[one.id][0]) for one in entries if one.id in names]
    return show(
        "messaging/forward.html", fragment="messaging/_forward.html", status=status, message_id=message_id,
        said=quoted(said), talks=offered, typed=typed, reasons=reasons, fresh_nonce=new_nonce(),
    )  # fmt: skip
