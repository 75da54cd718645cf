"""What is said beside a ballot: the advice that was asked before a decision, and objections to what is proposed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Advice(Base):
    """A unit, a post or a person was asked for advice; what is expected of them is the wait. `because`: why they.

    Without `stance` they are silent, or were, when the wait is over. `used`: what whoever decides made of it.
    """

    __tablename__ = "decision_advice"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    wait_id: Mapped[int] = mapped_column(ForeignKey("wait.id"))
    of_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    because: Mapped[str]
    stance: Mapped[str | None]
    text: Mapped[str | None]
    given_at: Mapped[datetime | None]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    used: Mapped[str | None]
    used_note: Mapped[str | None]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        CheckConstraint("because in ('about','below','above','named')", name="because"),
        CheckConstraint("stance in ('supports','concerns','objects')", name="stance"),
        CheckConstraint(
            "(stance is null) = (text is null) and (stance is null) = (given_at is null)"
            " and (stance is null) = (given_by is null)",
            name="given",
        ),
        CheckConstraint("used in ('taken-up','partly','not')", name="used"),
        CheckConstraint(
            "(used is null) = (used_note is null) and (used is null or stance is not null)", name="used_given"
        ),
        Index("ix_decision_advice_item", "item_id", "id"),
        Index("ix_decision_advice_wait", "wait_id", unique=True),
    )


class Objection(Base):
    """Why somebody entitled cannot live with what is proposed by consent, and how that ended.

    `settled`: how the proposal was changed for it, or why it was overruled.
    """

    __tablename__ = "decision_objection"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(server_default="open", default="open")
    settled: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        CheckConstraint("state in ('open','integrated','withdrawn','overruled')", name="state"),
        CheckConstraint(
            "(state = 'open') = (settled_at is null) and (state = 'open') = (settled_by is null)", name="settled"
        ),
        CheckConstraint("state not in ('integrated','overruled') or settled is not null", name="said"),
        Index("ix_decision_objection_item", "item_id", "id"),
    )
