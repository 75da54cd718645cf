"""Meetings that come again: the rule set or stopped, the next one made ahead, and what is carried over to it."""

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import clock as wall
from collab.core.dates import local_day
from collab.core.envelope import attempt, command, open_command, record, session, system
from collab.core.errors import Invalid, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Person
from collab.people.organisation import following, founding
from collab.tasks.falling import falling_from, roller
from collab.tasks.recurring import from_text, to_text
from collab.tasks.recurring_forms import NEVER
from collab.work.desks import organisation_zone
from collab.work.forms import ItemFields
from collab.work.models import WorkItem
from collab.work.opening import Opening, open_item
from collab.work.policy import items

from ..events import MeetingCalled, MeetingCameAgain, SeriesEnded, SeriesFailed, SeriesSet
from ..forms import SeriesForm
from ..having import led, locked
from ..models import Meeting, MeetingPerson, MeetingSeries
from ..policy import KIND, may_take_part
from ..words import LONGEST_AGO
from .carrying import carry, stand_again
from .inviting import end_invitations, invite

TOO_OLD: Final = N_("This meeting lies more than a year back. Let a newer one come again.")
ANY: Final = ("planned", "running", "minutes", "closed", "cancelled")


@command(may_take_part, on=items)
def set_series(actor: Actor, item: WorkItem, form: SeriesForm) -> int:
    """Let a meeting come again, or change from here on when it does. Returns the series."""
    row = led(actor, item, ANY)
    zone, today = str(organisation_zone()), _today()
    series = _running(row)
    made = series is None
    if series is None:
        day = local_day(row.starts_at, zone)
        if day < today - LONGEST_AGO:
            raise wrong("on", _(TOO_OLD))
        series = MeetingSeries(
            begin_on=day, last_on=day, last_item_id=item.id, created_by=actor.person_id, created_at=clock.now(),
            clock=wall(row.starts_at, zone, locale="en"), version=1,
        )  # fmt: skip
    else:
        series.begin_on, series.version = series.last_on, series.version + 1
        if row.item_id == series.last_item_id:
            series.clock = wall(row.starts_at, zone, locale="en")
    series.rule, series.roll, series.ahead = to_text(form.rule()), form.roll, form.ahead
    series.times_left, series.not_before = form.times, None
    _look_ahead(series, item.unit_id, today)
    if series.next_on is None:
        raise wrong("until", _(NEVER))
    if made:
        session().add(series)
        session().flush()
        row.series_id, row.series_on = series.id, series.last_on
    session().flush()
    record(SeriesSet(subject=item.id, series=series.id))
    return series.id


@command(may_take_part, on=items)
def stop_series(actor: Actor, item: WorkItem) -> int:
    """Let a meeting come no more. What was called already stays. Raises NotFound where it does not come again."""
    series = _running(led(actor, item, ANY))
    if series is None:
        raise NotFound
    _end(series, "stopped")
    record(SeriesEnded(subject=item.id, series=series.id))
    return series.id


@open_command(system)
def make_next_meeting(_actor: Actor, series_id: int) -> int | None:
    """Call the meeting of a series that is due, if it still is. Returns it; None where none was to be called.

    The last meeting is locked before the series, as by whoever changes the series on its page."""
    query = select(MeetingSeries).where(MeetingSeries.id == series_id, MeetingSeries.ended_at.is_(None))
    newest = select(MeetingSeries.last_item_id).where(MeetingSeries.id == series_id).scalar_subquery()
    last = session().scalar(select(WorkItem).where(WorkItem.id == newest).with_for_update(key_share=True))
    before = locked(last) if last is not None else None
    series = session().scalar(query.with_for_update().execution_options(populate_existing=True))
    today = _today()
    if series is None or last is None or before is None or series.make_on is None or series.make_on > today:
        return None
    if series.last_item_id != last.id:  # another was called meanwhile; the next sweep looks again
        return None
    if series.next_on is not None and series.next_on < today:  # the house stood still
        _look_ahead(series, last.unit_id, today)
    if series.next_on is None or (series.make_on is not None and series.make_on > today):
        if series.next_on is None:
            _end(series, "over")
            record(SeriesEnded(subject=last.id, series=series.id))
        return None
    try:
        with attempt():
            made = _called(series, last, before, series.next_on)
    except Invalid:
        _end(series, "failed")
        keepers = {series.created_by, before.chair_id, before.secretary_id}
        record(SeriesFailed(subject=last.id, series=series.id, of=tuple(sorted(keepers))))
        return None
    series.last_item_id, series.last_on, series.version = made, series.next_on, series.version + 1
    series.times_left = None if series.times_left is None else series.times_left - 1
    _look_ahead(series, last.unit_id, today)
    if series.times_left == 0 or series.next_on is None:
        _end(series, "over")
    session().flush()
    return made


