"""Who wants which view by mail, and when."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base


class ViewLetter(Base):
    """Somebody's wish to have a view by mail: each working day, each week or each month, at an hour of their own clock,
    with `empties` also when there is nothing in it. `next_at` is when it is due.

    `kept` are the ids of what was in the view at the last letter; None before the first, and where it was too much to
    compare.
    """

    __tablename__ = "view_letter"

    view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    rhythm: Mapped[str]
    hour: Mapped[int]
    empties: Mapped[bool] = mapped_column(server_default="false", default=False)
    next_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    kept: Mapped[list[int] | None] = mapped_column(ARRAY(BigInteger))

    __table_args__ = (
        CheckConstraint("rhythm in ('workday','week','month')", name="rhythm"),
        CheckConstraint("hour between 0 and 23", name="hour"),
        Index("ix_view_letter_person", "person_id"),
        Index("ix_view_letter_next", "next_at"),
    )
