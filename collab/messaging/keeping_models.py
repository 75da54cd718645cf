"""How long what was said is kept, and what must not be lost whatever the rule says."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class RetentionRule(Base):
    """Messages of conversations of this kind are kept for so many months; without a rule for ever.

    `begins_on`: the first day on which something is removed by it, so that a rule set by mistake can be taken back.
    """

    __tablename__ = "retention_rule"

    kind: Mapped[str] = mapped_column(primary_key=True)
    months: Mapped[int]
    begins_on: Mapped[date]
    set_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("kind in ('item','unit','group','direct','announcement')", name="kind"),
        CheckConstraint("months between 1 and 600", name="months"),
    )


class LegalHold(Base):
    """Nothing is removed from this conversation, or from those of this unit and all below it, until it is lifted."""

    __tablename__ = "legal_hold"

    id: Mapped[Id]
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    reason: Mapped[str]
    placed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    placed_at: Mapped[datetime]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("num_nonnulls(conversation_id, unit_id) = 1", name="on"),
        Index("ix_legal_hold_conversation", "conversation_id", postgresql_where="lifted_at is null"),
        Index("ix_legal_hold_unit", "unit_id", postgresql_where="lifted_at is null"),
    )


class ConversationCopy(Base):
    """A copy of a conversation that somebody took away: what was said up to number `upto`, with its files, as one zip.

    The row is what is due; the zip lies in the data folder for two days and then goes with it.
    """

    __tablename__ = "conversation_copy"

    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    wanted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    wanted_at: Mapped[datetime]
    upto: Mapped[int]
    done_at: Mapped[datetime | None]
    failed: Mapped[bool] = mapped_column(server_default="false", default=False)
    size: Mapped[int | None]

    __table_args__ = (
        Index("ix_conversation_copy_wanted", "wanted_by", "conversation_id"),
        Index("ix_conversation_copy_due", "id", postgresql_where="done_at is null"),
    )
