"""The addresses under which an e-mail answers what is awaited of somebody outside."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base


class AnswerAddress(Base):
    """A secret address of one question: a message that comes to it is the answer, written down as by `made_by`.

    Only the secret's hash is kept. `taken` is the digest by which the message that was the answer is known again when
    it is delivered twice.
    """

    __tablename__ = "answer_address"

    wait_id: Mapped[int] = mapped_column(ForeignKey("wait.id", ondelete="CASCADE"), primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    taken: Mapped[bytes | None] = mapped_column(LargeBinary)
