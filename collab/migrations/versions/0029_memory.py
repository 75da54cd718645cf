"""Retention, holds and moderation of conversations"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
KINDS = "kind in ('item','unit','group','direct','announcement')"


def upgrade() -> None:
    op.add_column("message", sa.Column("hidden_at", INSTANT, nullable=True))
    op.add_column("message", sa.Column("hidden_by", sa.BigInteger(), nullable=True))
    op.add_column("message", sa.Column("removed_at", INSTANT, nullable=True))
    op.create_foreign_key(op.f("fk_message_hidden_by"), "message", "person", ["hidden_by"], ["id"])
    op.create_index(
        "ix_message_kept", "message", ["conversation_id", "created_at"], postgresql_where=sa.text("removed_at is null")
    )
    # The texts that the ledger keeps of what was said, by message: they go with it.
    op.execute(
        "create index ix_facts_message on facts (subject_id, ((payload ->> 'message')::bigint))"
        " where subject_kind = 'conversation' and text_hash is not null"
    )
    op.create_table(
        "retention_rule",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_retention_rule_kind")),
        sa.CheckConstraint("months between 1 and 600", name=op.f("ck_retention_rule_months")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_retention_rule_set_by")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_retention_rule")),
    )
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.BigInteger(), nullable=False),
        sa.Column("placed_at", INSTANT, nullable=False),
        sa.Column("lifted_by", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", INSTANT, nullable=True),
        sa.CheckConstraint("num_nonnulls(conversation_id, unit_id) = 1", name=op.f("ck_legal_hold_on")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_legal_hold_conversation_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_legal_hold_unit_id")),
        sa.ForeignKeyConstraint(["placed_by"], ["person.id"], name=op.f("fk_legal_hold_placed_by")),
        sa.ForeignKeyConstraint(["lifted_by"], ["person.id"], name=op.f("fk_legal_hold_lifted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    standing = sa.text("lifted_at is null")
    op.create_index("ix_legal_hold_conversation", "legal_hold", ["conversation_id"], postgresql_where=standing)
    op.create_index("ix_legal_hold_unit", "legal_hold", ["unit_id"], postgresql_where=standing)
    op.create_table(
        "conversation_copy",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("wanted_by", sa.BigInteger(), nullable=False),
        sa.Column("wanted_at", INSTANT, nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("failed", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_conversation_copy_conversation_id")
        ),
        sa.ForeignKeyConstraint(["wanted_by"], ["person.id"], name=op.f("fk_conversation_copy_wanted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_copy")),
    )
    op.create_index("ix_conversation_copy_wanted", "conversation_copy", ["wanted_by", "conversation_id"])
    op.create_index(
        "ix_conversation_copy_due", "conversation_copy", ["id"], postgresql_where=sa.text("done_at is null")
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
