"""Desks handed over: the protocol of who gave up what to whom, and who signed it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class DeskHandover(Base):
    """The desk of a person who leaves, or goes to another unit, was handed over in `unit_id`.

    `gone`: they were no longer there, so the head alone signs. `watched`: how many items they stopped following.
    `closed_at`: an administrator ended the memberships and the account. `entered_at`: who goes to another unit was put
    into it, from `starts_on`.
    """

    __tablename__ = "desk_handover"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]
    into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    last_day: Mapped[date | None]
    carried_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    carried_at: Mapped[datetime]
    gone: Mapped[bool]
    watched: Mapped[int]
    person_signed_at: Mapped[datetime | None]
    head_signed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    head_signed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    starts_on: Mapped[date | None]
    entered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("kind in ('leaving','transfer')", name="kind"),
        CheckConstraint("(kind = 'transfer') = (into_id is not null)", name="into"),
    )


class DeskLine(Base):
    """One thing on the desk and what became of it: gone to `to_id`, taken along, withdrawn, or left as it is.

    `part`: an item held, a question asked of them or by them, an offer to them or by them.
    """

    __tablename__ = "desk_line"

    handover_id: Mapped[int] = mapped_column(ForeignKey("desk_handover.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[str]
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), index=True)
    to_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    outcome: Mapped[str]

    __table_args__ = (
        CheckConstraint("part in ('item','asked','asking','offered','offer')", name="part"),
        CheckConstraint("outcome in ('moved','along','withdrawn','left')", name="outcome"),
    )
