"""Where work items came from, as the package that knows of it says: work and decisions know nothing of what was said.

A package from whose things items are made says so with `Package.origins`. What it says is SQL, so that a page has it
with what else it asks around an item.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, SQLColumnExpression, bindparam, false, func, or_, select

from .actor import Actor
from .prepared import Prepared


@dataclass(frozen=True, slots=True)
class Origins:
    """`there`: whether an item came from anything, over its id. `seen`: what the actor may read of that, as one JSON
    array, or null; `said`: label and address of one entry of it."""

    there: Callable[[SQLColumnExpression[int]], ColumnElement[bool]]
    seen: Callable[[Actor, SQLColumnExpression[int]], ColumnElement[Any]]
    said: Callable[[Any], tuple[str, str]]


ORIGINS: list[Origins] = []
"""Who knows where items came from; filled by the app factory from the packages."""


def came_from_something(item_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Whether an item was made of anything, so that of no other anything is asked about that."""
    return or_(false(), *(one.there(item_id) for one in ORIGINS))


def origins_seen(actor: Actor, item_id: SQLColumnExpression[int]) -> ColumnElement[Any]:
    """What an item was made of, as far as the actor may read it, for `origins_said`."""
    return func.jsonb_build_array(*(one.seen(actor, item_id) for one in ORIGINS))


def origins_said(seen: list[list[Any] | None]) -> list[tuple[str, str]]:
    """Label and address of each, in the reader's language."""
    return [one.said(entry) for one, entries in zip(ORIGINS, seen, strict=True) for entry in entries or ()]


_SEEN: Final = Prepared(lambda actor: select(origins_seen(actor, bindparam("item", type_=BigInteger)).label("seen")))


def origins_of(actor: Actor, item_id: int) -> list[tuple[str, str]]:
    """Label and address of what an item was made of, as far as the actor may read it; one query."""
    return origins_said(_SEEN.rows(actor, item=item_id)[0].seen)
