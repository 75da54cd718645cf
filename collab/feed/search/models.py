"""Tables of the search index. All of it can be made anew from what it indexes: it is never the record."""

from typing import Any

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import BigInteger

from collab.core.db import Base, Id

PARTY_KINDS = ("person", "unit", "post", "outsider")
_GIN: dict[str, Any] = {"postgresql_using": "gin", "postgresql_with": {"fastupdate": "off"}}


class SearchEntry(Base):
    """What a thing is found by: its words as stems with weights (collab.core.text.vector).

    `scopes` narrow the search before the one criterion of visibility decides: the parties that may let somebody see
    it (0 for everybody), and how new it is (collab.feed.search.eras). `parent_id` is the item of a message or file.
    """

    __tablename__ = "search_entry"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    vector: Mapped[str] = mapped_column(TSVECTOR)
    scopes: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    parent_id: Mapped[int | None]

    __table_args__ = (
        CheckConstraint("kind in ('item','message','file','person','unit','post','outsider')", name="kind"),
        *(
            Index(f"ix_search_entry_{kind}", "vector", "scopes", postgresql_where=f"kind = '{kind}'", **_GIN)
            for kind in ("item", "message", "file")
        ),
        Index(
            "ix_search_entry_party",
            "vector",
            postgresql_where="kind in ('person','unit','post','outsider')",
            **_GIN,
        ),
        Index("ix_search_entry_parent", "parent_id", postgresql_where="parent_id is not null"),
    )


class SearchWord(Base):
    """A word that occurs somewhere, with its stem and sound: what an unfinished word may become. Never shown."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    stem: Mapped[str]
    sound: Mapped[str | None] = mapped_column(Text(collation="C"))

    __table_args__ = (Index("ix_search_word_sound", "sound", postgresql_where="sound is not null"),)


class SearchPlace(Base):
    """How far the index has followed the ledger, in the order of commits: one row. `xid` is an xid8 as text.

    Facts up to the id `brought` are of before a restore and done with, whatever the numbers of their transactions.
    """

    __tablename__ = "search_place"

    id: Mapped[Id]
    xid: Mapped[str]
    fact_id: Mapped[int]
    brought: Mapped[int] = mapped_column(server_default="0")
