"""Deadline rules, and every term counted as its rule says"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MEASURE = "measure in ('days','working-days','weeks','months','years')"
STOPPED_BY = "stopped_by in ('nobody','outsiders','anyone')"


def term() -> list[sa.Column[object]]:
    """How a term is counted, the same in rules and in items."""
    return [
        sa.Column("measure", sa.Text(), server_default="days", nullable=False),
        sa.Column("first_day_counts", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("last_day_free", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("rolls", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("least_working_days", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("stopped_by", sa.Text(), server_default="anyone", nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "deadline_rule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=True),
        sa.Column("allowed", sa.BigInteger(), nullable=False),
        *term(),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("allowed between 1 and 3650", name=op.f("ck_deadline_rule_allowed")),
        sa.CheckConstraint(MEASURE, name=op.f("ck_deadline_rule_measure")),
        sa.CheckConstraint(STOPPED_BY, name=op.f("ck_deadline_rule_stopped_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_deadline_rule_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rule")),
    )
    op.create_index(op.f("ix_deadline_rule_unit_id"), "deadline_rule", ["unit_id"])
    op.drop_constraint(op.f("ck_pending_item_allowed_days"), "pending_item", type_="check")
    op.alter_column("pending_item", "allowed_days", new_column_name="allowed")
    op.create_check_constraint(
        op.f("ck_pending_item_allowed"), "pending_item", "allowed is null or allowed between 1 and 3650"
    )
    for column in term():
        op.add_column("pending_item", column)
    op.execute("update pending_item set measure = 'working-days' where in_working_days")
    op.drop_column("pending_item", "in_working_days")
    op.create_check_constraint(op.f("ck_pending_item_measure"), "pending_item", MEASURE)
    op.create_check_constraint(op.f("ck_pending_item_stopped_by"), "pending_item", STOPPED_BY)
    op.add_column("pending_item", sa.Column("rule_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_pending_item_rule_id"), "pending_item", "deadline_rule", ["rule_id"], ["id"])
    op.create_index("ix_pending_item_rule", "pending_item", ["rule_id"], postgresql_where="rule_id is not null")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
