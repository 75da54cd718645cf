"""Saved views: of which list, with whom shared, in whose sidebar."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("saved_view", sa.Column("list", sa.Text(), server_default="work-items", nullable=False))
    op.add_column("saved_view", sa.Column("unit_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_saved_view_unit_id"), "saved_view", "unit", ["unit_id"], ["id"])
    op.create_index(
        "ix_saved_view_unit", "saved_view", ["unit_id"], unique=False, postgresql_where="unit_id is not null"
    )
    op.create_table(
        "saved_view_pin",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("view_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_view_pin_person_id")),
        sa.ForeignKeyConstraint(
            ["view_id"], ["saved_view.id"], name=op.f("fk_saved_view_pin_view_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "view_id", name=op.f("pk_saved_view_pin")),
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
