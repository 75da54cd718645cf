"""The seal over the ledger"""

import sqlalchemy as sa
from alembic import op

from collab.core.db import Xid8

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seal_leaf",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fact_id", sa.BigInteger(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_seal_leaf")),
        sa.UniqueConstraint("fact_id", name=op.f("uq_seal_leaf_fact_id")),
    )
    op.create_table(
        "seal_head",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.Column("horizon", Xid8(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_seal_head")),
    )
    for table in ("seal_leaf", "seal_head"):
        op.execute(
            f"create trigger {table}_append_only before update or delete on {table}"
            " for each row execute function refuse_change()"
        )
        op.execute(
            f"create trigger {table}_keep_all before truncate on {table}"
            " for each statement execute function refuse_change()"
        )
        op.execute(f"revoke update, delete, truncate on {table} from public")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
