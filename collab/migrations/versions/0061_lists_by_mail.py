"""Views that somebody has by mail"""

from alembic import op

revision = "0061"
down_revision = "0059"
branch_labels = None
depends_on = None

UP = """
-- Who wants which view by mail, and when; what was in it at the last letter.
create table view_letter (
  view_id bigint not null constraint fk_view_letter_view_id_saved_view references saved_view on delete cascade,
  person_id bigint not null constraint fk_view_letter_person_id_person references person,
  rhythm text not null,
  hour bigint not null,
  empties boolean not null default false,
  next_at timestamptz not null,
  sent_at timestamptz,
  kept bigint[],
  constraint pk_view_letter primary key (view_id, person_id),
  constraint ck_view_letter_rhythm check (rhythm in ('workday','week','month')),
  constraint ck_view_letter_hour check (hour between 0 and 23)
);
create index ix_view_letter_person on view_letter (person_id);
create index ix_view_letter_next on view_letter (next_at);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
