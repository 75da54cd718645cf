"""Tables of pop-ups."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class PushSubscription(Base):
    """A browser that shows what its person hears of. It holds as long as the session or token it was made with.

    `endpoint` is the address at the service of the browser's maker; `public_key` and `secret` are the browser's own,
    with which what is sent is sealed for it alone (RFC 8291). One with `off_at` shows nothing; it is remembered so that
    the browser, which tells of itself after each signing in, does not turn it on again unasked, also when that session
    is forgotten.
    """

    __tablename__ = "push_subscription"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("sign_in_session.id", ondelete="SET NULL"))
    token_id: Mapped[int | None] = mapped_column(ForeignKey("access_token.id", ondelete="SET NULL"))
    endpoint: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str]
    secret: Mapped[str]
    created_at: Mapped[datetime]
    off_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("num_nonnulls(session_id, token_id) <= 1", name="by"),
        Index("ix_push_subscription_session", "session_id", postgresql_where="session_id is not null"),
        Index("ix_push_subscription_token", "token_id", postgresql_where="token_id is not null"),
    )


class PushMessage(Base):
    """What is still to be handed in for one browser; the row goes when it was taken, is too old, or nobody is there.

    `about` are the notifications it tells of, none for the first one in a browser.
    """

    __tablename__ = "push_message"

    id: Mapped[Id]
    subscription_id: Mapped[int] = mapped_column(ForeignKey("push_subscription.id", ondelete="CASCADE"))
    effect: Mapped[str]
    payload: Mapped[dict[str, Any]]
    about: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}", default=list)
    tries: Mapped[int] = mapped_column(server_default="0", default=0)
    next_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_push_message_effect", "subscription_id", "effect", unique=True),
        Index("ix_push_message_next", "next_at"),
    )
