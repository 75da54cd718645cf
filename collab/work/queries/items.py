"""One item: found within the actor's sight, with everything its page shows."""

import re
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Text, bindparam, false, select, text

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.paging import Page, Window
from collab.core.prepared import Prepared

from ..models import WorkItem
from ..policy import may_reopen, visible_to
from . import history
from .extras import extras, handover_line, held, part, parties_in, snooze_line, wait_line
from .history import Line
from .parties import Names, names_of
from .shapes import Item, Relative

ITEM = history.SUBJECT
MOST_ID = 2**53 - 1
_REFERENCE = re.compile(r"[^\W_][\w.]{0,39}-[1-9][0-9]{0,9}")

_COLUMNS = (
    WorkItem.id, WorkItem.kind, WorkItem.reference, WorkItem.title, WorkItem.body, WorkItem.unit_id,
    WorkItem.desk_unit_id, WorkItem.holder_id, WorkItem.state_kind, WorkItem.priority, WorkItem.start_on,
    WorkItem.due_on, WorkItem.reach, WorkItem.parent_id, WorkItem.created_at, WorkItem.created_by,
    WorkItem.changed_at, WorkItem.closed_at, WorkItem.external_id, WorkItem.version, WorkItem.fields,
    WorkItem.effort_minutes, WorkItem.spent_minutes,
)  # fmt: skip


def named_by(ref: str | int) -> ColumnElement[bool]:
    """The criterion "the item with this reference or id". What can be neither finds nothing."""
    said = str(ref)
    if said.isascii() and said.isdigit():
        number = int(said[:17])
        return WorkItem.id == (number if number <= MOST_ID else 0)
    return WorkItem.reference == said.upper() if _REFERENCE.fullmatch(said) else false()


def is_named(said: str) -> bool:
    """Whether this can be a reference or an id at all."""
    return (said.isascii() and said.isdigit()) or _REFERENCE.fullmatch(said) is not None


def id_of(actor: Actor, ref: str | int) -> int:
    """The id of an item the actor sees. Raises NotFound."""
    found = db.session.scalar(select(WorkItem.id).where(named_by(ref), visible_to(actor)))
    if found is None:
        raise NotFound
    return found


def find_item(actor: Actor, ref: str | int) -> Item:
    """The item with this reference or id, in four queries. Raises NotFound when the actor does not see it."""
    row = _row_of(actor, ref)
    raw = extras(row.id)
    return _item(actor, row, raw, names_of(actor, parties_in(raw) | _parties(row)))


def find_with_history(actor: Actor, ref: str | int, window: Window) -> tuple[Item, Page[Line]]:
    """The item and a stretch of its history, in five queries. Raises NotFound when the actor does not see it."""
    row = _row_of(actor, ref)
    raw = extras(row.id)
    page = window.page(history.facts_of(row.id, window), lambda told: (told.id,))
    facts = list(page.items)
    names = names_of(actor, parties_in(raw) | _parties(row) | history.parties_in(facts))
    item = _item(actor, row, raw, names)
    reopens = may_reopen(actor, item)  # type: ignore[arg-type]
    return item, Page(history.lines(actor, facts, names, reopens=reopens), page.next, page.previous)


def _by_id(actor: Actor) -> Any:
    return select(*_COLUMNS).where(WorkItem.id == bindparam("item", type_=BigInteger), visible_to(actor))


def _by_reference(actor: Actor) -> Any:
    return select(*_COLUMNS).where(WorkItem.reference == bindparam("reference", type_=Text), visible_to(actor))


BY_ID, BY_REFERENCE = Prepared(_by_id), Prepared(_by_reference)


def row_named(actor: Actor, ref: str | int, by_id: Prepared, by_reference: Prepared) -> Any:
    """The one row of an item with this reference or id, out of the statement that asks by it (`item`, `reference`);
    that it was read is noted. Raises NotFound when the actor does not see it."""
    said = str(ref)
    if said.isascii() and said.isdigit():
        rows = by_id.rows(actor, item=int(said)) if int(said[:17]) <= MOST_ID else []
    else:
        rows = by_reference.rows(actor, reference=said.upper()) if _REFERENCE.fullmatch(said) else []
    if not rows:
        raise NotFound
    readings.note(actor, ITEM, rows[0].id)
    return rows[0]


