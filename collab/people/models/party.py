"""Whoever can hold, await or be awaited: one id for people, units, posts and outsiders."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Party(Base):
    """The shared identity. `label` is the name in the organisation's own language, `names` the others.

    `sort_key` orders labels as a reader expects (collab.core.text.sort).
    """

    __tablename__ = "party"

    id: Mapped[Id]
    kind: Mapped[str]
    label: Mapped[str]
    names: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    sort_key: Mapped[str] = mapped_column(Text(collation="C"), server_default="", default="")
    folded: Mapped[str] = mapped_column(server_default="", default="")  # for finding by name

    __table_args__ = (
        CheckConstraint("kind in ('person','unit','post','outsider')", name="kind"),
        Index("ix_party_find", "kind", "folded", postgresql_ops={"folded": "text_pattern_ops"}),
        Index("ix_party_sort", "kind", "sort_key", "id"),
    )


class Outsider(Base):
    """Somebody outside the organisation: an office, a company, a citizen. Never signs in.

    `private_to`: typed on an item for named people, so that nobody but that person finds them, until they are used on
    an item that others see.
    """

    __tablename__ = "outsider"

    id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    email: Mapped[str | None]
    phone: Mapped[str | None]
    address: Mapped[str | None]
    note: Mapped[str | None]
    private_to: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(server_default="1", default=1)
