"""What work offers to the house."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, false, func, or_, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.envelope import session
from collab.core.i18n import N_
from collab.core.package import Holds, Package, Readable, ShellEntry, WithUnit
from collab.core.sweeps import Sweep

from .api import api
from .audience import rooms_of
from .commands import note_auditor_reading, note_list_reading
from .events import FileAdded, FileRemoved, FileReplaced
from .following import goes, lies
from .going_alone import alone, chosen
from .kept import gives, held
from .kept import kept as set_up
from .list_jobs import sweep_list_jobs, sweep_old_sheets
from .models import OPEN_STATES, WorkItem
from .policy import among, visible_to
from .queries.desk import desk_counts
from .queries.saved import pinned_views
from .reactions import ITEM, reactions
from .sweeps import sweep_awaited, sweep_closed_units, sweep_split_units, sweep_waits
from .taking_part import join
from .views import pages


def readable(actor: Actor, owner_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The talk of an item is read by whoever sees the item."""
    return exists(select(WorkItem.id).where(WorkItem.id == owner_id, visible_to(actor)))


def writable(actor: Actor, owner_id: ColumnElement[int]) -> ColumnElement[bool]:
    """And written in by all of them but auditors, who change nothing."""
    return readable(actor, owner_id) if not actor.is_auditor else false()


def kept_in_order(actor: Actor, owner_id: ColumnElement[int]) -> ColumnElement[bool]:
    """In the talk of an item whoever heads the unit in which it is, or lies, keeps order."""
    return overseen(actor, owner_id) if not actor.is_auditor else false()


def unit_of(owner_id: ColumnElement[int]) -> ColumnElement[int]:
    return select(WorkItem.unit_id).where(WorkItem.id == owner_id).correlate_except(WorkItem).scalar_subquery()


def call(_actor: Actor, item_id: int, parties: frozenset[int]) -> None:
    """Whoever is called in the talk of an item takes part from then on; who may see a named-only item is not said
    in passing."""
    if session().scalar(select(WorkItem.reach).where(WorkItem.id == item_id)) == "named":
        return
    for party in sorted(parties):
        join(item_id, party, "mentioned", clock.now())


def rooms(item_id: int) -> list[str]:
    return rooms_of(db.session(), item_id)


def named(actor: Actor, item_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Reference with title, and address, of the items whose talks somebody takes part in."""
    query = select(WorkItem.id, WorkItem.reference, WorkItem.title).where(WorkItem.id.in_(item_ids), visible_to(actor))
    return {
        row.id: (f"{row.reference} {row.title}", f"/work-items/{row.reference}") for row in db.session.execute(query)
    }


def kept(actor: Actor) -> list[tuple[str, str]]:
    """The views in somebody's sidebar."""
    return [(name, f"/views/{id_}") for id_, name in pinned_views(actor)]


def overseen(actor: Actor, owner_id: ColumnElement[int]) -> ColumnElement[bool]:
    """What others gave is removed by who heads the unit of the item, or the one in which it lies."""
    headed = or_(WorkItem.unit_id == among(actor.headed), WorkItem.desk_unit_id == among(actor.headed))
    return exists(select(WorkItem.id).where(WorkItem.id == owner_id, headed))


def removed(item_id: int, name: str, version: int) -> FileRemoved:
    return FileRemoved(subject=item_id, name=name, version=version)


def added(item_id: int, file_id: int, name: str, version: int) -> FileAdded | FileReplaced:
    if version == 1:
        return FileAdded(subject=item_id, file=file_id, name=name)
    return FileReplaced(subject=item_id, file=file_id, version=version, name=name)


def loads(people: Sequence[int]) -> dict[int, int]:
    """How many open items these people hold themselves."""
    opened = WorkItem.state_kind.in_(OPEN_STATES)
    held = select(WorkItem.holder_id, func.count()).where(WorkItem.holder_id.in_(people), opened)
    return {holder: count for holder, count in db.session.execute(held.group_by(WorkItem.holder_id)) if holder}


files = Holds(ITEM, readable, oversees=overseen, removed=removed, added=added)
talk = Readable(
    ITEM, readable, writes=writable, keeps=kept_in_order, unit=unit_of, rooms=rooms, called=call,
    noted=note_auditor_reading, listed=note_list_reading, named=named,
)  # fmt: skip

package = Package(  # noqa: S604 (the shell is the frame of every page)
    name="work",
    blueprints=(pages, api),
    reactions=reactions,
    readable=(talk,),
    kept=kept,
    loads=loads,
    desk_counts=desk_counts,
    holds=(files,),
    with_unit=(WithUnit(lies, goes, held, set_up, gives, chosen, alone),),
    sweeps=(
        Sweep("work.waits", 20, sweep_waits),
        Sweep("work.awaited", 10, sweep_awaited),
        Sweep("work.list-jobs", 3, sweep_list_jobs),
        Sweep("work.old-sheets", 3600, sweep_old_sheets),
        Sweep("work.closed-units", 5, sweep_closed_units),
        Sweep("work.split-units", 5, sweep_split_units),
    ),
    shell=(
        ShellEntry(
            "reports",
            N_("Reports"),
            "chart-column",
            "work.reports",
            85,
            shown_to=lambda actor: bool(actor.heads) or actor.is_auditor,
        ),
        ShellEntry("ledger", N_("Ledger"), "shield", "work.facts", 90, shown_to=lambda actor: actor.is_auditor),
        ShellEntry(
            "escalation-rules",
            N_("Escalation"),
            "flag",
            "work.escalation_rules",
            97,
            shown_to=lambda actor: actor.is_administrator,
            section="administration",
        ),
    ),
)
