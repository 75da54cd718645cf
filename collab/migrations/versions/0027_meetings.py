"""Meetings with agenda and minutes"""

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty step."""


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
