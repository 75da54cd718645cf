"""files: versions, keys against doubling, previews"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _files()


def _files() -> None:
    op.add_column("stored_file", sa.Column("looked_at", TIME))
    op.create_index("ix_stored_file_unseen", "stored_file", ["id"], postgresql_where=sa.text("looked_at is null"))
    op.drop_column("attachment", "removed_at")
    op.add_column("attachment", sa.Column("version", sa.BigInteger(), server_default="1", nullable=False))
    op.add_column("attachment", sa.Column("nonce", sa.Text()))
    op.create_index("ix_attachment_version", "attachment", ["owner_kind", "owner_id", "name", "version"], unique=True)
    op.create_index(
        "ix_attachment_nonce", "attachment", ["added_by", "nonce"], unique=True,
        postgresql_where=sa.text("nonce is not null"),
    )  # fmt: skip
    op.create_index("ix_attachment_file_id", "attachment", ["file_id"])
    op.create_table(
        "preview",
        sa.Column("file_id", sa.BigInteger(), sa.ForeignKey("stored_file.id"), primary_key=True),
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=False),
        sa.Column("height", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_preview_sha256", "preview", ["sha256"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
