"""Outsiders that only one person finds"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outsider", sa.Column("private_to", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_outsider_private_to"), "outsider", "person", ["private_to"], ["id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
