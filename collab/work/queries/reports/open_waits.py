"""Open waits with their two ends, as statements: who asked, and where whoever is awaited stands today."""

from functools import partial
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Date,
    Text,
    and_,
    any_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal_column,
    or_,
    outerjoin,
    select,
    union_all,
)

from collab.core.actor import Actor
from collab.core.prepared import Fixed, Prepared
from collab.people.models import Membership, Party, Post

from ...models import Wait, WorkItem
from ...policy import visible_to
from ..plans import IS_OPEN, by_place, gather

MOST: Final = 5_000
"""Open waits that are looked at."""

_TODAY: Final[Any] = bindparam("today", type_=Date)
_UNITS: Final[Any] = bindparam("units", type_=ARRAY(BigInteger))
_TASK: Final[Any] = literal_column("'task'", Text)


def _unit_of(party: Any) -> Any:
    """The unit of a party today, as a column: its own, its post's, the person's main one; none of outsiders."""
    post = select(Post.unit_id).where(Post.id == party.id).scalar_subquery()
    main = (
        select(Membership.unit_id)
        .where(Membership.person_id == party.id, Membership.valid_from <= _TODAY)
        .where(or_(Membership.valid_to.is_(None), Membership.valid_to > _TODAY))
        .order_by(Membership.main.desc(), Membership.id)
        .limit(1)
        .scalar_subquery()
    )
    return case((party.kind == "unit", party.id), (party.kind == "post", post), (party.kind == "person", main))


def _waits(actor: Actor, people: bool, walk: bool) -> Any:
    """Open waits with their two ends; with `people` one by one, with of what kind these are, else gathered by the
    unit that asks: thousands of rows cost the page more than the database.

    Many waits have few ends, so each end is looked up once.
    """
    seen = _seen(actor, walk).cte("seen")
    awaited = select(seen.c.of_id).distinct().subquery("awaited")
    ends = select(Party.id, Party.kind, _unit_of(Party).label("unit")).join(awaited, awaited.c.of_id == Party.id)
    of = ends.cte("ends").prefix_with("materialized", dialect="postgresql")
    every = select(
        seen.c.id, seen.c.item_id, seen.c.since, seen.c.by_unit, seen.c.by_id,
        func.coalesce(seen.c.taken_by, seen.c.of_id).label("of_id"),
        func.coalesce(of.c.unit, _other_items_desk(actor, seen.c.for_item_id)).label("of_unit"),
        *((_kind_of_asker(seen.c.by_id), _kind_of_awaited(seen.c.taken_by, of.c.kind)) if people else ()),
    ).select_from(seen.outerjoin(of, of.c.id == seen.c.of_id)).offset(0).subquery("every")  # fmt: skip
    # Those from or to the place come first: what is cut is what may at most lengthen a circle elsewhere.
    here = or_(every.c.by_unit == any_(_UNITS), func.coalesce(every.c.of_unit == any_(_UNITS), false()))
    if people:
        return select(every).order_by(here.desc(), every.c.since, every.c.id).limit(MOST)
    # Where nothing is cut all have the same place, which is no work to sort.
    cut = select(func.count() > MOST).select_from(seen).scalar_subquery()
    place = case((cut, func.row(~here, every.c.since, every.c.id)))
    return _gathered(select(every).order_by(place).limit(MOST).subquery("first"))


def _gathered(every: Any) -> Any:
    """A row for each unit that asks; who is awaited is 0 where nobody is that one may know of."""
    ends = func.coalesce(every.c.of_unit, every.c.of_id)

    anything: Any = func

    def words(column: Any) -> Any:
        return anything.string_agg(cast(column, Text), literal_column("','", Text))

    return select(
        every.c.by_unit,
        words(every.c.id).label("waits"),
        words(func.coalesce(every.c.item_id, 0)).label("items"),
        words(func.coalesce(ends, 0)).label("ofs"),
    ).group_by(every.c.by_unit)


def _seen(actor: Actor, walk: bool) -> Any:
    """Open waits of items that the actor sees.

    Of open items it is known at once which these are: whoever sees a great part reads it off the index of units, where
    only what is not found there is looked up; everybody else gathers what they see, and an open item that is not among
    that is not seen. Items that are closed are looked up one by one.
    """
    if walk:
        # `offset 0`: read once into a hash, and neither kept before that nor looked up one by one.
        branches: Any = by_place(actor, IS_OPEN)
        known: Any = union_all(*branches).offset(0).subquery("known")
        waits, left = outerjoin(Wait, known, known.c.id == Wait.item_id), _of_seen_item(actor)
    else:
        near: Any = gather(actor, only_open=True)
        known = near.cte("known").prefix_with("materialized", dialect="postgresql")
        still = select(WorkItem.id).where(IS_OPEN).cte("still").prefix_with("materialized", dialect="postgresql")
        waits = outerjoin(Wait, known, known.c.id == Wait.item_id).outerjoin(still, still.c.id == Wait.item_id)
        left = and_(still.c.id.is_(None), _of_seen_item(actor))
    return (
        select(
            Wait.id, Wait.item_id, Wait.since, Wait.by_unit_id.label("by_unit"), Wait.by_id, Wait.of_id,
            Wait.taken_by, Wait.for_item_id,
        )
        .select_from(waits)
        .where(Wait.ended_at.is_(None), Wait.sense != _TASK, Wait.by_unit_id.is_not(None))
        .where(or_(known.c.id.is_not(None), left))
    )  # fmt: skip


def _kind_of_asker(by_id: Any) -> Any:
    return select(Party.kind).where(Party.id == by_id).scalar_subquery().label("by_kind")


def _kind_of_awaited(taken_by: Any, kind: Any) -> Any:
    return case((taken_by.is_not(None), literal_column("'person'", Text)), else_=kind).label("of_kind")


def _other_items_desk(actor: Actor, item_id: Any) -> Any:
    """Where the other item lies whose end is awaited, if the actor sees that one."""
    return select(WorkItem.desk_unit_id).where(WorkItem.id == item_id, visible_to(actor)).scalar_subquery()


def _of_seen_item(actor: Actor) -> Any:
    """Asked of one wait at a time: as `exists` it might be answered by gathering everything that the actor sees."""
    item = select(literal_column("true", Boolean)).where(WorkItem.id == Wait.item_id, visible_to(actor))
    return item.correlate(Wait).scalar_subquery()


def _times() -> Any:
    """Since when and until when, of waits that were let through."""
    ids = bindparam("waits", type_=ARRAY(BigInteger))
    return select(Wait.id, Wait.since, Wait.until).where(Wait.id == any_(ids))


WAITS: Final = {
    (people, walk): Prepared(partial(_waits, people=people, walk=walk))
    for people in (False, True)
    for walk in (False, True)
}
TIMES: Final = Fixed(_times)
