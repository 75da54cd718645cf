"""Addresses under which an e-mail answers what is awaited."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.people.secrets import LONGEST, digest

from ..models import AnswerAddress, Wait
from ..policy import wait_visible_to


class Address(NamedTuple):
    """Since when a question has an address."""

    created_at: datetime


class Opened(NamedTuple):
    """The question to which a secret belongs, and who made its address."""

    wait_id: int
    made_by: int


def answer_address(actor: Actor, wait_id: int) -> Address | None:
    """The address of a question that the actor sees, None where it has none."""
    query = select(AnswerAddress.created_at).join(Wait, Wait.id == AnswerAddress.wait_id)
    row = db.session.execute(query.where(Wait.id == wait_id, wait_visible_to(actor))).one_or_none()
    return Address(*row) if row else None


def opened_by(secret: str) -> Opened | None:
    """What a secret opens; None for a wrong one."""
    if not secret or len(secret) > LONGEST:
        return None
    row = db.session.execute(
        select(AnswerAddress.wait_id, AnswerAddress.made_by).where(AnswerAddress.secret_hash == digest(secret))
    ).one_or_none()
    return Opened(*row) if row else None
