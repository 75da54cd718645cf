"""Each condition as SQL over `work_item`. Every criterion is true or false, never null, so that NOT is what it says.

Values go in as parameters with names of their own: the statement of a filter is put together once for each shape.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Text,
    and_,
    any_,
    bindparam,
    exists,
    false,
    literal_column,
    not_,
    or_,
    select,
    true,
)

from collab.core.text.fold import fold

from ..models import Handover, Label, Participant, Wait, WorkItem, WorkItemLabel
from ..models.item import DUE_ORDER, OPEN, title_words
from .asking import Asking
from .hits import Sieve, few_have, having_words, sieve, words_given
from .sight import seen
from .tree import Leaf
from .values import day_meant

DUE: Final[Any] = literal_column(DUE_ORDER.replace("due_on", "work_item.due_on"), Date)
IS_OPEN: Final[Any] = literal_column(OPEN.replace("state_kind", "work_item.state_kind"), Boolean)
PRIORITIES: Final = ("none", "low", "medium", "high", "urgent")


@dataclass(frozen=True, slots=True)
class Part:
    """A condition as SQL: the criterion, its values by parameter, and what tells this form of it from others.

    `place`: the units or parties from which a list may start; empty when it starts nowhere in particular. `sieve`: the
    same criterion for an index, where what somebody sees is gathered.
    """

    criterion: Any
    given: dict[str, Any] = field(default_factory=dict)
    form: str = ""
    place: tuple[str, tuple[int, ...]] = ("", ())
    sieve: Sieve | None = None


def _many(name: str) -> Any:
    return any_(bindparam(name, type_=ARRAY(BigInteger)))


def _is(column: Any, name: str, ids: list[int]) -> tuple[Any, dict[str, Any], str]:
    """`column` is one of `ids`; a single one can walk an index in order, which several cannot."""
    if len(ids) == 1:
        return column == bindparam(name, type_=BigInteger), {name: ids[0]}, "one"
    return column == _many(name), {name: ids}, "many"


def holder(asking: Asking, leaf: Leaf, name: str) -> Part:
    if leaf.value == "nobody":
        nobody = or_(WorkItem.holder_id.is_(None), WorkItem.holder_id == WorkItem.desk_unit_id)
        return Part(nobody, form="nobody")
    if leaf.value == "mine":
        return desk(asking, leaf, name)
    ids = asking.party(leaf)
    criterion, given, form = _is(WorkItem.holder_id, name, ids)
    return Part(and_(WorkItem.holder_id.is_not(None), criterion), given, form, ("holder", tuple(ids)))


def desk(asking: Asking, leaf: Leaf, name: str) -> Part:
    ids = asking.units(leaf)
    return Part(*_is(WorkItem.desk_unit_id, name, ids), place=("unit", tuple(ids)))


def unit(asking: Asking, leaf: Leaf, name: str) -> Part:
    ids = asking.units(leaf)
    return Part(*_is(WorkItem.unit_id, name, ids), place=("unit", tuple(ids)))


def state(_asking: Asking, leaf: Leaf, _name: str) -> Part:
    if leaf.value == "any":
        return Part(true(), form="any")
    if leaf.value == "open":
        return Part(IS_OPEN, form="open")
    if leaf.value == "closed":
        return Part(WorkItem.state_kind.in_([_quoted("done"), _quoted("cancelled")]), form="closed")
    return Part(WorkItem.state_kind == _quoted(leaf.value), form=leaf.value)


def _quoted(code: str) -> Any:
    """A code that stands in the statement itself, so that indexes over open items know it."""
    return literal_column(f"'{code}'", Text)


def kind(_asking: Asking, leaf: Leaf, name: str) -> Part:
    return Part(WorkItem.kind == bindparam(name, type_=Text), {name: leaf.value}, "kind")


def priority(_asking: Asking, leaf: Leaf, name: str) -> Part:
    bound = bindparam(name, type_=Integer)
    return Part(compared(WorkItem.priority, leaf.operator, bound), {name: PRIORITIES.index(leaf.value)}, leaf.operator)


def compared(column: Any, operator: str, bound: Any) -> Any:
    """`column operator bound`."""
    return {
        "=": lambda: column == bound, "<": lambda: column < bound, "<=": lambda: column <= bound,
        ">": lambda: column > bound, ">=": lambda: column >= bound,
    }[operator]()  # fmt: skip


def due(asking: Asking, leaf: Leaf, name: str) -> Part:
    return _calendar_day(asking, leaf, name, WorkItem.due_on, DUE)


def start(asking: Asking, leaf: Leaf, name: str) -> Part:
    return _calendar_day(asking, leaf, name, WorkItem.start_on, WorkItem.start_on)


def _calendar_day(asking: Asking, leaf: Leaf, name: str, column: Any, ordered: Any) -> Part:
    if leaf.value in ("none", "any"):
        return Part(column.is_(None) if leaf.value == "none" else column.is_not(None), form=leaf.value)
    criterion = compared(ordered, leaf.operator, bindparam(name, type_=Date))
    return Part(
        and_(column.is_not(None), criterion), {name: day_meant(leaf.value, asking.today)}, f"day{leaf.operator}"
    )


def overdue(asking: Asking, leaf: Leaf, name: str) -> Part:
    late = and_(IS_OPEN, WorkItem.due_on.is_not(None), bindparam(name, type_=Date) > DUE)
    return Part(late if leaf.value == "yes" else not_(late), {name: asking.today}, leaf.value)


def lapsed(_asking: Asking, leaf: Leaf, _name: str) -> Part:
    # What was brought up is over another wait, and nothing else is: so says the index.
    up = exists(select(Wait.id).where(Wait.item_id == WorkItem.id, Wait.ended_at.is_(None), Wait.over_id.is_not(None)))
    return Part(up if leaf.value == "yes" else not_(up), form=leaf.value)


def _instant(column: Any, operator: str, day: date, asking: Asking, name: str) -> Part:
    """Instants are compared by the organisation's days: after a day means after its end."""
    begins, ends = f"{name}_begin", f"{name}_end"
    first, after = bindparam(begins, type_=DateTime(timezone=True)), bindparam(ends, type_=DateTime(timezone=True))
    given = {begins: asking.instant(day), ends: asking.instant(day + timedelta(days=1))}
    if operator == "=":
        return Part(and_(column.is_not(None), column >= first, column < after), given, "instant=")
    bound, kept = (first, begins) if operator in ("<", ">=") else (after, ends)
    test = column < bound if operator in ("<", "<=") else column >= bound
    return Part(and_(column.is_not(None), test), {kept: given[kept]}, f"instant{operator}")


