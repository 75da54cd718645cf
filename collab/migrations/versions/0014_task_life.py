"""Waits are put off by each person for themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wait_snooze",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("wait_id", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_wait_snooze_person_id")),
        sa.ForeignKeyConstraint(["wait_id"], ["wait.id"], name=op.f("fk_wait_snooze_wait_id")),
        sa.PrimaryKeyConstraint("person_id", "wait_id", name=op.f("pk_wait_snooze")),
    )
    op.create_index("ix_wait_snooze_wait", "wait_snooze", ["wait_id"])
    op.create_index("ix_wait_snooze_until", "wait_snooze", ["until"], postgresql_where=sa.text("until is not null"))
    op.drop_column("wait", "snoozed_until")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
