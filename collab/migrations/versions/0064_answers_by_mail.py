"""The addresses under which an e-mail answers what is awaited of somebody outside"""

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

UP = """
create table answer_address (
  wait_id bigint constraint pk_answer_address primary key
    constraint fk_answer_address_wait_id_wait references wait on delete cascade,
  secret_hash bytea not null constraint uq_answer_address_secret_hash unique,
  made_by bigint not null constraint fk_answer_address_made_by_person references person,
  created_at timestamptz not null,
  taken bytea
);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
