"""Webhooks, bots, retention of conversations"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_origin",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("external", sa.Text(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=True),
        sa.Column("conversation_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind in ('author','conversation')", name=op.f("ck_chat_origin_kind")),
        sa.CheckConstraint("num_nonnulls(party_id, conversation_id) = 1", name=op.f("ck_chat_origin_one")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_chat_origin_party_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_chat_origin_conversation_id")),
        sa.PrimaryKeyConstraint("source", "kind", "external", name=op.f("pk_chat_origin")),
    )
    op.create_index(
        "ix_chat_origin_party", "chat_origin", ["party_id"], postgresql_where=sa.text("party_id is not null")
    )
    op.create_index(
        "ix_chat_origin_conversation", "chat_origin", ["conversation_id"],
        postgresql_where=sa.text("conversation_id is not null"),
    )  # fmt: skip
    op.create_table(
        "webhook",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_webhook_conversation_id")),
        sa.ForeignKeyConstraint(["bot_id"], ["person.id"], name=op.f("fk_webhook_bot_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_webhook_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_webhook_secret_hash")),
    )
    op.create_index("ix_webhook_conversation", "webhook", ["conversation_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
