"""Letter templates of a unit and below, and the letters of an item."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class LetterTemplate(Base):
    """What letters of one sort say, in a unit and below or (without a unit) everywhere.

    `texts`: language → `{"subject": …, "body": …}`, with placeholders (see `placeholders`).
    """

    __tablename__ = "letter_template"

    id: Mapped[Id]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    names: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}", default=dict)
    texts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)


class Letter(Base):
    """A letter of an item: a draft until it is written down as sent; then it stays as it was sent.

    `number` counts the letters of the item. `paper_version`: of which version `paper_id` was asked for.
    """

    __tablename__ = "letter"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    number: Mapped[int]
    template_id: Mapped[int | None] = mapped_column(ForeignKey("letter_template.id"))
    language: Mapped[str]
    to_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    to_text: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    signer: Mapped[str]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    created_at: Mapped[datetime]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id", ondelete="SET NULL"))
    paper_version: Mapped[int | None]
    sent_on: Mapped[date | None]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    protocol_number: Mapped[str | None]
    wait_id: Mapped[int | None] = mapped_column(ForeignKey("wait.id"))
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("(sent_on is null) = (sent_at is null)", name="sent"),
        Index("ix_letter_item", "item_id", "number", unique=True),
        Index("ix_letter_registry", "sent_on", "id", postgresql_where="protocol_number is not null"),
    )
