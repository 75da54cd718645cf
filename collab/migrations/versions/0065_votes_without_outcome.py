"""Why a confidential vote ended without an outcome; the words that were hashed at opening"""

from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

UP = """
alter table decision add column opened_words text, add column unopened text
  constraint ck_decision_unopened check (unopened in ('few-entitled', 'few-ballots', 'key-lost'));
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
