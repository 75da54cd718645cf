"""Votes that were begun from a point of a meeting that runs"""

from alembic import op

revision = "0055"
down_revision = "0053"
branch_labels = None
depends_on = None

UP = """
create table meeting_vote (
  point_id bigint not null constraint fk_meeting_vote_point_id_meeting_point references meeting_point,
  decision_id bigint not null constraint fk_meeting_vote_decision_id_work_item references work_item,
  constraint pk_meeting_vote primary key (point_id, decision_id)
);
create index ix_meeting_vote on meeting_vote (decision_id);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
