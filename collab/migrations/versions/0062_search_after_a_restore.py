"""How far search had followed the ledger when it was restored into another PostgreSQL"""

from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table search_place add column brought bigint not null default 0")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
