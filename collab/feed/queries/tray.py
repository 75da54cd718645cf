"""What stands beside a day: what is awaited of others, and what lies in the trays of one's units and may be taken.

Heads find the trays of their units among what is expected of them.
"""

from typing import Any, Final

from sqlalchemy import Integer, literal_column, select, union_all

from collab.core.actor import Actor
from collab.core.paging import Page
from collab.work.queries.waits import in_trays

from ..prepared import Asked, Prepared
from .waits import BESIDE, DAY, Expected, awaited_query, lines, page

MOST: Final = 5
"""How much of a tray stands on My day."""
AWAITED, TRAY = DAY.window(limit=BESIDE), DAY.window(limit=MOST)


def _beside(actor: Actor, asking: Asked) -> Any:
    """Both in one statement, since My day asks for both; `part` 0 is what is awaited, 1 the trays."""
    parts = (awaited_query(actor, asking, AWAITED), lines(actor, asking, TRAY, in_trays(actor, asking.units))[0])
    found = (each.subquery() for each in parts)
    both = union_all(
        *(select(literal_column(str(part), Integer).label("part"), *rows.c) for part, rows in enumerate(found))
    )
    order: list[Any] = [literal_column(str(place)) for place in (1, 6, 2)]  # part, until, id
    return both.order_by(*order)


BESIDE_DAY: Final = Prepared(_beside)


def beside_day(actor: Actor) -> tuple[Page[Expected], Page[Expected]]:
    """The first of what this person and their units await of others, and the first of what nobody of their units has
    taken yet, each the soonest first. Auditors take nothing."""
    rows = BESIDE_DAY.rows(actor)
    awaited = page(AWAITED, [row[1:] for row in rows if row[0] == 0])
    tray = [] if actor.is_auditor else [row[1:] for row in rows if row[0] == 1]
    return awaited, page(TRAY, tray)
