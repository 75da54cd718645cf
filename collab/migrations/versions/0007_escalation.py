"""Reminders that go out by themselves, lapses on the desks above, and the rules of both"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SENSES = "sense in ('answer','task','vote','assessment','handover','acknowledgement','approval','lapse')"


def upgrade() -> None:
    op.create_table(
        "escalation_rule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("item_kind", sa.Text(), nullable=True),
        sa.Column("nudge_every", sa.BigInteger(), nullable=False),
        sa.Column("nudge_most", sa.BigInteger(), nullable=False),
        sa.Column("first_after", sa.BigInteger(), nullable=False),
        sa.Column("then_every", sa.BigInteger(), nullable=False),
        sa.Column("levels", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("nudge_every between 1 and 60", name=op.f("ck_escalation_rule_nudge_every")),
        sa.CheckConstraint("nudge_most between 0 and 20", name=op.f("ck_escalation_rule_nudge_most")),
        sa.CheckConstraint("first_after between 1 and 60", name=op.f("ck_escalation_rule_first_after")),
        sa.CheckConstraint("then_every between 1 and 60", name=op.f("ck_escalation_rule_then_every")),
        sa.CheckConstraint("levels between 0 and 9", name=op.f("ck_escalation_rule_levels")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_escalation_rule_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_rule")),
    )
    op.create_index(
        "ix_escalation_rule_one",
        "escalation_rule",
        ["unit_id", "item_kind"],
        unique=True,
        postgresql_where="retired_at is null",
        postgresql_nulls_not_distinct=True,
    )
    # What every organisation begins with; its administrators change it.
    op.execute(
        "insert into escalation_rule (nudge_every, nudge_most, first_after, then_every, levels) values (3, 3, 3, 5, 2)"
    )
    op.add_column("wait", sa.Column("nudge_every", sa.BigInteger(), nullable=True))
    op.add_column("wait", sa.Column("nudge_most", sa.BigInteger(), nullable=True))
    op.add_column("wait", sa.Column("over_id", sa.BigInteger(), nullable=True))
    op.add_column("wait", sa.Column("level", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("wait", sa.Column("level_unit_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_wait_over_id"), "wait", "wait", ["over_id"], ["id"])
    op.create_foreign_key(op.f("fk_wait_level_unit_id"), "wait", "unit", ["level_unit_id"], ["id"])
    op.create_index("ix_wait_over", "wait", ["over_id"], postgresql_where="over_id is not null")
    op.drop_constraint(op.f("ck_wait_sense"), "wait", type_="check")
    op.create_check_constraint(op.f("ck_wait_sense"), "wait", SENSES)
    op.create_check_constraint(op.f("ck_wait_lapse"), "wait", "(sense = 'lapse') = (over_id is not null)")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
