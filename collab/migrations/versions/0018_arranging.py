"""Views: columns, feeds and bulk acts in a job"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "list_job",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("asked", JSONB, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="due"),
        sa.Column("total", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("passed", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("changed", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("refused", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("place", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("file", sa.Text),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.CheckConstraint("act in ('edit','undo','csv','xlsx')", name="act"),
        sa.CheckConstraint("state in ('due','done','failed')", name="state"),
    )
    op.create_index("ix_list_job_person", "list_job", ["person_id", "id"])
    op.create_index("ix_list_job_due", "list_job", ["id"], postgresql_where="state = 'due'")
    op.create_table(
        "list_job_item",
        sa.Column("job_id", sa.BigInteger, sa.ForeignKey("list_job.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("item_id", sa.BigInteger, sa.ForeignKey("work_item.id"), primary_key=True),
        sa.Column("outcome", sa.Text),
        sa.Column("reason", sa.Text),
    )
    op.create_index("ix_list_job_item_due", "list_job_item", ["job_id", "item_id"], postgresql_where="outcome is null")
    op.create_table(
        "view_feed",
        sa.Column("view_id", sa.BigInteger, sa.ForeignKey("saved_view.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("read_at", INSTANT),
    )
    op.create_index("ix_view_feed_person", "view_feed", ["person_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
