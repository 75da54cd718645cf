"""The words by which a message is found, written with it."""

from typing import Any

from sqlalchemy import cast, null
from sqlalchemy.dialects.postgresql import TSVECTOR

from collab.core.text.vector import vector

from ..mentions import MENTION


def words_of(text: str) -> Any:
    """The words of `text` as PostgreSQL keeps them; a mention is found by the name."""
    plain = MENTION.sub(lambda match: match[1], text)
    return cast(vector([("A", plain)]), TSVECTOR) if plain.strip() else null()
