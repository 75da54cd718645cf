"""One code of a unit, whether written in capital or in small letters"""

from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

# Where two units had such codes before, they keep them: the index waits for whoever gives one another code, and until
# then the rule of the commands alone keeps further ones out.
UP = """
do $$
begin
  if not exists (select from unit group by lower(code) having count(*) > 1) then
    create unique index ix_unit_code_lower on unit (lower(code));
  end if;
end $$;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
