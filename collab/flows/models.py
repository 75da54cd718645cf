"""What ties a talk to the work that came out of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base


class MessageWork(Base):
    """A work item that was made of a message. `wait_id`: the answer that was wanted of somebody with it. `point_id`:
    the message became a point of its agenda, where the item is a meeting; the row goes with the point."""

    __tablename__ = "message_work"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    wait_id: Mapped[int | None] = mapped_column(ForeignKey("wait.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_point.id", ondelete="CASCADE"))
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_message_work_item", "item_id"),
        Index("ix_message_work_point", "point_id", postgresql_where="point_id is not null"),
    )
