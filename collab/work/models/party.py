"""Who takes part in an item: the reason an item is seen by people outside its unit."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base


class Participant(Base):
    """A party takes part in an item, as one or more of creator, holder, asked, offered, watcher, mentioned, named.

    `until` is set when the part ends; former participants go on reading, except items for named people only.
    """

    __tablename__ = "participant"

    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("role in ('creator','holder','asked','offered','watcher','mentioned','named')", name="role"),
        Index("ix_participant_item", "item_id"),
    )
