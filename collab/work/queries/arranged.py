"""Items that a query finds, in order and in groups, page by page; and how many there are in each group."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, Date, Integer, any_, bindparam, case, func, literal_column, select

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.paging import Key, Keyset, Kind, Page, Window
from collab.core.prepared import Prepared

from ..filters.compile import Compiled
from ..models import WorkItem
from ..policy import visible_to
from .patience import patience
from .plans import walks, within_sight
from .rows import BY_NEWEST, COUNTED, ORDERS, ROW, Desk, DeskParty, Holder, made
from .shapes import Row

FOUND: Final = 1_000
"""How far the items that are found are counted: beyond it there are "1,000+"."""
LOOKED_AT: Final = 5_000
"""Items that are looked at for counting; where there are more, counts are at least what they say."""
MOST_SHAPES: Final = 500

_HOLDER: Any = func.coalesce(Holder.sort_key, DeskParty.sort_key)
_HOLDER_ID: Any = func.coalesce(WorkItem.holder_id, WorkItem.desk_unit_id)
_STATE: Any = case({"new": 0, "active": 1, "waiting": 2, "done": 3, "cancelled": 4}, value=WorkItem.state_kind, else_=5)
GROUPS: Final[dict[str, tuple[Key, ...]]] = {
    "holder": (Key("holder", _HOLDER, Kind.TEXT), Key("holder_id", _HOLDER_ID, Kind.INTEGER)),
    "unit": (Key("desk", Desk.code, Kind.TEXT),),
    "state": (Key("state", _STATE, Kind.INTEGER),),
    "priority": (Key("priority_group", WorkItem.priority, Kind.INTEGER, descending=True),),
}
"""By what items can stand together, as what they are sorted by first."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """In which order (due, newest, changed, priority), and in which groups (a key of GROUPS, or none)."""

    order: str = "due"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many items each group has, by the last of its keys; `whole` says whether all were looked at. `found`: how
    many in all, as far as they were. `sums`: of each group the planned and the spent minutes, where asked for."""

    groups: dict[Any, int]
    whole: bool
    found: int = 0
    sums: Mapping[Any, tuple[int, int]] = field(default_factory=dict)


def window_for(wanted: Compiled, arranged: Arrangement, after: str | None, limit: int) -> Window:
    """The place in the list. Closed items are listed newest first, since no other order has an index. BadCursor."""
    return keyset_of(wanted, arranged).window(after, limit)


def arranged_items(actor: Actor, wanted: Compiled, arranged: Arrangement, window: Window) -> Page[Row]:
    """One page of what the actor sees of it; one query."""
    walk = walks(actor, dense=wanted.dense, sieved=wanted.sieved)
    with patience(short=not wanted.anchored):
        if window.position is None and not window.backward:
            found = _first(wanted, arranged, walk).rows(actor, **wanted.given, rows=window.limit + 1)
        else:
            found = db.session.execute(window.applied(_query(actor, wanted, arranged, walk)), wanted.given).all()
    names = [f"key_{key.name}" for key in window.keyset.keys]
    page = window.page(found, lambda row: tuple(getattr(row, name) for name in names))
    readings.note_list(actor, len(page.items))
    return Page([made(actor, row) for row in page.items], page.next, page.previous)


def rows_of(actor: Actor, ids: Sequence[int]) -> list[Row]:
    """Those of these items that the actor sees, in the order of their ids; one query."""
    wanted = any_(bindparam("ids", sorted(set(ids)), type_=ARRAY(BigInteger)))
    query = ROW.where(WorkItem.id == wanted, visible_to(actor)).order_by(WorkItem.id)
    return [made(actor, row) for row in db.session.execute(query)]


