"""The base table of every kind of work, with its references and states."""

import re
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, validates

from collab.core.db import Base, Id
from collab.core.text.fold import fold

OPEN_STATES = ("new", "active", "waiting")
OPEN = "state_kind in ('new','active','waiting')"
# Never null, so that a page can begin anywhere in the order of due dates.
DUE_ORDER = "coalesce(due_on, '9999-12-31'::date)"
_NOT_WORD = re.compile(r"[\W_]+")


def title_words(title: str) -> str:
    """The words of a title as they are found by: folded, with single spaces between them."""
    return _NOT_WORD.sub(" ", fold(title)).strip()


def _words_of_row(context: Any) -> str:
    return title_words(context.get_current_parameters()["title"])


class Series(Base):
    """A run of reference numbers: `PARKS` of PARKS-214. The row's lock hands out the numbers."""

    __tablename__ = "series"

    id: Mapped[Id]
    prefix: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), unique=True)
    last_number: Mapped[int] = mapped_column(server_default="0", default=0)


class State(Base):
    """A named state of a kind (and unit) over one of the five fixed kinds. Names are free, kinds are not."""

    __tablename__ = "state"

    id: Mapped[Id]
    item_kind: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    state_kind: Mapped[str]
    names: Mapped[dict[str, Any]] = mapped_column(JSONB)
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(server_default="false", default=False)

    __table_args__ = (
        CheckConstraint("state_kind in ('new','active','waiting','done','cancelled')", name="state_kind"),
        Index("ix_state_kind", "item_kind", "unit_id", "position"),
    )


class WorkItem(Base):
    """Anything that is worked on. What is particular to a kind hangs on it by primary key.

    `unit_id` owns it and gives it its number; `holder_id` has the ball; `desk_unit_id` is the unit in which the
    ball lies (the holder's, or the holder itself). `reach`: unit (and above), all, or named people only.
    """

    __tablename__ = "work_item"

    id: Mapped[Id]
    kind: Mapped[str]
    reference: Mapped[str] = mapped_column(unique=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    number: Mapped[int]
    title: Mapped[str]
    words: Mapped[str] = mapped_column(server_default="", default=_words_of_row)  # follow from the title
    word_vector: Mapped[Any | None] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', words)", persisted=True), deferred=True
    )
    body: Mapped[str] = mapped_column(server_default="", default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    desk_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state_kind: Mapped[str]
    state_id: Mapped[int | None] = mapped_column(ForeignKey("state.id"))
    priority: Mapped[int] = mapped_column(SmallInteger, server_default="0", default=0)
    start_on: Mapped[date | None]
    due_on: Mapped[date | None]
    effort_minutes: Mapped[int | None]
    spent_minutes: Mapped[int | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"), index=True)
    reach: Mapped[str] = mapped_column(server_default="unit", default="unit")
    fields: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}", default=dict)
    created_at: Mapped[datetime]
    created_by: Mapped[int] = mapped_column(ForeignKey("party.id"))
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    next_action_at: Mapped[datetime | None]
    external_id: Mapped[str | None] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("state_kind in ('new','active','waiting','done','cancelled')", name="state_kind"),
        CheckConstraint("reach in ('unit','all','named')", name="reach"),
        CheckConstraint("priority between 0 and 4", name="priority"),
        CheckConstraint("due_on is null or start_on is null or due_on >= start_on", name="dates"),
        CheckConstraint("parent_id is null or parent_id <> id", name="not_own_parent"),
        Index("ix_work_item_number", "series_id", "number", unique=True),
        Index("ix_work_item_desk_open", "desk_unit_id", text(DUE_ORDER), "id", postgresql_where=OPEN),
        Index(
            "ix_work_item_unit_open",
            "unit_id",
            text(DUE_ORDER),
            "id",
            postgresql_include=["reach"],  # what may be seen of a unit is read from here alone
            postgresql_where=OPEN,
        ),
        Index("ix_work_item_holder_open", "holder_id", text(DUE_ORDER), "id", postgresql_where=OPEN),
        Index("ix_work_item_unit", "unit_id", "id"),
        Index("ix_work_item_closed", "unit_id", "closed_at", postgresql_where="closed_at is not null"),
        Index("ix_work_item_desk", "desk_unit_id", "id"),
        Index("ix_work_item_all", "id", postgresql_where="reach = 'all'"),
        # Whether an item is open is asked of thousands one by one: without it PostgreSQL leaps through another index.
        Index("ix_work_item_open", "id", postgresql_include=["reach"], postgresql_where=OPEN),
        Index("ix_work_item_due", text(DUE_ORDER), "id", postgresql_where=OPEN),
        Index("ix_work_item_changed", "changed_at", "id", postgresql_where=OPEN),
        Index("ix_work_item_priority", "priority", "id", postgresql_where=OPEN),
        Index("ix_work_item_words", "word_vector", postgresql_using="gin"),
        Index("ix_work_item_next", "next_action_at", postgresql_where="next_action_at is not null"),
    )

    @validates("title")
    def _words_follow(self, _name: str, title: str) -> str:
        self.words = title_words(title)
        return title
