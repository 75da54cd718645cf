"""Sessions, tokens, mailed codes and throttles: everything that opens a door."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class SignInSession(Base):
    """A signed-in browser. Only the SHA-256 of its secret is kept; `ended_at` closes it at once."""

    __tablename__ = "sign_in_session"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str]
    agent: Mapped[str]

    __table_args__ = (Index("ix_sign_in_session_over", text("least(ended_at, expires_at)")),)


class AccessToken(Base):
    """A personal access token for the API: scoped, expiring, revocable. Only its hash is kept."""

    __tablename__ = "access_token"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("access_token.id", ondelete="SET NULL")
    )  # the token it was made with
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    hint: Mapped[str]  # the first characters, so that people can tell tokens apart
    scopes: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_access_token_parent", "parent_id", postgresql_where="parent_id is not null"),
        Index("ix_access_token_over", text("least(revoked_at, expires_at)")),
    )


class EmailCode(Base):
    """A code sent by mail, for an invitation or a new password. Used once, within its time."""

    __tablename__ = "email_code"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str]
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_email_code_over", text("least(used_at, expires_at)")),)


class Throttle(Base):
    """Failed attempts at a door with credentials, by who was tried and from where."""

    __tablename__ = "throttle"

    id: Mapped[Id]
    door: Mapped[str]
    key: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_throttle_recent", "door", "key", "at"), Index("ix_throttle_at", "at"))
