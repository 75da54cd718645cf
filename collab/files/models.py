"""Tables of files: contents kept once, where they hang and under which name, and pictures of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class StoredFile(Base):
    """The bytes of a file, kept once under their SHA-256. `looked_at`: when previews were made, or found impossible."""

    __tablename__ = "stored_file"

    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]
    media_type: Mapped[str]
    created_at: Mapped[datetime]
    looked_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_stored_file_unseen", "id", postgresql_where="looked_at is null"),)


class Attachment(Base):
    """A file on an item, a message or a skill, under the name its giver gave it.

    The same name on the same thing again is the next version; the former ones stay. `nonce` is chosen by the sender,
    so that an upload repeated after a cut is one file. What is removed is no row any more: the ledger tells of it.
    """

    __tablename__ = "attachment"

    id: Mapped[Id]
    owner_kind: Mapped[str]
    owner_id: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    name: Mapped[str]
    version: Mapped[int] = mapped_column(server_default="1", default=1)
    nonce: Mapped[str | None]
    added_by: Mapped[int] = mapped_column(ForeignKey("party.id"))
    added_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_attachment_owner", "owner_kind", "owner_id", "id"),
        Index("ix_attachment_version", "owner_kind", "owner_id", "name", "version", unique=True),
        Index("ix_attachment_nonce", "added_by", "nonce", unique=True, postgresql_where="nonce is not null"),
    )


class Preview(Base):
    """A picture of a picture, or of one page of a PDF, made anew from its pixels. `size` in bytes."""

    __tablename__ = "preview"

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
