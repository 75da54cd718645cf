"""Pop-ups that were turned off stay off; what waits for a browser knows what it is about"""

from alembic import op

revision = "0039"
down_revision = "0036"
branch_labels = None
depends_on = None

UP = """
-- Turned off by its person, or pushed out by newer ones: the browser itself may not turn it on again unasked.
alter table push_subscription add column off_at timestamptz;

-- The notifications that it tells of: asked about again before it is handed in.
alter table push_message add column about bigint[] not null default '{}';
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
