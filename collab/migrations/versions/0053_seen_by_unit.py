"""What may be seen of the open work of a unit is read from its index alone"""

from alembic import op

revision = "0053"
down_revision = "0050"
branch_labels = None
depends_on = None

STEPS = """
drop index ix_work_item_unit_open;
create index ix_work_item_unit_open on work_item (unit_id, coalesce(due_on, date '9999-12-31'), id)
  include (reach) where state_kind in ('new', 'active', 'waiting');
"""


def upgrade() -> None:
    op.execute(STEPS)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