def counted_items(
    actor: Actor, wanted: Compiled, arranged: Arrangement, *, sums: bool = False, by_due: date | None = None
) -> Counted:
    """How many items there are, by group (one group, of key None, without); one query.

    `sums`: their minutes too. `by_due`: grouped by how near they are due, as seen from this day."""
    walk = walks(actor, dense=wanted.dense, sieved=wanted.sieved)
    shape = ("count", wanted.shape, arranged.group, sums, by_due is not None, walk)
    keys = GROUPS.get(arranged.group, ())
    key = _NEARNESS if by_due is not None else keys[-1].column if keys else literal_column("0", Integer)

    def build(who: Actor) -> Any:
        minutes = (WorkItem.effort_minutes, WorkItem.spent_minutes) if sums else ()
        query = select(key.label("key"), *minutes).where(*wanted.criteria)
        if walk:  # in no order, so that an index may lead
            query = query.where(*(each.by_index for each in wanted.sieve))
        if keys:
            query = query.join(Desk, Desk.id == WorkItem.desk_unit_id)
        seen = within_sight(who, query.select_from(WorkItem), only_open=wanted.only_open, walk=walk, sieve=wanted.sieve)
        some = seen.limit(bindparam("rows", type_=Integer)).subquery()
        summed = (func.sum(some.c.effort_minutes), func.sum(some.c.spent_minutes)) if sums else ()
        return select(some.c.key, func.count(), *summed).group_by(some.c.key)

    grouped = bool(keys) or by_due is not None
    most = LOOKED_AT if grouped or sums else FOUND
    days = {"day_here": by_due, "day_week": by_due + timedelta(days=7)} if by_due is not None else {}
    with patience(short=not wanted.anchored):
        rows = known(shape, build).rows(actor, **wanted.given, **days, rows=most)
    groups = {row[0] if grouped else None: min(row[1], COUNTED) for row in rows}
    minutes = {row[0] if grouped else None: (int(row[2] or 0), int(row[3] or 0)) for row in rows} if sums else {}
    found = sum(row[1] for row in rows)
    return Counted(groups, found < most, found, minutes)


def counted_here(page: Page[Row], group: str) -> Counted | None:
    """The same from the rows themselves, where the page holds all that is found; None where it does not."""
    if page.previous is not None or page.next is not None:
        return None
    groups = Counter(group_key(group, row) if group else None for row in page.items)
    return Counted(dict(groups), True, len(page.items))


_HERE: Any = bindparam("day_here", type_=Date)
_NEARNESS: Any = case(
    (WorkItem.due_on.is_(None), "sometime"),
    (WorkItem.due_on < _HERE, "overdue"),
    (WorkItem.due_on == _HERE, "today"),
    (WorkItem.due_on <= bindparam("day_week", type_=Date), "week"),
    else_="later",
)
"""How near an item is due, as lists group it."""


def group_key(group: str, row: Row) -> Any:
    """To which group a row belongs, as `counted_items` names it."""
    if group == "holder":
        return row.holder.id if row.holder else row.desk.id
    if group == "unit":
        return row.desk.code
    if group == "priority":
        return row.priority
    return ("new", "active", "waiting", "done", "cancelled").index(row.state_kind)


_KEYSETS: dict[tuple[bool, Arrangement], Keyset] = {}


def keyset_of(wanted: Compiled, arranged: Arrangement) -> Keyset:
    """What the list is ordered by, place by place."""
    found = _KEYSETS.get((wanted.only_open, arranged))
    if found is None:
        inner = ORDERS[arranged.order] if wanted.only_open else BY_NEWEST
        found = _KEYSETS[wanted.only_open, arranged] = Keyset((*GROUPS.get(arranged.group, ()), *inner.keys))
    return found


def _query(actor: Actor, wanted: Compiled, arranged: Arrangement, walk: bool) -> Any:
    keys = [key.column.label(f"key_{key.name}") for key in keyset_of(wanted, arranged).keys]
    query = ROW.add_columns(*keys).where(*wanted.criteria)
    return within_sight(actor, query, only_open=wanted.only_open, walk=walk, sieve=wanted.sieve)


def _first(wanted: Compiled, arranged: Arrangement, walk: bool) -> Prepared:
    order = [key.order() for key in keyset_of(wanted, arranged).keys]

    def build(actor: Actor) -> Any:
        query = _query(actor, wanted, arranged, walk)
        return query.order_by(*order).limit(bindparam("rows", type_=Integer))

    return known(("page", wanted.shape, arranged, walk), build)


_STATEMENTS: dict[Sequence[Any], Prepared] = {}


def known(shape: tuple[Any, ...], build: Any) -> Prepared:
    """The statement of this shape: built once, for everybody."""
    found = _STATEMENTS.get(shape)
    if found is None:
        if len(_STATEMENTS) > MOST_SHAPES:
            _STATEMENTS.clear()
        found = _STATEMENTS[shape] = Prepared(build)
    return found
