"""Messages that ask to be confirmed are found by themselves, and what somebody confirmed by who they are"""

from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

UP = """
create index ix_message_asks on message (conversation_id, id)
  where asks_receipt and deleted_at is null and hidden_reason is null;
create index ix_message_receipt_person on message_receipt (person_id, message_id);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
