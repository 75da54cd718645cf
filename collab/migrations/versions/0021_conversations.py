"""Conversations of units and groups"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("topic", sa.Text(), nullable=True))
    op.add_column("conversation", sa.Column("open", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("conversation", sa.Column("audience_id", sa.BigInteger(), nullable=True))
    op.add_column("conversation", sa.Column("into_id", sa.BigInteger(), nullable=True))
    op.add_column("conversation", sa.Column("direct_key", sa.Text(), nullable=True))
    for column in ("audience_id", "into_id"):
        op.create_foreign_key(op.f(f"fk_conversation_{column}"), "conversation", "unit", [column], ["id"])
    op.create_index("ix_conversation_direct", "conversation", ["direct_key"], unique=True)
    op.create_index(
        "ix_conversation_into", "conversation", ["into_id"], postgresql_where=sa.text("into_id is not null")
    )
    op.create_index(
        "ix_conversation_announced", "conversation", ["id"], postgresql_where=sa.text("kind = 'announcement'")
    )
    op.create_index(
        "ix_conversation_open", "conversation", ["id"], postgresql_where=sa.text("open and archived_at is null")
    )
    op.create_table(
        "conversation_member",
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("keeper", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_conversation_member_conversation_id")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_conversation_member_party_id")),
        sa.PrimaryKeyConstraint("conversation_id", "party_id", name=op.f("pk_conversation_member")),
    )
    op.create_index("ix_conversation_member_party", "conversation_member", ["party_id", "conversation_id"])
    op.add_column("message", sa.Column("root_id", sa.BigInteger(), nullable=True))
    op.add_column("message", sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("message", sa.Column("pinned_by", sa.BigInteger(), nullable=True))
    op.add_column("message", sa.Column("vector", postgresql.TSVECTOR(), nullable=True))
    op.create_foreign_key(op.f("fk_message_root_id"), "message", "message", ["root_id"], ["id"])
    op.create_foreign_key(op.f("fk_message_pinned_by"), "message", "person", ["pinned_by"], ["id"])
    op.create_index("ix_message_root", "message", ["root_id", "seq"], postgresql_where=sa.text("root_id is not null"))
    op.create_index(
        "ix_message_pinned", "message", ["conversation_id", "pinned_at"],
        postgresql_where=sa.text("pinned_at is not null"),
    )  # fmt: skip
    op.create_index("ix_message_vector", "message", ["vector"], postgresql_using="gin")
    op.create_table(
        "message_reaction",
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_reaction_message_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_reaction_person_id")),
        sa.PrimaryKeyConstraint("message_id", "sign", "person_id", name=op.f("pk_message_reaction")),
    )
    op.create_table(
        "message_draft",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_draft_person_id")),
        sa.PrimaryKeyConstraint("person_id", "owner_kind", "owner_id", name=op.f("pk_message_draft")),
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
