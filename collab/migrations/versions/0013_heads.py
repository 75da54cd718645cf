"""What the reports of a unit ask for: closed items by when they were closed, handovers by when they were offered"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_work_item_closed", "work_item", ["unit_id", "closed_at"], postgresql_where="closed_at is not null"
    )
    op.create_index("ix_handover_offered_to", "handover", ["to_unit_id", "offered_at"])
    op.create_index("ix_handover_offered_from", "handover", ["from_unit_id", "offered_at"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
