"""tasks: a line of a checklist becomes a task"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("checklist", sa.Column("became_id", sa.BigInteger(), sa.ForeignKey("work_item.id"), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
