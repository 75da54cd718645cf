"""What `collab import` does with each kind of list: read, compare, write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select

from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.errors import Conflict, Forbidden, Invalid, NotFound
from collab.core.forms import Form
from collab.core.i18n import N_, _
from collab.messaging.importing.commands import bring_in_chat
from collab.messaging.importing.planning import plan_chat
from collab.messaging.importing.reading import read_chat
from collab.people.importing.mapping import read_map
from collab.people.importing.people import bring_in_people
from collab.people.importing.people_plan import PersonRow, plan_people
from collab.people.importing.report import BadFile, Outcome, in_their_words
from collab.people.importing.sheet import OURS, Sheet, read_sheet
from collab.people.importing.unit_plan import UnitRow, plan_units
from collab.people.importing.units import bring_in_units
from collab.people.models import Organisation, Person
from collab.people.policy import may_administer
from collab.people.recognise import person_as_actor
from collab.tasks.importing.commands import bring_in_work, keep_room
from collab.tasks.importing.planning import WorkList, plan_work
from collab.tasks.importing.rows import WorkRow

NO_ORGANISATION = N_("There is no organisation yet. Make one first: `collab demo` brings a sample one.")
NOBODY = N_("Nobody has the address %(email)s.")
MEANWHILE = N_("Nothing was written: what is here changed meanwhile. Look again without --apply. %(reasons)s")
MOST_REASONS = 5
READING, WRITING = N_("Reading"), N_("Writing")


class Bar(Protocol):
    """A progress bar."""

    def begin(self, label: str, length: int) -> None: ...
    def reach(self, place: int) -> None: ...
    def step(self, more: int) -> None: ...
    def end(self) -> None: ...


def actor_named(email: str | None) -> Actor:
    """The person with this address, else Collab itself. Raises NotFound."""
    if email is None:
        return SYSTEM
    email = "".join(filter(str.isprintable, email))  # a terminal also hands on bytes that are no text
    id_ = db.session.scalar(select(Person.id).where(Person.email == email.strip().lower()))
    found = person_as_actor(id_) if id_ is not None else None
    if found is None:
        raise NotFound(_(NOBODY, email=email))
    return found


def _check(actor: Callable[[], Actor]) -> None:
    """Whether they whose name was given are there and may do it, before a long file is read and also where nothing
    is written. Raises NotFound and Forbidden."""
    if not may_administer(actor()):
        raise Forbidden


def bring(
    what: str,
    file: Path,
    apply: bool,
    skip_bad: bool,
    actor: Callable[[], Actor],
    bar: Bar,
    map_file: Path | None = None,
) -> tuple[Outcome, bool]:
    """Bring a file in: what came (or would come) of it, and whether it was written. `map_file` says how the file of
    another system is read. Raises BadFile and Problem."""
    form, bring_in = _KINDS[what]
    _needs_house()
    _check(actor)
    mapping = read_map(map_file, form) if map_file is not None else OURS
    bar.begin(_(READING), file.stat().st_size if file.is_file() else 0)
    try:
        sheet = read_sheet(file, form, bar.reach, mapping)
        outcome, applied = bring_in(sheet, apply, skip_bad, actor, bar)
        return (in_their_words(outcome, sheet.names, sheet.ignored) if mapping.given else outcome), applied
    finally:
        bar.end()


def bring_talks(
    path: Path, source: str | None, apply: bool, skip_bad: bool, actor: Callable[[], Actor], bar: Bar
) -> tuple[Outcome, bool]:
    """Bring conversations of another system in. As `bring`."""
    try:
        _needs_house()
        _check(actor)
        zone = db.session.scalars(select(Organisation.time_zone)).one()
        chat = read_chat(path, zone, bar, source.strip()[:60] if source and source.strip() else None)
        who = actor()
        planned = plan_chat(db.session(), chat, None if who.is_system else who.person_id).outcome
        if not _writes(planned, apply, skip_bad):
            return planned, False
        bar.begin(_(WRITING), planned.created)
        return _written(lambda: bring_in_chat(who, chat, skip_bad, bar.step))
    finally:
        bar.end()


def _needs_house() -> None:
    if db.session.scalar(select(Organisation.id)) is None:
        raise BadFile(_(NO_ORGANISATION))


def _units(
    sheet: Sheet[UnitRow], apply: bool, skip_bad: bool, actor: Callable[[], Actor], _bar: Bar
) -> tuple[Outcome, bool]:
    planned = plan_units(db.session(), sheet.rows, sheet.faults).outcome
    if not _writes(planned, apply, skip_bad):
        return planned, False
    return _written(lambda: bring_in_units(actor(), sheet.rows, sheet.faults, skip_bad).outcome)


def _people(
    sheet: Sheet[PersonRow], apply: bool, skip_bad: bool, actor: Callable[[], Actor], _bar: Bar
) -> tuple[Outcome, bool]:
    planned = plan_people(db.session(), sheet.rows, sheet.faults).outcome
    if not _writes(planned, apply, skip_bad):
        return planned, False
    return _written(lambda: bring_in_people(actor(), sheet.rows, sheet.faults, skip_bad).outcome)


def _work(
    sheet: Sheet[WorkRow], apply: bool, skip_bad: bool, actor: Callable[[], Actor], bar: Bar
) -> tuple[Outcome, bool]:
    given = WorkList(sheet.rows, sheet.faults, sheet.columns)
    plan = plan_work(db.session(), given)
    planned = plan.outcome
    if not _writes(planned, apply, skip_bad):
        return planned, False
    kept = keep_room(actor(), plan)
    bar.begin(_(WRITING), planned.created + planned.updated)
    return _written(lambda: bring_in_work(actor(), given, skip_bad, bar.step, kept).outcome)


def _writes(planned: Outcome, apply: bool, skip_bad: bool) -> bool:
    return apply and (skip_bad or not planned.faults) and bool(planned.created or planned.updated)


def _written(write: Callable[[], Outcome]) -> tuple[Outcome, bool]:
    """Raises Conflict where somebody changed the organisation between looking and writing, so that rows are bad now."""
    try:
        return write(), True
    except Invalid as problem:
        reasons = [f"{place.rstrip('.')}: {each}" for place, told in problem.fields.items() for each in told]
        raise Conflict(_(MEANWHILE, reasons=" ".join(reasons[:MOST_REASONS])).strip()) from problem


_KINDS: dict[str, tuple[type[Form], Any]] = {
    "units": (UnitRow, _units),
    "people": (PersonRow, _people),
    "work": (WorkRow, _work),
}
