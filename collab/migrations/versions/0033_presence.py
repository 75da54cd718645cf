"""Bots and presence of conversations"""

from alembic import op

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None

UP = """
-- Whether colleagues are told that somebody has a page open. Who has one is not written down here: Redis knows it.
alter table person add column shows_presence boolean not null default true;

-- A program with an account: what it is for, whether it may hold work, who made it.
create table bot (
  id bigint constraint pk_bot primary key constraint fk_bot_id_person references person,
  purpose text,
  holds boolean not null default false,
  made_by bigint constraint fk_bot_made_by_person references person,
  made_at timestamptz not null
);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
