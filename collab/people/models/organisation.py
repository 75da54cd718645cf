"""The organisation as a whole: one row."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base


class Organisation(Base):
    """Name, language, time zone and working calendar of the installation.

    `tree_version` grows whenever units, posts or the tree change, so that what was computed from them is
    computed again everywhere.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    name: Mapped[str]
    names: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    locale: Mapped[str]
    time_zone: Mapped[str]
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendar.id"))
    tree_version: Mapped[int] = mapped_column(server_default="1", default=1)
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
