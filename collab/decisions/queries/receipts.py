"""The published receipts of confidential votes."""

from sqlalchemy import select

from collab.core.db import db

from ..models import Receipt
from .page import Found


def published(found: Found) -> list[str]:
    """The receipts of a closed vote that was found, in their own order; empty before the close. One query."""
    query = select(Receipt.receipt).where(Receipt.item_id == found.id).order_by(Receipt.receipt)
    return [receipt.hex() for receipt in db.session.scalars(query)]


def is_published(listed: list[str], wanted: str) -> bool:
    """Whether a receipt, or the beginning of one by at least eight signs, is among those published."""
    return len(wanted) >= 8 and any(each.startswith(wanted) for each in listed)
