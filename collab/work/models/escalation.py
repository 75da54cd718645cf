"""Rules that say when somebody is reminded, and when what is overdue goes up to the head above."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class EscalationRule(Base):
    """What holds in a unit and below (None: everywhere) for items of a kind (None: every kind); counted in working
    days. The nearest unit's rule is asked first, and there the one for the kind."""

    __tablename__ = "escalation_rule"

    id: Mapped[Id]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    item_kind: Mapped[str | None]
    nudge_every: Mapped[int]
    nudge_most: Mapped[int]
    first_after: Mapped[int]
    then_every: Mapped[int]
    levels: Mapped[int]
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("nudge_every between 1 and 60", name="nudge_every"),
        CheckConstraint("nudge_most between 0 and 20", name="nudge_most"),
        CheckConstraint("first_after between 1 and 60", name="first_after"),
        CheckConstraint("then_every between 1 and 60", name="then_every"),
        CheckConstraint("levels between 0 and 9", name="levels"),
        Index(
            "ix_escalation_rule_one",
            "unit_id",
            "item_kind",
            unique=True,
            postgresql_where="retired_at is null",
            postgresql_nulls_not_distinct=True,
        ),
    )
