"""Where the chair of a vote sat when it opened, so that it passes on once they have left"""

from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

UP = """
alter table decision
  add column chair_post_id bigint constraint fk_decision_chair_post_id_post references post,
  add column chair_unit_id bigint constraint fk_decision_chair_unit_id_unit references unit,
  add column chair_was_id bigint constraint fk_decision_chair_was_id_person references person;
-- What the house itself expects is expected by the unit of the decision, not by whoever it is expected of.
update wait set by_id = i.unit_id from work_item i
  where i.id = wait.item_id and wait.sense in ('tie', 'revisit') and wait.ended_at is null and wait.by_id = wait.of_id;
create index ix_decision_chaired on decision (stage) where chair_id is not null and stage in ('open', 'closed');
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
