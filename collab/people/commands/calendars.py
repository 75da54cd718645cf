"""Working calendars: made, changed, corrected by hand; their days are made anew in the same transaction."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session, system
from collab.core.errors import NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from ..calendar.days import FIRST_YEAR, LAST_YEAR
from ..events import CalendarChanged, CalendarCreated, CalendarsExtended
from ..forms.calendars import CalendarForm, CorrectionForm
from ..models import Calendar, CalendarDay, Organisation
from ..organisation import calendars, founding
from ..policy import calendars as reach
from ..policy import may_administer


@open_command(may_administer)
def create_calendar(_actor: Actor, form: CalendarForm) -> int:
    """Make a working calendar with its days. Returns its id."""
    _refuse_known_name(form.name, None)
    id_ = calendars.add_calendar(session(), form.name, form.country, form.weekend)
    _regenerate(id_)
    record(CalendarCreated(subject=id_, country=form.country))
    return id_


@command(may_administer, on=reach)
def change_calendar(_actor: Actor, calendar: Calendar, form: CalendarForm) -> None:
    """Change name, country or weekend of a calendar."""
    _refuse_known_name(form.name, calendar.id)
    calendar.name, calendar.country, calendar.weekend = form.name, form.country, sorted(set(form.weekend))
    calendar.version += 1
    session().flush()
    _regenerate(calendar.id)
    record(CalendarChanged(subject=calendar.id, on=None))


@command(may_administer, on=reach)
def correct_calendar(_actor: Actor, calendar: Calendar, form: CorrectionForm) -> None:
    """Say by hand that a day is worked or not; with `yearly`, add a feast of the place."""
    if not FIRST_YEAR <= form.day.year <= LAST_YEAR:
        raise wrong("day", _(N_("Calendars run from %(first)s to %(last)s."), first=FIRST_YEAR, last=LAST_YEAR))
    if form.yearly:
        if form.working:
            raise wrong("working", _(N_("A feast of every year is not worked.")))
        others = [
            feast for feast in calendar.feasts if (feast["month"], feast["day"]) != (form.day.month, form.day.day)
        ]
        calendar.feasts = [*others, {"month": form.day.month, "day": form.day.day, "name": form.name}]
    else:
        row = {"calendar_id": calendar.id, "day": form.day, "working": form.working, "name": form.name}
        statement = insert(CalendarDay).values(row)
        changed = {"working": statement.excluded.working, "name": statement.excluded.name}
        session().execute(statement.on_conflict_do_update(index_elements=["calendar_id", "day"], set_=changed))
        calendar.version += 1
    session().flush()
    _regenerate(calendar.id)
    record(CalendarChanged(subject=calendar.id, on=form.day.isoformat()))


@command(may_administer, on=reach)
def withdraw_correction(_actor: Actor, calendar: Calendar, day: date) -> None:
    """Take back what was said by hand about a day, or the feast that falls on it each year."""
    mine = (CalendarDay.calendar_id == calendar.id) & (CalendarDay.day == day)
    gone = session().scalar(delete(CalendarDay).where(mine).returning(CalendarDay.day))
    if gone is None:
        left = [feast for feast in calendar.feasts if (feast["month"], feast["day"]) != (day.month, day.day)]
        if len(left) == len(calendar.feasts):
            raise NotFound
        calendar.feasts = left
    calendar.version += 1
    session().flush()
    _regenerate(calendar.id)
    record(CalendarChanged(subject=calendar.id, on=day.isoformat()))


@open_command(system)
def extend_calendars(_actor: Actor) -> int:
    """Give every calendar the days of the years ahead. Returns how many needed it."""
    years = calendars.years_around(founding.today(session()))
    late = calendars.calendars_to_extend(session(), date(years.stop - 1, 12, 31))
    for id_ in late:
        calendars.regenerate(session(), id_, years, _locale())
    if late:
        record(CalendarsExtended(subject=1, until=date(years.stop - 1, 12, 31).isoformat()))
    return len(late)


def _regenerate(calendar_id: int) -> None:
    calendars.regenerate(session(), calendar_id, calendars.years_around(founding.today(session())), _locale())


def _locale() -> str:
    return session().scalar(select(Organisation.locale)) or "en"


def _refuse_known_name(name: str, but: int | None) -> None:
    found = session().scalar(select(Calendar.id).where(Calendar.name == name))
    if found is not None and found != but:
        raise wrong("name", _(N_("Another calendar has this name.")))
