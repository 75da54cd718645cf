"""Answer after silence, precedence of electronic applications, and spent time"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("silence", sa.Text(), nullable=True),
        sa.Column("silence_after", sa.Text(), server_default="deadline", nullable=False),
        sa.Column("silence_within", sa.BigInteger(), nullable=True),
        sa.Column("silence_measure", sa.Text(), server_default="days", nullable=False),
        sa.Column("silence_basis", sa.Text(), nullable=True),
        sa.Column("silence_template_id", sa.BigInteger(), nullable=True),
        sa.Column("electronic_allowed", sa.BigInteger(), nullable=True),
        sa.Column("electronic_priority", sa.SmallInteger(), nullable=True),
    ):
        op.add_column("deadline_rule", column)
    op.create_foreign_key(
        op.f("fk_deadline_rule_silence_template_id"),
        "deadline_rule",
        "letter_template",
        ["silence_template_id"],
        ["id"],
    )
    op.create_check_constraint(
        op.f("ck_deadline_rule_silence"),
        "deadline_rule",
        "silence is null or silence in ('approved','refused','closed') and silence_within is not null",
    )
    op.create_check_constraint(
        op.f("ck_deadline_rule_silence_after"), "deadline_rule", "silence_after in ('deadline','asking')"
    )
    op.create_check_constraint(
        op.f("ck_deadline_rule_silence_measure"),
        "deadline_rule",
        "silence_measure in ('days','working-days','weeks','months','years')",
    )
    op.create_check_constraint(
        op.f("ck_deadline_rule_silence_within"), "deadline_rule", "silence_within between 0 and 3650"
    )
    op.create_check_constraint(
        op.f("ck_deadline_rule_electronic_allowed"), "deadline_rule", "electronic_allowed between 1 and 3650"
    )
    op.create_check_constraint(
        op.f("ck_deadline_rule_electronic_priority"), "deadline_rule", "electronic_priority between 1 and 4"
    )
    op.add_column("pending_item", sa.Column("silence", sa.Text(), server_default="counts", nullable=False))
    op.create_check_constraint(op.f("ck_pending_item_silence"), "pending_item", "silence in ('counts','held','done')")
    op.add_column("work_item", sa.Column("spent_minutes", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
