"""The words by which a message is found, written with it."""

from typing import Any

from sqlalchemy import cast, null
from sqlalchemy.dialects.postgresql import TSVECTOR

from collab.core.text.vector import vector

from ..mentions import MENTION


def vector_of(text: str) -> str | None:
    """The words of `text` as a literal; a mention is found by the name. None where there are no words."""
    plain = MENTION.sub(lambda match: match[1], text)
    return vector([("A", plain)]) if plain.strip() else None


def words_of(text: str) -> Any:
    """The words of `text` as PostgreSQL keeps them."""
    literal = vector_of(text)
    return null() if literal is None else cast(literal, TSVECTOR)
