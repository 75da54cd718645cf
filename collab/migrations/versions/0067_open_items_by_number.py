"""Which items are open, by their number: whoever takes part in thousands is asked that of each"""

from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

UP = """
create index ix_work_item_open on work_item (id) include (reach) where state_kind in ('new','active','waiting');
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
