"""Waits, handovers and intervals: who expects what of whom, how the ball moves, and who had it when."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id

SENSES = (
    "answer", "task", "vote", "assessment", "handover", "acknowledgement", "approval", "lapse", "advice", "invitation",
    "tie", "revisit",
)  # fmt: skip
OF_EACH = ("vote", "invitation", "tie")
"""Asked of many at once, or of one as chair, in a shape of a package above, which alone ends them; what goes on about
them is shown by the item, not line by line."""
EARLIEST: Final = timedelta(hours=14)
"""How long before midnight UTC a day begins where it begins first."""


def first_look(until: date | None) -> datetime | None:
    """When time may first have something to do with a wait: never after its day begins, wherever that is."""
    return datetime.combine(until, time(), UTC) - EARLIEST if until is not None else None


def _look_of_row(context: Any) -> datetime | None:
    return first_look(context.get_current_parameters().get("until"))


class Wait(Base):
    """Something is expected: what, of whom, by whom, since when, until when. Many may be open on one item.

    `of_id` is the awaited party; `tray_unit_id` is set while it lies in a unit's tray, and `taken_by` says who in
    the unit took it. `stops_clock` while it is open, the item's statutory time stands still.

    `nudge_every` and `nudge_most`: remind by itself every so many working days, so often at most. A lapse is the line
    on the day of a head above: `over_id` is what is late, `level` how far up it went, `level_unit_id` whose head it is.
    `next_action_at` is when time has something to do with it; it may come early, since the sweep looks and decides.
    """

    __tablename__ = "wait"

    id: Mapped[Id]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"))
    sense: Mapped[str]
    what: Mapped[str] = mapped_column(server_default="", default="")
    of_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    by_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    tray_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    for_item_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"))  # ends when that item closes
    since: Mapped[datetime]
    until: Mapped[date | None]
    stops_clock: Mapped[bool] = mapped_column(server_default="false", default=False)
    next_action_at: Mapped[datetime | None] = mapped_column(default=_look_of_row)
    nudge_every: Mapped[int | None]
    nudge_most: Mapped[int | None]
    over_id: Mapped[int | None] = mapped_column(ForeignKey("wait.id"))
    level: Mapped[int] = mapped_column(server_default="0", default=0)
    level_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    nudges: Mapped[int] = mapped_column(server_default="0", default=0)
    nudged_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_how: Mapped[str | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint(
            "sense in ('answer','task','vote','assessment','handover','acknowledgement','approval','lapse','advice',"
            "'invitation','tie','revisit')",
            name="sense",
        ),
        CheckConstraint(
            "ended_how is null or ended_how in ('answered','done','accepted','returned','withdrawn','lapsed','moved')",
            name="ended_how",
        ),
        CheckConstraint("(sense = 'lapse') = (over_id is not null)", name="lapse"),
        CheckConstraint("(ended_at is null) = (ended_how is null)", name="ended"),
        Index("ix_wait_of", "of_id", "until", "id", postgresql_where="ended_at is null"),
        Index("ix_wait_by", "by_id", "until", "id", postgresql_where="ended_at is null"),
        Index("ix_wait_by_unit", "by_unit_id", "until", "id", postgresql_where="ended_at is null and sense <> 'task'"),
        Index("ix_wait_tray", "tray_unit_id", "until", "id", postgresql_where="ended_at is null"),
        Index("ix_wait_taken", "taken_by", "until", "id", postgresql_where="ended_at is null and taken_by is not null"),
        Index("ix_wait_item", "item_id", "id"),
        Index("ix_wait_over", "over_id", postgresql_where="over_id is not null"),
        Index("ix_wait_lapse", "item_id", postgresql_where="ended_at is null and over_id is not null"),
        Index("ix_wait_for", "for_item_id", postgresql_where="ended_at is null and for_item_id is not null"),
        Index(
            "ix_wait_next",
            "next_action_at",
            postgresql_where="ended_at is null and next_action_at is not null",
        ),
    )


class Snooze(Base):
    """Somebody does not want to see a wait on their day for a while. Everybody else whom it concerns still does.

    It comes back at the instant `until`, or (without one) when somebody else touches the item.
    """

    __tablename__ = "wait_snooze"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    wait_id: Mapped[int] = mapped_column(ForeignKey("wait.id"), primary_key=True)
    until: Mapped[datetime | None]
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_wait_snooze_wait", "wait_id"),
        Index("ix_wait_snooze_until", "until", postgresql_where="until is not null"),
    )


class Handover(Base):
    """An offer of the ball to another unit, and what became of it. The sender stays responsible until acceptance."""

    __tablename__ = "handover"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), index=True)
    wait_id: Mapped[int] = mapped_column(ForeignKey("wait.id"))
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    from_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    offered_by: Mapped[int] = mapped_column(ForeignKey("party.id"))
    offered_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(server_default="", default="")
    state: Mapped[str] = mapped_column(server_default="offered", default="offered")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("state in ('offered','accepted','returned','withdrawn')", name="state"),
        CheckConstraint("(state = 'offered') = (decided_at is null)", name="decided"),
        Index("ix_handover_open", "item_id", unique=True, postgresql_where="state = 'offered'"),
        Index("ix_handover_to", "to_unit_id", "id", postgresql_where="state = 'offered'"),
        Index("ix_handover_from", "from_unit_id", "id", postgresql_where="state = 'offered'"),
        Index("ix_handover_offered_to", "to_unit_id", "offered_at"),
        Index("ix_handover_offered_from", "from_unit_id", "offered_at"),
    )


class Interval(Base):
    """Who had the ball, in which unit, in which state, from when to when. Intervals of an item never overlap.

    While a wait stops the clock, the interval belongs to the awaited party and `stopped` is true.
    """

    __tablename__ = "interval"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    state_kind: Mapped[str]
    stopped: Mapped[bool] = mapped_column(server_default="false", default=False)
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("to_at is null or to_at >= from_at", name="times"),
        Index("ix_interval_item", "item_id", "from_at"),
        Index("ix_interval_open", "item_id", unique=True, postgresql_where="to_at is null"),
        Index("ix_interval_unit", "unit_id", "from_at"),
    )
