"""people move: desks handed over, units closed on a day"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def _refers(name: str, to: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), sa.ForeignKey(f"{to}.id"), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "desk_handover",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        _refers("person_id", "person"),
        _refers("unit_id", "unit"),
        sa.Column("kind", sa.Text(), nullable=False),
        _refers("into_id", "unit", nullable=True),
        sa.Column("last_day", sa.Date()),
        _refers("carried_by", "person"),
        sa.Column("carried_at", TIME, nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("watched", sa.BigInteger(), nullable=False),
        sa.Column("person_signed_at", TIME),
        _refers("head_signed_by", "person", nullable=True),
        sa.Column("head_signed_at", TIME),
        _refers("closed_by", "person", nullable=True),
        sa.Column("closed_at", TIME),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("kind in ('leaving','transfer')", name="ck_desk_handover_kind"),
        sa.CheckConstraint("(kind = 'transfer') = (into_id is not null)", name="ck_desk_handover_into"),
    )
    op.create_index("ix_desk_handover_person_id", "desk_handover", ["person_id"])
    op.create_table(
        "desk_line",
        _refers("handover_id", "desk_handover"),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        _refers("item_id", "work_item"),
        _refers("to_id", "party", nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("handover_id", "position"),
        sa.CheckConstraint("part in ('item','asked','asking','offered','offer')", name="ck_desk_line_part"),
        sa.CheckConstraint("outcome in ('moved','along','withdrawn','left')", name="ck_desk_line_outcome"),
    )
    op.create_index("ix_desk_line_item_id", "desk_line", ["item_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
