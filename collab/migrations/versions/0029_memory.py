"""Retention, holds and moderation of conversations"""

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty step."""


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
