"""What bringing a list of work in comes to: which rows are new, which changed, which cannot be taken and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from collab.core.i18n import N_, _
from collab.people.importing.report import Fault, Outcome, lines_of
from collab.people.importing.sheet import Row
from collab.work.forms import BEFORE_START

from .known import Known
from .parents import drop_circles, drop_orphans
from .rows import CLOSED, WorkRow, columns_changed, digests, instant
from .wanted import WorkWanted

TWICE: Final = N_("Another row has the same external id.")
NO_UNIT: Final = N_("No unit has the code %(code)s.")
CLOSED_UNIT: Final = N_("This unit is closed.")
NO_HOLDER: Final = N_("Nobody has the address %(email)s.")
GONE: Final = N_("This person no longer works here.")
NOWHERE: Final = N_("This person belongs to no unit today.")
FUTURE: Final = N_("This lies in the future.")
BEFORE_CREATED: Final = N_("It cannot be closed before it was created.")
FIXED: Final = N_("This cannot change once the item was brought in.")
NEVER_CHANGES: Final = ("unit_code", "created")


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """`there`: items that are here already, by external id."""

    wanted: list[WorkWanted]
    outcome: Outcome
    there: dict[str, int]

    @property
    def new(self) -> list[WorkWanted]:
        return [one for one in self.wanted if one.known is None]

    @property
    def changing(self) -> list[WorkWanted]:
        return [one for one in self.wanted if one.known is not None and one.changed]


@dataclass(frozen=True, slots=True)
class WorkList:
    """What was read of a file: its good rows, the faults of the others, the columns it has."""

    rows: Sequence[Row[WorkRow]]
    faults: Sequence[Fault] = ()
    columns: frozenset[str] = frozenset(WorkRow.model_fields)


def plan_work(reading: Session, given: WorkList) -> WorkPlan:
    """Compare the rows with the items there are; nothing is written. A column the file lacks changes nothing."""
    rows = given.rows
    mentioned = {row.says.external_id for row in rows} | {
        row.says.parent_external_id for row in rows if row.says.parent_external_id
    }
    known = Known(reading, mentioned, [row.says.holder_email for row in rows if row.says.holder_email])
    found = list(given.faults)
    wanted: dict[str, WorkWanted] = {}
    rejected = lines_of(found)
    for row in rows:
        if row.says.external_id in wanted:
            found.append(Fault(row.line, "external_id", _(TWICE)))
            continue
        bad = _faults(row, known, given.columns)
        if bad:
            found += bad
            rejected[row.says.external_id] = row.line
        else:
            wanted[row.says.external_id] = _wanted(row, known, given.columns)
    found += drop_orphans(wanted, rejected, known)
    found += drop_circles(wanted, rejected, known, reading)
    found += drop_orphans(wanted, rejected, known)
    found.sort(key=lambda fault: fault.line)
    new = sum(one.known is None for one in wanted.values())
    changing = sum(one.known is not None and bool(one.changed) for one in wanted.values())
    outcome = Outcome(new, changing, len(wanted) - new - changing, tuple(found))
    return WorkPlan(list(wanted.values()), outcome, {key: item.id for key, item in known.items.items()})


def _faults(row: Row[WorkRow], known: Known, columns: frozenset[str]) -> list[Fault]:
    """Why this row cannot be taken by itself."""
    says, bad = row.says, []
    unit = known.units.get(says.unit_code)
    if unit is None:
        bad.append(Fault(row.line, "unit_code", _(NO_UNIT, code=says.unit_code)))
    elif not known.is_open(unit):
        bad.append(Fault(row.line, "unit_code", _(CLOSED_UNIT)))
    if says.holder_email is not None:
        holder = known.people.get(says.holder_email)
        if holder is None:
            bad.append(Fault(row.line, "holder_email", _(NO_HOLDER, email=says.holder_email)))
        elif not holder.active:
            bad.append(Fault(row.line, "holder_email", _(GONE)))
        elif known.desk_of(holder.id, 0) is None:
            bad.append(Fault(row.line, "holder_email", _(NOWHERE)))
    item = known.items.get(says.external_id)
    unsaid = item.created_at if item is not None else known.now
    created = instant(says.created, known.zone) if says.created else unsaid
    closed = instant(says.closed, known.zone) if says.closed else known.now
    bad += [
        Fault(row.line, name, _(FUTURE))
        for name, when in (("created", created), ("closed", closed))
        if when > known.now
    ]
    if closed < created <= known.now:
        bad.append(Fault(row.line, "closed", _(BEFORE_CREATED)))
    if item is not None and item.cells:
        changed = columns_changed(item.cells, digests(says)) & columns
        start, due = (
            says.start if "start" in changed else item.start_on,
            says.due if "due" in changed else item.due_on,
        )
        if start is not None and due is not None and due < start:
            bad.append(Fault(row.line, "due" if "due" in changed else "start", _(BEFORE_START)))
        bad += [Fault(row.line, name, _(FIXED)) for name in NEVER_CHANGES if name in changed]
    return bad


def _wanted(row: Row[WorkRow], known: Known, columns: frozenset[str]) -> WorkWanted:
    says = row.says
    unit = known.units[says.unit_code].id
    holder = known.people[says.holder_email].id if says.holder_email else None
    desk = known.desk_of(holder, unit) if holder is not None else unit
    created = instant(says.created, known.zone) if says.created else known.now
    closed = (instant(says.closed, known.zone) if says.closed else known.now) if says.state in CLOSED else None
    item, cells = known.items.get(says.external_id), digests(says)
    changed = columns_changed(item.cells, cells) & columns if item is not None else frozenset[str]()
    if item is not None:
        cells = {**cells, **{name: was for name, was in item.cells.items() if name not in columns}}
    return WorkWanted(row, unit, holder, desk or unit, created, closed, item, cells, changed)
