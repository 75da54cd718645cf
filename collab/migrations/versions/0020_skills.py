"""Skills of people and what posts require"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
HELD = sa.text("withdrawn_at is null")


def upgrade() -> None:
    op.create_table(
        "skill",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("names", JSONB(), server_default="{}", nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), server_default="", nullable=False),
        sa.Column("folded", sa.Text(), server_default="", nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("expires", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("evidence", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("retired_at", TIME),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("family in ('licence','language','training','safety','other')", name="family"),
    )
    op.create_index("ix_skill_label", "skill", ["label"], unique=True, postgresql_where=sa.text("retired_at is null"))
    op.create_index("ix_skill_sort", "skill", ["sort_key", "id"])
    op.create_table(
        "person_skill",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("person_id", sa.BigInteger(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("skill_id", sa.BigInteger(), sa.ForeignKey("skill.id"), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("number", sa.Text()),
        sa.Column("issuer", sa.Text()),
        sa.Column("expires_on", sa.Date()),
        sa.Column("confirmed_by", sa.BigInteger(), sa.ForeignKey("person.id")),
        sa.Column("confirmed_at", TIME),
        sa.Column("withdrawn_at", TIME),
        sa.Column("told", sa.Text()),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("level between 1 and 4", name="level"),
        sa.CheckConstraint("(confirmed_by is null) = (confirmed_at is null)", name="confirmed"),
        sa.CheckConstraint("confirmed_by <> person_id", name="not_by_oneself"),
    )
    op.create_index(
        "ix_person_skill_once", "person_skill", ["person_id", "skill_id"], unique=True, postgresql_where=HELD
    )
    op.create_index("ix_person_skill_who", "person_skill", ["skill_id", "level"], postgresql_where=HELD)
    op.create_index(
        "ix_person_skill_ends", "person_skill", ["expires_on"],
        postgresql_where=sa.text("withdrawn_at is null and expires_on is not null"),
    )  # fmt: skip
    op.create_table(
        "post_skill",
        sa.Column("post_id", sa.BigInteger(), sa.ForeignKey("post.id"), primary_key=True),
        sa.Column("skill_id", sa.BigInteger(), sa.ForeignKey("skill.id"), primary_key=True),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("must", sa.Boolean(), nullable=False),
        sa.CheckConstraint("level between 1 and 4", name="level"),
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
