"""Whoever counts before they add waits for whoever counts the same: two at once would both find room for one more."""

from typing import Final

from sqlalchemy import text

from .envelope import session

_BESIDE: Final = text(
    "select pg_advisory_xact_lock_shared(hashtextextended('collab.turns:' || :of || ':' || :whose, 0))"
)
_TURN: Final = text("select pg_advisory_xact_lock(hashtextextended('collab.turns:' || :of || ':' || :whose, 0))")


def one_by_one(of: str, whose: int) -> None:
    """In a command, before a limit is counted: nobody else counts `of` for the same thing until this one is done."""
    session().execute(_TURN, {"of": of, "whose": str(whose)})


def beside(of: str, whose: int) -> None:
    """In a command: others may be beside it, but nobody who asked for the same `one_by_one`, until it is done."""
    session().execute(_BESIDE, {"of": of, "whose": str(whose)})
