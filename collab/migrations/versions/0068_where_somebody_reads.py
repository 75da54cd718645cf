"""Where somebody reads is found by who they are: what is unread of it is looked for on every page"""

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

UP = """
create index ix_read_state_person on read_state (person_id);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
