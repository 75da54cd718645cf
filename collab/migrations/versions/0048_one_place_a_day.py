"""A unit stands at one place on each day: its edges never overlap"""

import logging

from alembic import op
from sqlalchemy import text

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

# A place that held on after the next one had begun ends where that one begins, as moving a unit has always meant.
MEND = """
with followed as (
  select id, lead(valid_from) over (partition by unit_id order by valid_from) as next from unit_edge
)
update unit_edge e set valid_to = f.next from followed f
  where f.id = e.id and f.next is not null and (e.valid_to is null or e.valid_to > f.next)
  returning (select code from unit where unit.id = e.unit_id), e.valid_from, e.valid_to
"""
LAW = """
alter table unit_edge add constraint ex_unit_edge_one_place
  exclude using gist (int8range(unit_id, unit_id, '[]') with &&, daterange(valid_from, valid_to) with &&)
"""


def upgrade() -> None:
    mended = op.get_bind().execute(text(MEND)).all()
    for code, since, until in sorted(mended):
        logging.getLogger("alembic.runtime.migration").warning(
            "unit %s stood at two places at once: the one from %s now ends on %s; look whether that is right",
            code, since, until,
        )  # fmt: skip
    if mended:
        op.execute("update organisation set tree_version = tree_version + 1")
    op.execute(LAW)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
