"""Letters, duplicates and what is closed after silence"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("wanted_by", sa.BigInteger(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("data", postgresql.JSONB(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_kind", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(owner_kind is null) = (owner_id is null)", name=op.f("ck_paper_owner")),
        sa.ForeignKeyConstraint(["file_id"], ["attachment.id"], name=op.f("fk_paper_file_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["wanted_by"], ["party.id"], name=op.f("fk_paper_wanted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    op.create_index("ix_paper_due", "paper", ["id"], unique=False, postgresql_where="done_at is null")
    op.create_index("ix_paper_own", "paper", ["done_at"], unique=False, postgresql_where="owner_kind is null")
    op.create_index(op.f("ix_paper_wanted_by"), "paper", ["wanted_by"], unique=False)
    op.create_table(
        "letter_template",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("texts", postgresql.JSONB(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_letter_template_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
    )
    op.create_index(op.f("ix_letter_template_unit_id"), "letter_template", ["unit_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("template_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=True),
        sa.Column("to_text", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paper_id", sa.BigInteger(), nullable=True),
        sa.Column("paper_version", sa.BigInteger(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.BigInteger(), nullable=True),
        sa.Column("protocol_number", sa.Text(), nullable=True),
        sa.Column("wait_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("(sent_on is null) = (sent_at is null)", name=op.f("ck_letter_sent")),
        sa.ForeignKeyConstraint(["created_by"], ["party.id"], name=op.f("fk_letter_created_by")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_letter_item_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_letter_paper_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["sent_by"], ["party.id"], name=op.f("fk_letter_sent_by")),
        sa.ForeignKeyConstraint(["template_id"], ["letter_template.id"], name=op.f("fk_letter_template_id")),
        sa.ForeignKeyConstraint(["to_id"], ["party.id"], name=op.f("fk_letter_to_id")),
        sa.ForeignKeyConstraint(["wait_id"], ["wait.id"], name=op.f("fk_letter_wait_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index("ix_letter_item", "letter", ["item_id", "number"], unique=True)
    op.create_index(
        "ix_letter_registry", "letter", ["sent_on", "id"], postgresql_where=sa.text("protocol_number is not null")
    )
    op.create_index(
        "ix_pending_item_registry",
        "pending_item",
        [sa.text("coalesce(protocol_on, '1900-01-01'::date)"), "item_id"],
        postgresql_where=sa.text("protocol_number is not null"),
    )
    op.drop_constraint(op.f("ck_link_kind"), "link", type_="check")
    kinds = "'relates','blocks','duplicates','merged','follows','fs','ss','ff','sf'"
    op.create_check_constraint(op.f("ck_link_kind"), "link", f"kind in ({kinds})")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
