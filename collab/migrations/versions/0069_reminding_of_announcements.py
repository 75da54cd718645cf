"""A message keeps when those who have not confirmed it were last reminded"""

from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

UP = """
alter table message add column nudged_at timestamptz;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