def created(asking: Asking, leaf: Leaf, name: str) -> Part:
    return _instant(WorkItem.created_at, leaf.operator, day_meant(leaf.value, asking.today), asking, name)


def changed(asking: Asking, leaf: Leaf, name: str) -> Part:
    return _instant(WorkItem.changed_at, leaf.operator, day_meant(leaf.value, asking.today), asking, name)


def closed(asking: Asking, leaf: Leaf, name: str) -> Part:
    return _instant(WorkItem.closed_at, leaf.operator, day_meant(leaf.value, asking.today), asking, name)


_TURNED: Final = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def age(asking: Asking, leaf: Leaf, name: str) -> Part:
    """Calendar days since it was created."""
    day = asking.today - timedelta(days=int(leaf.value))
    return _instant(WorkItem.created_at, _TURNED[leaf.operator], day, asking, name)


def label(_asking: Asking, leaf: Leaf, name: str) -> Part:
    if leaf.value in ("none", "any"):
        labelled = exists(select(WorkItemLabel.item_id).where(WorkItemLabel.item_id == WorkItem.id))
        return Part(labelled if leaf.value == "any" else not_(labelled), form=leaf.value)
    of_it = (
        select(WorkItemLabel.item_id)
        .join(Label, Label.id == WorkItemLabel.label_id)
        .where(Label.folded == bindparam(name, type_=Text))
    )
    return Part(WorkItem.id.in_(of_it), {name: fold(leaf.value)}, "label")


