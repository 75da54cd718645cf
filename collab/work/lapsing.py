"""A lapse ends by itself: when what was late is answered, done, withdrawn or moved, or its day was put off."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import ARRAY, BigInteger, bindparam, text

from collab.core.envelope import session

# One that was sent up by hand stands until what is awaited has come: it was not about the day alone.
_ENDED: Final = text(
    """
    update wait l set ended_at = :at, ended_how = 'lapsed'
    from wait o, organisation
    where l.item_id = any(:items) and l.sense = 'lapse' and l.ended_at is null and o.id = l.over_id
      and (o.ended_at is not null
           or l.by_id = l.of_id and (o.until is null or o.until >= (:at at time zone organisation.time_zone)::date))
    """
).bindparams(bindparam("items", type_=ARRAY(BigInteger)))


def settle_lapses(item_ids: Iterable[int], at: datetime) -> None:
    """Take from the days of the heads above what is late no more. Called whenever items settle."""
    session().execute(_ENDED, {"items": sorted(item_ids), "at": at})