@open_command(system)
def try_series_later(_actor: Actor, series_id: int) -> int:
    """Something went wrong with a series: look at it again in an hour, so that the others need not wait for it."""
    later = clock.now() + timedelta(hours=1)
    session().execute(update(MeetingSeries).where(MeetingSeries.id == series_id).values(not_before=later))
    return series_id


@open_command(system)
def lapse_invitations(_actor: Actor, meetings: list[int]) -> int:
    """Nobody is asked any more whether they come to these: their day is past."""
    for item_id in meetings:
        end_invitations(item_id, None, "lapsed")
    return len(meetings)


def _called(series: MeetingSeries, last: WorkItem, before: Meeting, day: date) -> int:
    """A meeting like the last one, on `day`, with everybody who was invited and is still here."""
    unit = following.successor(session(), last.unit_id, founding.today(session())) or last.unit_id
    caller = Actor(person_id=series.created_by, time_zone=str(organisation_zone()), via="system")
    entered = ItemFields.model_construct(
        title=last.title, body=last.body, reach=last.reach, due_on=day, priority=last.priority, start_on=None,
        labels=[], parent=None,
    )  # fmt: skip
    item = open_item(caller, entered, Opening(KIND, unit, before.secretary_id))
    hour, minute = (int(part) for part in series.clock.split(":"))
    starts = datetime.combine(day, time(hour, minute), organisation_zone()).astimezone(ZoneInfo("UTC"))
    row = Meeting(
        item_id=item.id, stage="planned", starts_at=starts, place=before.place, chair_id=before.chair_id,
        secretary_id=before.secretary_id, quorum=before.quorum, quorum_base=before.quorum_base, open=before.open,
        series_id=series.id, series_on=day,
    )  # fmt: skip
    session().add(row)
    session().flush()
    people = set(
        session().scalars(
            select(MeetingPerson.person_id)
            .join(Person, Person.id == MeetingPerson.person_id)
            .where(MeetingPerson.item_id == last.id, Person.active, Person.kind == "person")
        )
    )
    invite(caller, item, row, people)
    stand_again(last.id, item.id)
    carry(last.id, item.id, before.stage)
    record(MeetingCameAgain(subject=item.id, series=series.id, before=last.id))
    record(MeetingCalled(subject=item.id, people=tuple(sorted(people))))
    return item.id


def carry_on(item_id: int, row: Meeting) -> None:
    """A meeting of a series is over or off: what was not dealt with goes to the next that is planned."""
    if row.series_id is None:
        return
    following_one = select(Meeting.item_id).where(
        Meeting.series_id == row.series_id, Meeting.stage == "planned", Meeting.series_on > row.series_on
    )
    next_id = session().scalar(following_one.order_by(Meeting.series_on).limit(1))
    if next_id is not None:
        carry(item_id, next_id, row.stage)


def _today() -> date:
    return clock.now().astimezone(organisation_zone()).date()


def _running(row: Meeting) -> MeetingSeries | None:
    if row.series_id is None:
        return None
    query = select(MeetingSeries).where(MeetingSeries.id == row.series_id, MeetingSeries.ended_at.is_(None))
    return session().scalar(query.with_for_update())


def _look_ahead(series: MeetingSeries, unit_id: int, today: date) -> None:
    """When the next one is: after the last, and not before today, since nobody meets in the past."""
    roll = roller(session(), unit_id, series.roll)
    newest = session().scalar(select(func.max(Meeting.series_on)).where(Meeting.series_id == series.id))
    after = max(series.last_on, newest or series.last_on)
    series.next_on = next(falling_from(from_text(series.rule), series.begin_on, after, today, roll), None)
    series.make_on = series.next_on - timedelta(days=series.ahead) if series.next_on else None


def _end(series: MeetingSeries, how: str) -> None:
    series.ended_at, series.ended_how, series.next_on, series.make_on = clock.now(), how, None, None
    series.version += 1
    session().flush()
