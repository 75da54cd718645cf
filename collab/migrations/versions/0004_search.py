"""search: the index over everything that can be found, and how far it has followed the ledger"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = ("item", "message", "file")


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("vector", postgresql.TSVECTOR(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "kind in ('item','message','file','person','unit','post','outsider')", name=op.f("ck_search_entry_kind")
        ),
        sa.PrimaryKeyConstraint("kind", "subject_id", name=op.f("pk_search_entry")),
    )
    for kind in KINDS:
        op.create_index(
            f"ix_search_entry_{kind}",
            "search_entry",
            ["vector", "scopes"],
            postgresql_using="gin",
            postgresql_where=f"kind = '{kind}'",
            postgresql_with={"fastupdate": "off"},
        )
    op.create_index(
        "ix_search_entry_party",
        "search_entry",
        ["vector"],
        postgresql_using="gin",
        postgresql_where="kind in ('person','unit','post','outsider')",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index("ix_search_entry_parent", "search_entry", ["parent_id"], postgresql_where="parent_id is not null")
    op.create_table(
        "search_word",
        sa.Column("word", sa.Text(collation="C"), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("sound", sa.Text(collation="C"), nullable=True),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_index("ix_search_word_sound", "search_word", ["sound"], postgresql_where="sound is not null")
    op.create_table(
        "search_place",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("xid", sa.Text(), nullable=False),
        sa.Column("fact_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_place")),
    )
    op.execute("insert into search_place (xid, fact_id) values ('0', 0)")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
