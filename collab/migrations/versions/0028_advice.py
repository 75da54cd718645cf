"""Consent, advice and blind scoring"""

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty step."""


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
