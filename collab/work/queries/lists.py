"""Lists of items: filtered, in order, page by page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Integer,
    Text,
    and_,
    any_,
    bindparam,
    literal_column,
    select,
    text,
)  # fmt: skip

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.paging import Keyset, Page, Window
from collab.core.prepared import Prepared
from collab.core.text.fold import fold
from collab.people.models import Unit
from collab.people.queries.tree import tree

from ..filters.asking import speaker_of
from ..filters.compile import compiled
from ..filters.hits import Sieve, few_have, having_words, sieve, words_given
from ..filters.parse import parse
from ..forms import Filter
from ..models import OPEN_STATES, Label, WorkItem, WorkItemLabel
from .patience import patience
from .plans import IS_OPEN, walks, within_sight
from .rows import NO_DAY, ORDERS, ROW, made
from .shapes import Row

ASKS_OPEN: Final = frozenset({"open", *OPEN_STATES})
MOST_SHAPES: Final = 500
BAD_HOLDER: Final = N_("Write me, nobody, or the number of a person, post or unit.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter as SQL: criteria over parameters with names, the values given for those, what tells this shape of a
    filter from others, whether only open items are asked for, and whether it starts from a dense place. `sieve` is
    that of `Compiled`."""

    criteria: tuple[Any, ...]
    given: dict[str, Any]
    shape: tuple[Any, ...]
    only_open: bool
    dense: bool
    anchored: bool = True
    sieve: tuple[Sieve, ...] = ()


@dataclass(frozen=True, slots=True)
class Also:
    """What a kind asks beyond the filter: criteria for an actor over parameters with names, the values given for those,
    and what tells these criteria from others. A list with any starts from a dense place."""

    shape: tuple[str, ...] = ()
    criteria: Callable[[Actor], Sequence[Any]] = lambda _actor: ()
    given: Mapping[str, Any] = field(default_factory=dict)


NOTHING: Final = Also()


def window_of(filter_: Filter) -> Window:
    """The place in the list that the filter asks for. Closed items are listed newest first, whatever is asked."""
    order = filter_.order if filter_.state in ASKS_OPEN else "newest"
    return ORDERS[order].window(filter_.after, filter_.limit)


def list_items(
    actor: Actor,
    filter_: Filter,
    window: Window | None = None,
    *,
    also: Also = NOTHING,
    walk: bool | None = None,
) -> Page[Row]:
    """One page of the items the actor sees and the filter lets through; one query (two while it is being learnt
    how much the actor sees). Raises Invalid for a holder nobody can be, BadCursor for a foreign cursor."""
    wanted = criteria(actor, filter_)
    window = window or ORDERS[filter_.order if wanted.only_open else "newest"].window(filter_.after, filter_.limit)
    given = {**wanted.given, **also.given}
    if walk is None:
        walk = walks(actor, dense=wanted.dense or bool(also.shape), sieved=bool(wanted.sieve))
    with patience(short=not wanted.anchored):
        if window.position is not None or window.backward:
            found = db.session.execute(window.applied(_seen(actor, wanted, also, walk)), given).all()
        else:
            found = _first_page(wanted, also, window.keyset, walk).rows(actor, **given, rows=window.limit + 1)
    page = window.page([made(actor, row) for row in found], _position(window))
    readings.note_list(actor, len(page.items))
    return page


def _seen(actor: Actor, wanted: Wanted, also: Also, walk: bool) -> Any:
    query = ROW.where(*wanted.criteria, *also.criteria(actor))
    return within_sight(actor, query, only_open=wanted.only_open, walk=walk, sieve=wanted.sieve)


_FIRST_PAGES: dict[tuple[Any, ...], Prepared] = {}


def _first_page(wanted: Wanted, also: Also, keyset: Keyset, walk: bool) -> Prepared:
    """The statement of the first page of a filter of this shape: what most people look at most of the time."""
    shape = (wanted.shape, also.shape, keyset, walk)
    known = _FIRST_PAGES.get(shape)
    if known is None:
        order = [key.order() for key in keyset.keys]

        def build(actor: Actor) -> Any:
            return _seen(actor, wanted, also, walk).order_by(*order).limit(bindparam("rows", type_=Integer))

        if len(_FIRST_PAGES) > MOST_SHAPES:
            _FIRST_PAGES.clear()
        known = _FIRST_PAGES[shape] = Prepared(build)
    return known


