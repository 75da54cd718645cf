"""Refusals of decisions: nothing changed in the meantime, the decision merely stands where it cannot be done."""

from datetime import datetime
from typing import Any, Final

from collab.core.actor import Actor
from collab.core.dates import shown_instant
from collab.core.errors import Conflict
from collab.core.i18n import N_, _

from .stages import UNOPENED

NOT_OPEN: Final = N_("The vote is not open.")
CLOSED: Final = N_("The vote closed on %(when)s. What comes after that does not count.")
UNCOUNTED: Final = N_("The vote ended without an outcome.")
CANCELLED: Final = N_("The decision was cancelled, and its vote with it.")


class NotNow(Conflict):
    """What is asked is not to be done as the decision stands."""

    code, title = "not-now", N_("As the decision stands, this cannot be done.")


class VoteOver(Conflict):
    """The vote has closed, to the millisecond."""

    code, title = "vote-closed", N_("The vote is closed.")


def refuse_unopened(row: Any) -> None:
    """Raises NotNow before the vote opens, when nobody is on a roll yet, and once it was cancelled."""
    if row.stage in UNOPENED:
        raise NotNow(_(NOT_OPEN))
    if row.stage == "cancelled":
        raise NotNow(_(UNCOUNTED if row.unopened else CANCELLED))


def refuse_not_open(actor: Actor, row: Any, at: datetime) -> None:
    """Raises NotNow before the vote opens and once it was cancelled, VoteOver with the time from its close on. `row`:
    the decision as it stands, locked; `at`: the instant of the database."""
    refuse_unopened(row)
    if row.stage != "open" or row.closes_at is None or at >= row.closes_at:
        calendar: Any = actor.calendar
        closed: datetime = row.closed_at or row.closes_at
        raise VoteOver(_(CLOSED, when=shown_instant(closed, actor.time_zone, "long", calendar=calendar)))
