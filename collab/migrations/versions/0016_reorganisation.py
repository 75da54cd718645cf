"""What follows when units are closed, merged and split"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

UP = """
alter table unit add column into_id bigint constraint fk_unit_into_id_unit references unit;
alter table unit add column followed_at timestamptz;
alter table unit add constraint ck_unit_into check (into_id is null or (valid_to is not null and into_id <> id));
create index ix_unit_closed on unit (valid_to) where valid_to is not null;

-- Units closed before: which one took over stands in the ledger.
update unit set into_id = closed.into_id
from (select distinct on (subject_id) subject_id, cast(payload->>'into' as bigint) as into_id from facts
      where kind = 'unit-closed' order by subject_id, id desc) closed
where closed.subject_id = unit.id and closed.into_id is not null and unit.valid_to is not null;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
