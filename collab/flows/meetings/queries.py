"""Meetings as they are read: the list, one meeting, its people and its points."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select, true
from sqlalchemy.orm import aliased

from collab.core import clock, readings
from collab.core.actor import Actor
from collab.core.dates import local_day
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language
from collab.core.paging import Key, Keyset, Kind, Page
from collab.core.text.sort import sort_key
from collab.decisions.models import Decision
from collab.people.models import Party
from collab.work.models import WorkItem
from collab.work.policy import visible_to
from collab.work.queries.items import ITEM, named_by

from .forms import MeetingList
from .models import Meeting, MeetingPerson, MeetingPoint, MeetingTask

SOONEST = Keyset((Key("starts", Meeting.starts_at, Kind.INSTANT), Key("id", WorkItem.id, Kind.INTEGER)))
LATEST = Keyset(
    (
        Key("starts", Meeting.starts_at, Kind.INSTANT, descending=True),
        Key("id", WorkItem.id, Kind.INTEGER, descending=True),
    )
)
STAGES_OF = {"coming": ("planned", "running"), "minutes": ("minutes",), "past": ("minutes", "closed", "cancelled")}


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting as a line of a list."""

    id: int
    reference: str
    title: str
    unit: str
    stage: str
    starts_at: datetime
    place: str
    invited: bool
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """A meeting with its work item. The columns the rules look at stand under the names of the tables."""

    id: int
    kind: str
    reference: str
    title: str
    body: str
    unit_id: int
    holder_id: int | None
    created_by: int
    created_at: datetime
    changed_at: datetime
    reach: str
    version: int
    stage: str
    starts_at: datetime
    place: str
    chair_id: int
    secretary_id: int
    quorum: str
    quorum_base: int | None
    started_at: datetime | None
    ended_at: datetime | None
    approved_at: datetime | None
    approved_by: int | None
    ended_reason: str | None
    open: bool
    series_id: int | None
    series_on: Any
    published_at: datetime | None
    published_by: int | None


@dataclass(frozen=True, slots=True)
class Somebody:
    person_id: int
    name: str
    presence: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Action:
    """A task that was made of a point, where the reader sees it."""

    point_id: int
    reference: str
    title: str
    state_kind: str
    due_on: Any
    holder: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda. What it is about stands here where the reader sees it; `vote` is a decision's stage."""

    id: int
    position: int
    title: str
    minutes: int
    owner_id: int | None
    owner: str
    state: str
    added_by: int
    notes: str
    outcome: str
    version: int
    edition: int
    internal: bool
    standing: bool
    about: str
    about_title: str
    vote: str


# Both tables have a `series_id`: that of the item numbers references, that of the meeting says when it comes again.
_COLUMNS = tuple(getattr(Meeting if hasattr(Meeting, name) else WorkItem, name) for name in Found.__dataclass_fields__)


def meetings(actor: Actor, wanted: MeetingList) -> Page[Line]:
    """A page of meetings; one query. What was not begun is past once its day is over."""
    keys = SOONEST if wanted.which == "coming" else LATEST
    start = datetime.combine(local_day(clock.now(), actor.time_zone), time(), ZoneInfo(actor.time_zone))
    stood = and_(Meeting.stage == "planned", Meeting.starts_at < start)
    of_list: ColumnElement[bool] = Meeting.stage.in_(STAGES_OF[wanted.which])
    if wanted.which != "minutes":
        of_list = or_(of_list, stood) if wanted.which == "past" else and_(of_list, not_(stood))
    window, mine = keys.window(wanted.after or None, wanted.limit), aliased(MeetingPerson)
    query: Select[Any] = (
        select(
            WorkItem.id, WorkItem.reference, WorkItem.title, Party.label, Party.names, Meeting.stage,
            Meeting.starts_at, Meeting.place, mine.person_id, Meeting.started_at, Meeting.ended_at,
        )
        .join(Meeting, Meeting.item_id == WorkItem.id)
        .join(Party, Party.id == WorkItem.unit_id)
        .outerjoin(mine, and_(mine.item_id == WorkItem.id, mine.person_id == actor.person_id))
        .where(visible_to(actor), of_list)
        .where(mine.person_id.is_not(None) if wanted.whose == "mine" else true())
    )  # fmt: skip
    page = window.page(db.session.execute(window.applied(query)).all(), lambda row: (row.starts_at, row.id))
    lines = [
        Line(
            row.id, row.reference, row.title, in_language(row.names, row.label), row.stage, row.starts_at, row.place,
            row.person_id is not None, row.started_at, row.ended_at,
        )
        for row in page.items
    ]  # fmt: skip
    return Page(lines, page.next, page.previous)


