"""Tables of files: contents kept once, where they hang and under which name, and pictures of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
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
    """A file on an item, a message, a skill, a decision or one of its options, under the name its giver gave it.

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


class Paper(Base):
    """A PDF that somebody wants, or wanted: what a job sets (`sheet`, `data`, until done), the file it became.

    It hangs on the thing `owner_kind`, `owner_id`; without one it is the asker's alone, for a day.
    """

    __tablename__ = "paper"

    id: Mapped[Id]
    wanted_by: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    wanted_at: Mapped[datetime]
    sheet: Mapped[str]
    data: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    name: Mapped[str]
    owner_kind: Mapped[str | None]
    owner_id: Mapped[int | None]
    done_at: Mapped[datetime | None]
    failed: Mapped[bool] = mapped_column(server_default="false", default=False)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id", ondelete="SET NULL"))

    __table_args__ = (
        CheckConstraint("(owner_kind is null) = (owner_id is null)", name="owner"),
        Index("ix_paper_due", "id", postgresql_where="done_at is null"),
        Index("ix_paper_own", "done_at", postgresql_where="owner_kind is null"),
    )
