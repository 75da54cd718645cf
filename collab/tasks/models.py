"""What a pending item has beyond every work item."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base

SOURCES = ("citizen", "council", "unit", "electronic", "authority", "other")


class PendingItem(Base):
    """Source, protocol number, counterpart and statutory clock of a pending item.

    Kept when the item turns into a task, so that turning back loses nothing. `due_on` of the work item is the
    deadline as it stands; `allowed_days` (working days when `in_working_days`) is what the law gives, `suspended_days`
    what stopped clocks have added so far.
    """

    __tablename__ = "pending_item"

    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    source: Mapped[str]
    protocol_number: Mapped[str | None]
    protocol_on: Mapped[date | None]
    counterpart_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), index=True)
    legal_basis: Mapped[str | None]
    allowed_days: Mapped[int | None]
    in_working_days: Mapped[bool] = mapped_column(server_default="false", default=False)
    suspended_days: Mapped[int] = mapped_column(server_default="0", default=0)

    __table_args__ = (
        CheckConstraint("source in ('citizen','council','unit','electronic','authority','other')", name="source"),
        CheckConstraint("allowed_days is null or allowed_days between 1 and 3650", name="allowed_days"),
        Index("ix_pending_item_protocol", "protocol_number"),
    )