def _row_of(actor: Actor, ref: str | int) -> Any:
    return row_named(actor, ref, BY_ID, BY_REFERENCE)


def _parties(row: Any) -> set[int | None]:
    return {row.unit_id, row.desk_unit_id, row.holder_id, row.created_by}


def _own_vote(actor: Actor, wait: dict[str, Any]) -> bool:
    """As `policy.own_vote` has it, over a row that was read."""
    standing_in = wait["of_id"] in actor.substitutes and wait["taken_by"] is None
    return actor.is_system or actor.person_id in (wait["of_id"], wait["taken_by"]) or standing_in


def _item(actor: Actor, row: Any, raw: dict[str, Any], names: Names) -> Item:
    raw["waits"] = [wait for wait in raw["waits"] if wait["sense"] != "vote" or _own_vote(actor, wait)]
    awaited = [wait["for_item_id"] for wait in raw["waits"] if wait["for_item_id"]]
    tied = raw["tied"] or awaited or row.parent_id
    others = relatives(actor, row.id, row.parent_id, awaited) if tied else ()
    seen = {each.id for each in others if each.relation in ("parent", "awaited")}
    for wait in raw["waits"]:
        wait["for_item_id"] = wait["for_item_id"] if wait["for_item_id"] in seen else None
    return Item(
        id=row.id,
        kind=row.kind,
        reference=row.reference,
        title=row.title,
        body=row.body,
        unit=names.one(row.unit_id),
        desk=names.one(row.desk_unit_id),
        holder=names.maybe(row.holder_id),
        state_kind=row.state_kind,
        priority=row.priority,
        start_on=row.start_on,
        due_on=row.due_on,
        reach=row.reach,
        parent_id=row.parent_id if row.parent_id in seen else None,
        created_at=row.created_at,
        creator=names.one(row.created_by),
        changed_at=row.changed_at,
        closed_at=row.closed_at,
        external_id=row.external_id,
        version=row.version,
        labels=tuple(raw["labels"]),
        waits=tuple(wait_line(each, names) for each in raw["waits"]),
        snoozes=tuple(snooze_line(each) for each in raw["snoozes"]),
        handovers=tuple(handover_line(each, names) for each in raw["handovers"]),
        intervals=tuple(held(each, names) for each in raw["intervals"]),
        participants=tuple(part(each, names) for each in raw["parts"]),
        relatives=others,
        fields=row.fields,
        effort_minutes=row.effort_minutes,
        spent_minutes=row.spent_minutes,
        has_parts=raw["has_parts"],
        has_checklist=raw["has_checklist"],
        has_files=raw["has_files"],
        has_origins=raw["has_origins"],
        has_letters=raw["has_letters"],
    )


_TIES = text("""
    select to_id as id, kind as relation from link where from_id = :item
    union all select from_id, kind || '-by' from link where to_id = :item
    union all (select id, 'child' from work_item where parent_id = :item order by id desc limit 100)
    union all select cast(:parent as bigint), 'parent' where :parent is not null
    union all select unnest(cast(:awaited as bigint[])), 'awaited'
""").bindparams(
    bindparam("item", type_=BigInteger), bindparam("parent", type_=BigInteger),
    bindparam("awaited", type_=ARRAY(BigInteger)),
)  # fmt: skip


def _relatives(actor: Actor) -> Any:
    tie = _TIES.columns(id=BigInteger, relation=Text).subquery("tie")
    return (
        select(tie.c.relation, WorkItem.id, WorkItem.reference, WorkItem.title, WorkItem.state_kind)
        .join(tie, tie.c.id == WorkItem.id)
        .where(visible_to(actor))
        .order_by(tie.c.relation, WorkItem.id)
        .limit(200)
    )


RELATIVES = Prepared(_relatives)


def relatives(actor: Actor, item_id: int, parent_id: int | None, awaited: list[int]) -> tuple[Relative, ...]:
    """Parent, children, linked items and items whose end is awaited, as far as the actor sees them; one query."""
    rows = RELATIVES.rows(actor, item=item_id, parent=parent_id, awaited=awaited)
    return tuple(Relative(*row) for row in rows)
