"""One change of many items in one transaction, with a fact for each and word to nobody; and its way back."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anyone, attempt, hush, open_command, record, session, take_long
from collab.core.errors import Conflict, NotFound, Problem
from collab.core.facts import FactRow
from collab.core.i18n import N_, _

from ..bulk import Planned, due_after, labels_after, planned
from ..events import ItemsEdited
from ..forms import Assign, BulkChange, BulkEdit, Cancel, Complete, PatchItem
from ..models import WorkItem
from ..policy import visible_to
from ..queries.bulk import sorted_or_missing, subjects
from ..undoing import WITHIN, can_be_undone, last_act
from .ending_together import end_together, give_together, going_together
from .items import assign, cancel, complete, edit
from .together import edit_together, goes_together
from .undoing import HISTORY, TOO_LATE, undo

HANDLE = 48
"""Bits of the number by which a change is undone. It is drawn when the change is made: the change's line in the ledger
has no number yet then, and a repeated request is answered with the same one."""
KEPT = 7 * WITHIN
NOTHING_LEFT = N_("Somebody changed all of them since, so they cannot be undone any more.")


@open_command(anyone)
def edit_many(actor: Actor, form: BulkEdit) -> dict[str, Any]:
    """Change many items at once: each under the rule of its own verb. What is refused stays as it is and is told. `id`
    is what undoes it, None where nothing changed."""
    take_long()
    hush()
    rows = session().execute(locked(subjects(actor, form.items))).all()
    return changed_rows(actor, sorted_or_missing(rows, form.items), form)


def locked(query: Any) -> Any:
    """`subjects`, held until the command ends: what the plan saw is what changes."""
    return query.with_for_update(of=WorkItem, key_share=True)


def changed_rows(actor: Actor, rows: Sequence[Any], form: BulkChange, job: int | None = None) -> dict[str, Any]:
    """Change these items, each under the rule of its own verb, inside the command that is running; what became of
    them. `job`: the change of a whole list of which this is a part."""
    changed: list[int] = []
    refused: list[dict[str, Any]] = []
    together: list[Any] = []
    plans = planned(actor, rows, form)
    ending = going_together(actor, [each.item for each in plans if each.changes], form) if form.act != "fields" else ()
    for plan in plans:
        plain = goes_together(actor, plan.item, form) if form.act == "fields" else plan.item.id in ending
        if plan.changes and plain:
            together.append(plan.item)
            changed.append(plan.item.id)
            continue
        reason = plan.refusal or (_tried(actor, plan, form) if plan.changes else "")
        if reason:
            refused.append({"item": plan.item.id, "reason": reason})
        elif plan.changes:
            changed.append(plan.item.id)
    if form.act == "fields":
        edit_together(together, form)
    elif form.act == "holder":
        give_together(actor, together, form.holder or 0)
    else:
        end_together(actor, together, form)
    handle = secrets.randbits(HANDLE) or 1 if changed else None
    if changed:
        record(ItemsEdited(subject=1, number=len(changed), items=changed, job=job, handle=handle))
    return {"id": handle, "changed": changed, "refused": refused, "unchanged": len(rows) - len(changed) - len(refused)}


def _tried(actor: Actor, plan: Planned, form: BulkChange) -> str:
    """The verb on one item; why it was refused, where it was."""
    item: Any = plan.item
    try:
        with attempt():
            if form.act == "holder":
                assign(actor, item.id, Assign(holder=form.holder))
            elif form.act == "done":
                complete(actor, item.id, Complete(outcome=form.reason, parts_stay=True))
            elif form.act == "cancelled":
                cancel(actor, item.id, Cancel(reason=form.reason))
            else:
                edit(actor, item.id, _said(item, form))
    except Problem as refusal:
        return next((found for reasons in refusal.fields.values() for found in reasons), "") or refusal.sentence()
    return ""


def _said(item: Any, form: BulkChange) -> Any:
    known = {
        "title": item.title, "body": item.body, "priority": item.priority, "start_on": item.start_on,
        "due_on": due_after(item, form), "reach": item.reach, "labels": labels_after(item, form),
        "parent": item.parent_id,
    }  # fmt: skip
    return PatchItem().over(known | ({} if form.priority is None else {"priority": form.priority}))


@open_command(anyone)
def undo_many(actor: Actor, handle: int) -> dict[str, int]:
    """Undo a bulk edit of your own on every item that nobody touched since; how many came back, how many stay."""
    mine = (FactRow.actor_id == actor.person_id, FactRow.kind == ItemsEdited.kind, FactRow.at > clock.now() - KEPT)
    bulk = session().scalar(select(FactRow).where(*mine, FactRow.payload["handle"].as_string() == str(handle)))
    if bulk is None:
        raise NotFound
    if clock.now() - bulk.at > WITHIN:
        raise Conflict(_(TOO_LATE))
    take_long()
    hush()
    back, left = undone(actor, bulk)
    if not back:
        raise Conflict(_(NOTHING_LEFT))
    return {"undone": back, "left": left}


def undone(actor: Actor, bulk: FactRow) -> tuple[int, int]:
    """Undo one line of the ledger that tells of many items, inside the command that is running: how many came back,
    and how many stay."""
    ids = bulk.payload.get("items") or []
    seen = set(session().scalars(select(WorkItem.id).where(WorkItem.id.in_(ids), visible_to(actor))))
    back = 0
    for item_id in ids:
        act: Any = last_act(session().execute(HISTORY.where(FactRow.subject_id == item_id)).all())
        mine = act is not None and act.at == bulk.at and can_be_undone(act, actor.person_id, clock.now())
        if not mine or item_id not in seen:
            continue
        try:
            with attempt():
                undo(actor, item_id, act.id)
        except Problem:
            continue
        back += 1
    return back, len(ids) - back
