"""What a pending item has beyond every work item, and the rules its deadline may follow."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id

SOURCES = ("citizen", "council", "unit", "electronic", "authority", "other")
MEASURES = ("days", "working-days", "weeks", "months", "years")
STOPPERS = ("nobody", "outsiders", "anyone")

_MEASURE = "measure in ('days','working-days','weeks','months','years')"
_REGISTRY = "coalesce(protocol_on, '1900-01-01'::date)"
_STOPPED_BY = "stopped_by in ('nobody','outsiders','anyone')"


class TermColumns:
    """How long the law gives and how it is counted; see `collab.people.calendar.deadline.Term` for each word.

    `stopped_by`: waits on whom may stop the clock.
    """

    legal_basis: Mapped[str | None]
    measure: Mapped[str] = mapped_column(server_default="days", default="days")
    first_day_counts: Mapped[bool] = mapped_column(server_default="false", default=False)
    last_day_free: Mapped[bool] = mapped_column(server_default="false", default=False)
    rolls: Mapped[bool] = mapped_column(server_default="true", default=True)
    least_working_days: Mapped[int] = mapped_column(server_default="0", default=0)
    stopped_by: Mapped[str] = mapped_column(server_default="anyone", default="anyone")


class PendingItem(TermColumns, Base):
    """Source, protocol number, counterpart and statutory clock of a pending item.

    Kept when the item turns into a task, so that turning back loses nothing. `due_on` of the work item is the
    deadline as it stands; `allowed` (counted in `measure`) is what the law gives, `suspended_days` what stopped clocks
    have added so far. `rule_id` names the rule from which the term was taken; the item keeps its own copy, so that it
    can be read without the rule and stands as it was once the item is closed. `silence`: whether silence counts as its
    rule says, somebody holds that back, or it has happened (which it does once).
    """

    __tablename__ = "pending_item"

    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    source: Mapped[str]
    protocol_number: Mapped[str | None]
    protocol_on: Mapped[date | None]
    counterpart_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), index=True)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rule.id"))
    allowed: Mapped[int | None]
    suspended_days: Mapped[int] = mapped_column(server_default="0", default=0)
    silence: Mapped[str] = mapped_column(server_default="counts", default="counts")

    __table_args__ = (
        CheckConstraint("silence in ('counts','held','done')", name="silence"),
        CheckConstraint("source in ('citizen','council','unit','electronic','authority','other')", name="source"),
        CheckConstraint("allowed is null or allowed between 1 and 3650", name="allowed"),
        CheckConstraint(_MEASURE, name="measure"),
        CheckConstraint(_STOPPED_BY, name="stopped_by"),
        Index("ix_pending_item_protocol", "protocol_number"),
        Index("ix_pending_item_registry", text(_REGISTRY), "item_id", postgresql_where="protocol_number is not null"),
        Index("ix_pending_item_rule", "rule_id", postgresql_where="rule_id is not null"),
    )


class DeadlineRule(TermColumns, Base):
    """A deadline that the law gives to cases of one sort, in a unit and below or (without a unit) everywhere.

    `silence`: what it means when nothing comes within `silence_within` (counted in `silence_measure`) of the deadline
    or of asking the counterpart; see `collab.tasks.silence`. `electronic_allowed` (in the same measure) and
    `electronic_priority`: what electronic applications get in place of the usual term, and at least.
    """

    __tablename__ = "deadline_rule"

    id: Mapped[Id]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    names: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}", default=dict)
    allowed: Mapped[int]
    silence: Mapped[str | None]
    silence_after: Mapped[str] = mapped_column(server_default="deadline", default="deadline")
    silence_within: Mapped[int | None]
    silence_measure: Mapped[str] = mapped_column(server_default="days", default="days")
    silence_basis: Mapped[str | None]
    silence_template_id: Mapped[int | None] = mapped_column(ForeignKey("letter_template.id"))
    electronic_allowed: Mapped[int | None]
    electronic_priority: Mapped[int | None] = mapped_column(SmallInteger)
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint(
            "silence is null or silence in ('approved','refused','closed') and silence_within is not null",
            name="silence",
        ),
        CheckConstraint("silence_after in ('deadline','asking')", name="silence_after"),
        CheckConstraint(_MEASURE.replace("measure", "silence_measure"), name="silence_measure"),
        CheckConstraint("silence_within between 0 and 3650", name="silence_within"),
        CheckConstraint("electronic_allowed between 1 and 3650", name="electronic_allowed"),
        CheckConstraint("electronic_priority between 1 and 4", name="electronic_priority"),
        CheckConstraint("allowed between 1 and 3650", name="allowed"),
        CheckConstraint(_MEASURE, name="measure"),
        CheckConstraint(_STOPPED_BY, name="stopped_by"),
    )
