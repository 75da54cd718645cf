"""Arguments may be about the question itself, where a vote has no options"""

from alembic import op

revision = "0050"
down_revision = "0048"
branch_labels = None
depends_on = None

UP = "alter table decision_argument alter column option_id drop not null;"


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
