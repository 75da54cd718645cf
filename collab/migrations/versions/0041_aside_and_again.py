"""What an option is about and who is asked to stand aside; looking at a decision again; closing before the hour"""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

UP = """
-- The item that an option is about: whoever holds it or works on it is asked whether they stand aside.
alter table decision_option add column about_id bigint references work_item (id);
create index ix_decision_option_about on decision_option (about_id) where about_id is not null;

-- As it stood at the opening: [{"option": 7, "because": "holder"}]; `stayed_at`: they said that they take part.
alter table decision_roll add column proposed jsonb;
alter table decision_roll add column stayed_at timestamptz;
alter table decision_roll drop constraint ck_decision_roll_recused;
alter table decision_roll add constraint ck_decision_roll_recused
  check (recused_at is null or (cast_at is null and stayed_at is null));

-- Looked at again on a day, or once another item is finished, and what else would be a reason; once for each.
alter table decision add column revisit_when text;
alter table decision add column revisit_after_id bigint references work_item (id);
alter table decision add column revisit_wait_id bigint references wait (id);
alter table decision add column revises_id bigint references work_item (id);
alter table decision add column looked_at timestamptz;
alter table decision add column looked_by bigint references person (id);
alter table decision add column looked_note text;
alter table decision add column closed_by bigint references person (id);
create index ix_decision_revisit_after on decision (revisit_after_id) where revisit_after_id is not null;
create index ix_decision_revises on decision (revises_id) where revises_id is not null;

-- What is expected of whoever chairs: to break a tie, to look again.
alter table wait drop constraint ck_wait_sense;
alter table wait add constraint ck_wait_sense check (sense in
  ('answer','task','vote','assessment','handover','acknowledgement','approval','lapse','advice','invitation','tie',
   'revisit'));
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
