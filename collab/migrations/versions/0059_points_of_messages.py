"""Which point of an agenda a message became, beside the work made of it"""

from alembic import op

revision = "0059"
down_revision = "0055"
branch_labels = None
depends_on = None

UP = """
alter table message_work add column point_id bigint
  constraint fk_message_work_point_id_meeting_point references meeting_point on delete cascade;
create index ix_message_work_point on message_work (point_id) where point_id is not null;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
