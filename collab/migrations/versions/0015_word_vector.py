"""The words of a title are read once, when it is written, and not for each row that a search looks at"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_work_item_words", "work_item", postgresql_using="gin")
    op.add_column(
        "work_item",
        sa.Column(
            "word_vector",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', words)", persisted=True),
            nullable=True,
        ),
    )
    op.create_index("ix_work_item_words", "work_item", ["word_vector"], postgresql_using="gin")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