def find_meeting(actor: Actor, ref: str | int) -> Found:
    """The meeting with this reference or id, in one query. Raises NotFound when the actor does not see it."""
    query = select(*_COLUMNS).join(Meeting, Meeting.item_id == WorkItem.id)
    row = db.session.execute(query.where(named_by(ref), visible_to(actor))).first()
    if row is None:
        raise NotFound
    readings.note(actor, ITEM, row.id)
    return Found(**row._mapping)


def people_of(found: Found) -> list[Somebody]:
    """Everybody invited to a meeting that was found, by name as the reader reads it; one query."""
    query = (
        select(Party.id, Party.label, Party.names, MeetingPerson.presence, MeetingPerson.answer)
        .join(MeetingPerson, MeetingPerson.person_id == Party.id)
        .where(MeetingPerson.item_id == found.id)
        .order_by(Party.id)
    )
    named = [
        Somebody(row.id, in_language(row.names, row.label), row.presence, row.answer)
        for row in db.session.execute(query)
    ]
    return sorted(named, key=lambda one: sort_key(one.name))


def points_of(actor: Actor, found: Found) -> list[Point]:
    """The points of a meeting that was found, in their order; one query."""
    owner, it = aliased(Party), MeetingPoint
    query = (
        select(
            it.id, it.position, it.title, it.minutes, it.owner_id, owner.label, owner.names, it.state, it.added_by,
            it.notes, it.outcome, it.version, it.edition, it.internal, it.standing,
            WorkItem.reference,
            WorkItem.title.label("about_title"), Decision.stage,
        )
        .outerjoin(owner, owner.id == it.owner_id)
        .outerjoin(WorkItem, and_(WorkItem.id == it.about_id, visible_to(actor)))
        .outerjoin(Decision, Decision.item_id == WorkItem.id)
        .where(it.item_id == found.id)
        .order_by(it.position, it.id)
    )  # fmt: skip
    return [
        Point(
            row.id, row.position, row.title, row.minutes, row.owner_id,
            in_language(row.names, row.label) if row.label else "", row.state, row.added_by, row.notes, row.outcome,
            row.version, row.edition, row.internal, row.standing, row.reference or "", row.about_title or "",
            row.stage or "",
        )
        for row in db.session.execute(query)
    ]  # fmt: skip


def actions_of(actor: Actor, found: Found) -> list[Action]:
    """The tasks that came of a meeting that was found, as far as the reader sees them; one query."""
    query = (
        select(
            MeetingTask.point_id, WorkItem.reference, WorkItem.title, WorkItem.state_kind, WorkItem.due_on,
            Party.label, Party.names,
        )
        .join(MeetingPoint, MeetingPoint.id == MeetingTask.point_id)
        .join(WorkItem, WorkItem.id == MeetingTask.task_id)
        .outerjoin(Party, Party.id == WorkItem.holder_id)
        .where(MeetingPoint.item_id == found.id, visible_to(actor))
        .order_by(WorkItem.id)
    )  # fmt: skip
    return [
        Action(
            row.point_id, row.reference, row.title, row.state_kind, row.due_on,
            in_language(row.names, row.label) if row.label else "",
        )
        for row in db.session.execute(query)
    ]  # fmt: skip
