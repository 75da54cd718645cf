"""Threads, saved messages and what else a talk needs"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("message", sa.Column("answers", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("message", sa.Column("answered_at", INSTANT, nullable=True))
    op.add_column("message", sa.Column("asks_receipt", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("read_state", sa.Column("followed", sa.Boolean(), server_default="false", nullable=False))
    op.create_table(
        "message_former",
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_former_message_id")),
        sa.PrimaryKeyConstraint("message_id", "number", name=op.f("pk_message_former")),
    )
    op.create_table(
        "message_receipt",
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_receipt_message_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_receipt_person_id")),
        sa.PrimaryKeyConstraint("message_id", "person_id", name=op.f("pk_message_receipt")),
    )
    op.create_table(
        "message_reminder",
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_reminder_message_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_reminder_person_id")),
        sa.PrimaryKeyConstraint("message_id", "person_id", name=op.f("pk_message_reminder")),
    )
    op.create_index("ix_message_reminder_due", "message_reminder", ["due_at"])
    op.create_table(
        "message_to_send",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reply_to_id", sa.BigInteger(), nullable=True),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("refused_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_message_to_send_conversation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_to_send_person_id")),
        sa.ForeignKeyConstraint(["reply_to_id"], ["message.id"], name=op.f("fk_message_to_send_reply_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_to_send")),
    )
    op.create_index("ix_message_to_send_person", "message_to_send", ["person_id", "conversation_id"])
    op.create_index(
        "ix_message_to_send_due", "message_to_send", ["due_at"], postgresql_where=sa.text("refused_at is null")
    )
    op.create_table(
        "message_work",
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("wait_id", sa.BigInteger(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_work_message_id")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_message_work_item_id")),
        sa.ForeignKeyConstraint(["wait_id"], ["wait.id"], name=op.f("fk_message_work_wait_id")),
        sa.PrimaryKeyConstraint("message_id", "item_id", name=op.f("pk_message_work")),
    )
    op.create_index("ix_message_work_item", "message_work", ["item_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