def criteria(actor: Actor, filter_: Filter) -> Wanted:
    """What the filter asks for. Raises Invalid at `holder`."""
    found: list[Any] = []
    given: dict[str, Any] = {}
    places: list[str] = []
    sieves: list[Sieve] = []
    dense = False
    only_open = filter_.state in ASKS_OPEN
    asked = compiled(actor, parse(filter_.query, speaker_of(actor))) if filter_.query else None
    says_state = asked is not None and "state" not in filter_.model_fields_set
    if asked is not None:
        only_open = asked.only_open if says_state else only_open or asked.only_open
    if filter_.state != "any" and not says_state:
        found.append(_STATES[filter_.state])
    if filter_.kind is not None:
        found.append(WorkItem.kind == bindparam("kind", type_=Text))
        given["kind"] = filter_.kind
    for name, column, code in (
        ("unit", WorkItem.unit_id, filter_.unit),
        ("desk", WorkItem.desk_unit_id, filter_.desk),
    ):
        if code is not None:
            units = _units(code, filter_.below)
            one = len(units) == 1  # walks an index in order, which several cannot
            place = bindparam(name, type_=BigInteger if one else ARRAY(BigInteger))
            found.append(column == (place if one else any_(place)))
            given[name] = units[0] if one else units
            places.append(f"{name} {one}")
            dense = dense or (bool(units) and actor.reach.issuperset(units))
    if filter_.holder == "nobody":
        found.append((WorkItem.holder_id.is_(None)) | (WorkItem.holder_id == WorkItem.desk_unit_id))
        places.append("nobody")
    elif filter_.holder is not None:
        found.append(WorkItem.holder_id == bindparam("holder", type_=BigInteger))
        given["holder"] = _holder(actor, filter_.holder)
        dense = True
    if filter_.label is not None:
        found.append(_LABELLED)
        given["label"] = fold(filter_.label)
    if filter_.text:
        words = words_given(filter_.text, "words")
        few = few_have(words, "words")
        found.append(having_words("words", few=few))
        sieves += [] if few else [sieve("words")]
        given |= words
        places.append(f"words {few}")
        dense = dense or few
    shape: tuple[Any, ...] = (filter_.state, tuple(places), tuple(given))
    if asked is not None:
        found += asked.criteria
        sieves += asked.sieve
        shape, given, dense = (*shape, says_state, asked.shape), given | asked.given, dense or asked.dense
    anchored = asked is None or only_open or asked.anchored
    return Wanted(tuple(found), given, shape, only_open, dense, anchored, tuple(sieves))


_STATES: Final[dict[str, Any]] = {
    "open": IS_OPEN,
    "closed": text("work_item.state_kind in ('done','cancelled')"),
    # The first half is what the indexes over open items know themselves by.
    **{code: and_(IS_OPEN, literal_column(f"work_item.state_kind = '{code}'", Boolean)) for code in OPEN_STATES},
    **{code: literal_column(f"work_item.state_kind = '{code}'", Boolean) for code in ("done", "cancelled")},
}


def _units(code: str, below: bool) -> list[int]:
    """Ids of the unit with this code, and of those below it when wanted. Units of today cost no query."""
    today = tree()
    known = today.by_code.get(code)
    if known is None:
        return list(db.session.scalars(select(Unit.id).where(Unit.code == code)))
    return [node.id for node in today.walk([known])] if below else [known]


def _holder(actor: Actor, holder: str) -> int:
    if holder == "me":
        return actor.person_id
    if holder.isascii() and holder.isdigit() and len(holder) <= 15:
        return int(holder)
    raise wrong("holder", _(BAD_HOLDER))


_LABELLED: Final[Any] = WorkItem.id.in_(
    select(WorkItemLabel.item_id)
    .join(Label, Label.id == WorkItemLabel.label_id)
    .where(Label.folded == bindparam("label", type_=Text))
)


def _position(window: Window) -> Any:
    names = [key.name for key in window.keyset.keys]

    def position(row: Row) -> tuple[Any, ...]:
        values = {"due": row.due_on or NO_DAY, "id": row.id, "changed": row.changed_at, "priority": row.priority}
        return tuple(values[name] for name in names)

    return position
