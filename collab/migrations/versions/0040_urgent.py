"""A message may be marked urgent"""

from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

UP = """
alter table message add column urgent boolean default false not null;

-- How many somebody marked of late, counted before the next.
create index ix_message_urgent on message (author_id, created_at) where urgent;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
