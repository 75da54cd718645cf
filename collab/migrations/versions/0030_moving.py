"""Guided transfers and split units"""

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty step."""


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
