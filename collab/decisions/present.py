"""Those present, of whom a majority or a quorum may be reckoned: fixed at the opening, from the meeting of the vote.

The card keeps the numbers: `present`, with `at`, the `votes` of those who are there, and of those `absent` who would
have been entitled. Only those who are there vote; the others stand on the roll with that reason.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from collab.core.actor import Actor
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.venue import Attendance, attendances_of, venue_of

from .electing import Elector, entitled
from .models import Decision
from .rule_forms import RuleFields
from .weights import weights_of

NO_MEETING: Final = N_("Who is present is known in a meeting alone: put the vote on the agenda of one first.")
NOT_RUNNING: Final = N_("Who is present is taken from the meeting: open the vote while the meeting is under way.")
UNNAMED: Final = N_("Say from which meeting it is taken who is present.")
ANOTHER: Final = N_(
    "%(meeting)s is no meeting under way that says who is present here. Look again before you open the vote."
)
NOBODY_THERE: Final = N_("Nobody who is entitled is noted as present: note first who is there.")


def field_of(base: str) -> str:
    """The field at which those present were chosen."""
    return "base" if base == "present" else "quorum_base"


def refuse_present(actor: Actor, form: RuleFields, item_id: int | None) -> None:
    """Raises Invalid where it is to be reckoned of those present, and the vote belongs to no meeting; without `item_id`
    it cannot yet."""
    if "present" in (form.base, form.quorum_base) and (item_id is None or venue_of(actor, item_id) is None):
        raise wrong(field_of(form.base), _(NO_MEETING))


def taken_from(meetings: Sequence[Attendance], named: str = "") -> Attendance | None:
    """The meeting from which it is taken who is present: the one `named`, else the only one that counts unnamed."""
    known = [one for one in meetings if (one.reference == named if named else one.counts)]
    return known[0] if len(known) == 1 else None


def fix_present(actor: Actor, row: Decision, found: Sequence[Elector], at: datetime, named: str = "") -> list[Elector]:
    """At the opening: who is not noted as present is left out, and the card says how many are and are not. `named`: the
    reference of the meeting that was seen. Raises Invalid where that is another by now, no meeting runs to which the
    vote belongs, it is not said which of several, or nobody is there."""
    field, meetings = field_of(row.rule["base"]), attendances_of(actor, row.item_id, hold=True)
    taken = taken_from(meetings, named)
    if taken is None and named:
        raise wrong("meeting", _(ANOTHER, meeting=named))
    if taken is None:
        raise wrong(field, _(UNNAMED if meetings else NOT_RUNNING))
    listed = told_apart(found, taken.people)
    if not entitled(listed):
        raise wrong(field, _(NOBODY_THERE))
    row.rule = with_present(row.rule, listed, at)
    return listed


def told_apart(found: Sequence[Elector], there: frozenset[int]) -> list[Elector]:
    """Who would be entitled and is not there is left out for that reason."""
    return [
        replace(one, left_out="absent") if one.left_out is None and one.person_id not in there else one for one in found
    ]


def with_present(card: dict[str, Any], listed: Sequence[Any], at: datetime | None = None) -> dict[str, Any]:
    """The card with how many votes are there and are absent. `listed`: people told apart; `at`: when that was fixed."""
    weights = weights_of(card)
    votes, absent = (
        sum(weights.get(one.person_id, 1) for one in listed if one.left_out == why) for why in (None, "absent")
    )
    return card | {"present": {"at": at.isoformat() if at else None, "votes": votes, "absent": absent}}
