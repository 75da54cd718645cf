"""Letters by mail: written in the transaction that causes them, sent by a worker, shown when there is no SMTP."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Mail(Base):
    """One letter. `effect` names what caused it, so that it is written once however often the cause is told."""

    __tablename__ = "mail"

    id: Mapped[Id]
    effect: Mapped[str] = mapped_column(unique=True)
    to: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    html: Mapped[str | None]  # the same, for mail programs that show it
    calendar: Mapped[str | None]  # … and for calendar programs (RFC 6047)
    unsubscribe: Mapped[str | None]  # the address that ends letters of this sort
    code_id: Mapped[int | None] = mapped_column(
        ForeignKey("email_code.id", ondelete="SET NULL")
    )  # the code in its link
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(server_default="0", default=0)
    next_at: Mapped[datetime]
    error: Mapped[str | None]

    __table_args__ = (
        Index("ix_mail_due", "next_at", postgresql_where="sent_at is null"),
        Index("ix_mail_code", "code_id", postgresql_where="code_id is not null"),
        Index("ix_mail_created", "created_at"),
    )
