"""Invitations to meetings by letter: what is due to whom, what stands in their calendar; letters carry such a part"""

from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

UP = """
alter table mail add column calendar text;
create table meeting_letter (
  item_id bigint not null constraint fk_meeting_letter_item_id_meeting references meeting,
  person_id bigint not null constraint fk_meeting_letter_person_id_person references person,
  due_at timestamptz,
  at_once boolean not null default false,
  told jsonb,
  constraint pk_meeting_letter primary key (item_id, person_id)
);
create index ix_meeting_letter_due on meeting_letter (due_at) where due_at is not null;
create index ix_meeting_letter_person on meeting_letter (person_id) where due_at is not null;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
