"""What hangs on an item: links to others, checklist lines."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Link(Base):
    """A typed relation between two items, with a lag in working days where it orders them in time."""

    __tablename__ = "link"

    id: Mapped[Id]
    from_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), index=True)
    kind: Mapped[str]
    lag_days: Mapped[int] = mapped_column(server_default="0", default=0)
    created_by: Mapped[int] = mapped_column(ForeignKey("party.id"))
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "kind in ('relates','blocks','duplicates','merged','follows','fs','ss','ff','sf')", name="kind"
        ),
        CheckConstraint("from_id <> to_id", name="not_self"),
        Index("ix_link_pair", "from_id", "to_id", "kind", unique=True),
    )


class Checklist(Base):
    """One line of an item's checklist. `became_id`: the task that was made of it."""

    __tablename__ = "checklist"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    position: Mapped[int]
    text: Mapped[str]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    became_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"))

    __table_args__ = (Index("ix_checklist_item", "item_id", "position"),)
