"""A vote is begun at a point of a meeting that runs: those who are there decide, at once."""

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, Forbidden
from collab.core.forms import parse, wrong
from collab.core.i18n import N_, _
from collab.decisions.commands import create_decision, open_vote
from collab.decisions.forms import NewDecision
from collab.decisions.presets import PRESETS
from collab.work.models import Link, WorkItem
from collab.work.policy import items

from ..events import VoteBegun
from ..forms import NewVote
from ..having import both, led, point_of
from ..models import Meeting, MeetingPerson, MeetingVote
from ..policy import may_begin_vote, may_take_part
from ..words import quorum_of

HEADS_OPEN: Final = N_("Votes are opened by whoever heads the unit of the meeting.")
OFF_AGENDA: Final = N_("This point is not on the agenda: take it there first.")
NOBODY_THERE: Final = N_("Nobody is noted as present, so nobody could vote: note first who is there.")
NO_QUORUM: Final = N_("There is no quorum: %(there)s of the %(needed)s that are needed are noted as present.")
NO_OPTIONS: Final = N_("A vote by yes or no is about the question itself; it has no options.")


@command(may_take_part, on=items)
def begin_vote(actor: Actor, item: WorkItem, point_id: int, form: NewVote) -> dict[str, Any]:
    """Open a vote at a point of the agenda among those who are there. Gives id and reference of the decision."""
    row = led(actor, item, ("running",))
    if not may_begin_vote(actor, both(item, row)):
        raise Forbidden(_(HEADS_OPEN))
    point = point_of(item, point_id)
    if point.state != "accepted":
        raise Conflict(_(OFF_AGENDA))
    if form.options and not PRESETS[form.preset].has_options:
        raise wrong("options", _(NO_OPTIONS))
    made = create_decision(actor, _decision(actor, item, row, form, _present(item.id, row)), in_meeting=True)
    session().add(MeetingVote(point_id=point.id, decision_id=made["id"]))
    session().flush()
    open_vote(actor, made["id"])
    tie = {"from_id": made["id"], "to_id": item.id, "kind": "relates", "lag_days": 0}
    session().execute(insert(Link).values(**tie, created_by=actor.person_id, created_at=clock.now()))
    session().flush()
    record(VoteBegun(subject=item.id, point=point.id, decision=made["id"]))
    return made


def _present(item_id: int, row: Meeting) -> list[int]:
    """Who is there, by id. Raises Conflict where nobody is, or fewer than the meeting needs."""
    it = MeetingPerson
    there = list(
        session().scalars(
            select(it.person_id)
            .where(it.item_id == item_id, it.presence.in_(("present", "remote")))
            .order_by(it.person_id)
        )
    )
    if not there:
        raise Conflict(_(NOBODY_THERE))
    invited = session().scalar(select(func.count()).select_from(it).where(it.item_id == item_id)) or 0
    needed = quorum_of(row.quorum, row.quorum_base or invited)
    if len(there) < needed:
        raise Conflict(_(NO_QUORUM, there=digits(len(there)), needed=digits(needed)))
    return there


def _decision(actor: Actor, item: WorkItem, row: Meeting, form: NewVote, there: list[int]) -> NewDecision:
    closes = _closes(actor, form.minutes)
    return parse(
        NewDecision,
        {
            "title": form.title, "unit": item.unit_id, "reach": item.reach, "preset": form.preset,
            "share": form.share, "base": _base(form), "strictness": form.strictness, "quorum": form.quorum,
            "quorum_base": "entitled" if form.quorum == "none" else "present",
            "level": form.level, "hands": form.hands, "ties": _ties(form), "chair": row.chair_id,
            "electorate": {"people": there},
            "options": [{"title": title} for title in form.options],
            "closes_on": closes.date().isoformat(), "closes_clock": f"{closes:%H:%M}",
            "body": f"[{item.reference}](/meetings/{item.reference})",
        },
    )  # fmt: skip


def _base(form: NewVote) -> str:
    """Who is entitled here is present, and so the card of the absolute majority says it."""
    return "present" if form.preset == "absolute" and form.base == "yes-no" else form.base


def _ties(form: NewVote) -> str:
    """A vote in a meeting leaves ties to its chair unless something else is said; where the chair's word could change
    nothing, as with two thirds, it does not say that it does."""
    idle = form.preset == "two-thirds" or (form.preset == "majority" and not _may_stay_even(form))
    return "open" if form.ties == "chair" and idle else form.ties


def _may_stay_even(form: NewVote) -> bool:
    return form.share == "half" and (form.base != "yes-no" or form.strictness == "more-than")


def _closes(actor: Actor, minutes: int) -> datetime:
    """So many minutes from now by the clock of whoever begins it, up to the next whole minute."""
    until = clock.now() + timedelta(minutes=minutes, seconds=59)
    return until.astimezone(ZoneInfo(actor.time_zone)).replace(second=0, microsecond=0)