def words(_asking: Asking, leaf: Leaf, name: str) -> Part:
    """Every word begins a word of the title, or the whole is a reference."""
    if not title_words(leaf.value):
        return Part(false(), form="nothing")
    given: dict[str, Any] = words_given(leaf.value, name)
    few = few_have(given, name)
    if few:
        return Part(having_words(name, few=True), given, "few words", ("words", ()))
    return Part(having_words(name, few=False), given, "words", sieve=sieve(name))


def reference(_asking: Asking, leaf: Leaf, name: str) -> Part:
    return Part(WorkItem.reference == bindparam(name, type_=Text), {name: leaf.value}, "reference")


def parent(asking: Asking, leaf: Leaf, name: str) -> Part:
    """Part of an item that the asker sees; of one that is not to be seen nothing is part."""
    if leaf.value in ("none", "any"):
        above, given = seen(asking.actor, cast("ColumnElement[int]", WorkItem.parent_id), name)
        some = and_(WorkItem.parent_id.is_not(None), above)
        form = f"{leaf.value} {asking.actor.is_auditor} {asking.actor.is_system}"
        return Part(some if leaf.value == "any" else not_(some), given, form)
    number = asking.references.get(leaf.value, 0)
    same = and_(WorkItem.parent_id.is_not(None), WorkItem.parent_id == bindparam(name, type_=BigInteger))
    return Part(same, {name: number}, "parent", ("few", ()))


def _waits(*criteria: Any) -> Any:
    return exists(
        select(Wait.id).where(Wait.item_id == WorkItem.id, Wait.ended_at.is_(None), Wait.sense != "task", *criteria)
    )


def awaited(asking: Asking, leaf: Leaf, name: str) -> Part:
    """Votes are awaited of oneself alone: that a colleague's is still out tells who has voted."""
    ids, many, mine = asking.party(leaf), _many(name), _many(f"{name}_mine")
    who = or_(Wait.of_id == many, Wait.taken_by == many)
    told = or_(Wait.sense != "vote", Wait.of_id == mine)
    return Part(_waits(who, told), {name: ids, f"{name}_mine": [asking.actor.person_id]}, "awaited")


def asked_by(asking: Asking, leaf: Leaf, name: str) -> Part:
    ids, many = asking.party(leaf), _many(name)
    return Part(_waits(or_(Wait.by_id == many, Wait.by_unit_id == many)), {name: ids}, "asked")


def offered(asking: Asking, leaf: Leaf, name: str) -> Part:
    ids = asking.party(leaf)
    many = _many(name)
    standing = select(Handover.item_id).where(
        Handover.state == _quoted("offered"), or_(Handover.to_id == many, Handover.to_unit_id == many)
    )
    return Part(WorkItem.id.in_(standing), {name: ids}, "offered", ("few", ()))


def clock(_asking: Asking, leaf: Leaf, _name: str) -> Part:
    stopped = exists(
        select(Wait.id).where(Wait.item_id == WorkItem.id, Wait.ended_at.is_(None), Wait.stops_clock.is_(True))
    )
    stands = and_(IS_OPEN, stopped)
    return Part(stands if leaf.value == "stopped" else not_(stands), form=leaf.value)


def creator(asking: Asking, leaf: Leaf, name: str) -> Part:
    return Part(*_is(WorkItem.created_by, name, asking.party(leaf)))


def watcher(asking: Asking, leaf: Leaf, name: str) -> Part:
    follows = exists(
        select(Participant.item_id).where(
            Participant.item_id == WorkItem.id,
            Participant.party_id == _many(name),
            Participant.role == "watcher",
            Participant.until.is_(None),
        )
    )
    return Part(follows, {name: asking.party(leaf)}, "watcher")


OWN: Final[dict[str, Callable[[Asking, Leaf, str], Part]]] = {
    "holder": holder, "desk": desk, "unit": unit, "state": state, "kind": kind, "priority": priority, "due": due,
    "start": start, "overdue": overdue, "lapsed": lapsed, "created": created, "changed": changed, "closed": closed,
    "age": age,
    "label": label, "text": words, "reference": reference, "parent": parent, "awaited": awaited,
    "asked-by": asked_by, "offered": offered, "clock": clock, "creator": creator, "watcher": watcher,
}  # fmt: skip
