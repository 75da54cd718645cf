"""The verb `edit` on many items in a few statements, for changes that are the same for all: due date, priority, labels.

What it leaves behind is what `edit` leaves one by one (a test holds the two together): the fields, the version, the
expectation with its day, lapses that ended, the labels, and a fact an item that can be undone. Holder and state do not
change here, so intervals stand as they are.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import record, session
from collab.core.text.fold import fold

from ..bulk import due_after, labels_after
from ..events import ItemEdited
from ..forms import BulkChange
from ..lapsing import settle_lapses
from ..models import Label, Wait, WorkItem, WorkItemLabel
from ..models.wait import first_look
from ..on_behalf import behalf
from ..opening import label_named
from ..policy import among

MOST_LABELS = 20


def goes_together(actor: Actor, item: Any, form: BulkChange) -> bool:
    """Whether this one may be changed with the others: in one's own name, and with no more labels than fit."""
    return behalf(actor, item.holder_id) is None and len(labels_after(item, form)) <= MOST_LABELS


def edit_together(items: Sequence[Any], form: BulkChange) -> None:
    """Change these items, which were loaded under lock and may be changed, inside the command that is running."""
    if not items:
        return
    at = clock.now()
    ids = [item.id for item in items]
    was_labels, labelled = _labels(items, form)
    values: dict[str, Any] = {"changed_at": at, "version": WorkItem.version + 1}
    if form.priority is not None:
        values["priority"] = form.priority
    if form.due_on or form.clear_due:
        values["due_on"] = None if form.clear_due else form.due_on
    session().execute(
        update(WorkItem).where(WorkItem.id == among(ids)).values(values).execution_options(synchronize_session=False)
    )
    redated = [item.id for item in items if due_after(item, form) != item.due_on]
    if redated:
        _expected(redated, values["due_on"])
    settle_lapses(ids, at)
    for item in items:
        record(_fact(item, form, labelled, was_labels))


def _fact(item: Any, form: BulkChange, labelled: set[int], was_labels: dict[int, list[int]]) -> ItemEdited:
    changed: list[str] = []
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    if form.priority is not None and form.priority != item.priority:
        changed.append("priority")
        was["priority"], now["priority"] = item.priority, form.priority
    due = due_after(item, form)
    if due != item.due_on:
        changed.append("due_on")
        was["due_on"] = item.due_on.isoformat() if item.due_on else None
        now["due_on"] = due.isoformat() if due else None
    if item.id in labelled:
        changed.append("labels")
        was["labels"] = was_labels.get(item.id, [])
    told = due.isoformat() if due and "due_on" in changed else None
    return ItemEdited(
        subject=item.id, fields=",".join(changed), due_on=told, was=was, now=now, title_was="", title_now=""
    )


def _expected(ids: list[int], due: Any) -> None:
    """What is expected of whoever has them is expected until then."""
    session().execute(
        update(Wait)
        .where(and_(Wait.item_id == among(ids), Wait.sense == "task", Wait.ended_at.is_(None)))
        .values(until=due, next_action_at=first_look(due))
        .execution_options(synchronize_session=False)
    )


def _labels(items: Sequence[Any], form: BulkChange) -> tuple[dict[int, list[int]], set[int]]:
    """Put labels on and take them off: which each item carried before, and on which anything changed."""
    if not form.add_labels and not form.remove_labels:
        return {}, set()
    ids = [item.id for item in items]
    off = {fold(name) for name in form.remove_labels}
    rows = session().execute(
        select(WorkItemLabel.item_id, WorkItemLabel.label_id, Label.folded)
        .join(Label, Label.id == WorkItemLabel.label_id)
        .where(WorkItemLabel.item_id == among(ids))
        .order_by(WorkItemLabel.label_id)
    )
    was: dict[int, list[int]] = {}
    had: dict[int, set[str]] = {}
    gone: list[tuple[int, int]] = []
    for row in rows:
        was.setdefault(row.item_id, []).append(row.label_id)
        had.setdefault(row.item_id, set()).add(row.folded)
        if row.folded in off:
            gone.append((row.item_id, row.label_id))
    on = {fold(name): name for name in form.add_labels if fold(name) not in off}
    made = {
        unit: {folded: label_named(unit, name) for folded, name in on.items()} for unit in {i.unit_id for i in items}
    }
    new = [
        {"item_id": item.id, "label_id": label}
        for item in items
        for folded, label in made[item.unit_id].items()
        if folded not in had.get(item.id, set())
    ]
    if new:
        session().execute(insert(WorkItemLabel).on_conflict_do_nothing(), new)
    if gone:
        labels = sorted({label for _item, label in gone})
        session().execute(
            delete(WorkItemLabel)
            .where(WorkItemLabel.item_id == among(ids), WorkItemLabel.label_id == among(labels))
            .execution_options(synchronize_session=False)
        )
    return was, {each["item_id"] for each in new} | {item for item, _label in gone}
