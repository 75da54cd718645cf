"""Working calendars as administrators change them."""

from datetime import date, timedelta
from typing import Final

from flask import Response

from collab.core.dates.reckoning import Calendar, day_of, parts
from collab.core.dates.shown import digits
from collab.core.errors import Invalid, NotFound, Stale
from collab.core.forms import Form
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, filled, go, show

from ..calendar.days import FIRST_YEAR, LAST_YEAR
from ..calendar.names import renamed
from ..commands import calendars
from ..forms.calendars import CalendarForm, CorrectionForm
from ..queries.calendars import all_calendars, find_calendar, remarkable_days
from ..queries.today import today
from ..words import COUNTRIES, WEEKDAYS, Days, options, said
from . import administration_pages
from .entry import Field, entry, seen, sent, status_of

BASE = "/administration/calendars"
FIRST_JALALI: Final = 1368
LAST_JALALI: Final = 1479
"""The years of the other reckoning that lie within those of the calendars: no number means a year of both."""


class YearForm(Form):
    """The year a calendar is looked at, Gregorian or Jalali."""

    year: int | None = None


@door(administration_pages, "GET /calendars")
def calendars_list() -> Response:
    """Every working calendar, and the form for a new one."""
    return _calendars_page()


@door(administration_pages, "POST /calendars")
def new_calendar() -> Response:
    """Make a working calendar."""
    try:
        calendar_id = calendars.create_calendar(actor(), filled(CalendarForm))
    except Invalid as problem:
        return _calendars_page(problem)
    return go(f"{BASE}/{calendar_id}", _(N_("The calendar is made.")))


def _calendars_page(problem: Invalid | None = None) -> Response:
    form = entry(BASE, _(N_("Make calendar")), _fields(), {"weekend": ["5", "6"]}, problem=problem, typed=entered())
    return show(
        "people/administration/calendars.html",
        status=422 if problem else 200,
        calendars=all_calendars(actor()),
        countries=said(COUNTRIES),
        weekdays=[_(word) for word in WEEKDAYS],
        form=form,
    )


def _fields() -> list[Field]:
    weekdays = tuple((str(number), _(word)) for number, word in enumerate(WEEKDAYS))
    return [
        Field("name", _(N_("Name")), required=True),
        Field("country", _(N_("Public holidays of")), "select", options=options(COUNTRIES)),
        Field("weekend", _(N_("Days of the week not worked")), "checks", options=weekdays),
    ]


@door(administration_pages, "GET /calendars/<id:calendar_id>")
def calendar(calendar_id: int) -> Response:
    """One calendar: its rule, and the remarkable days of a year."""
    return _calendar_page(calendar_id)


@door(administration_pages, "PUT /calendars/<id:calendar_id>")
def change_calendar(calendar_id: int) -> Response:
    """Change name, country or weekend."""
    try:
        calendars.change_calendar(actor(), seen(calendar_id), sent(CalendarForm))
    except (Invalid, Stale) as problem:
        return _calendar_page(calendar_id, "change", problem)
    return go(f"{BASE}/{calendar_id}", _(N_("The calendar is changed.")))


@door(administration_pages, "POST /calendars/<id:calendar_id>/corrections")
def correct(calendar_id: int) -> Response:
    """Say by hand that a day is worked or not, or add a feast of the place."""
    try:
        form = filled(CorrectionForm)
        calendars.correct_calendar(actor(), calendar_id, form)
    except Invalid as problem:
        return _calendar_page(calendar_id, "correct", problem)
    return go(f"{BASE}/{calendar_id}?year={_year_of(form.day)}", _(N_("The day is noted.")))


@door(administration_pages, "DELETE /calendars/<id:calendar_id>/corrections/<day>")
def withdraw(calendar_id: int, day: str) -> Response:
    """Take back what was said by hand about a day."""
    try:
        when = date.fromisoformat(day)
    except ValueError as error:
        raise NotFound from error
    calendars.withdraw_correction(actor(), calendar_id, when)
    return go(f"{BASE}/{calendar_id}?year={_year_of(when)}", _(N_("The day goes by the rule again.")))


def _year_of(day: date) -> int:
    """As the reader reckons."""
    return parts(day, actor().calendar)[0]  # type: ignore[arg-type]


def _ends(year: int) -> tuple[date, date]:
    """The first and the last day of a Gregorian or a Jalali year. Raises NotFound beyond the calendars."""
    if not (FIRST_YEAR <= year <= LAST_YEAR or FIRST_JALALI <= year <= LAST_JALALI):
        raise NotFound
    reckoned: Calendar = "gregorian" if year >= FIRST_YEAR else "jalali"
    return day_of(year, 1, 1, reckoned), day_of(year + 1, 1, 1, reckoned) - timedelta(days=1)


def _calendar_page(calendar_id: int, failed: str = "", problem: Invalid | Stale | None = None) -> Response:
    who = actor()
    card = find_calendar(who, calendar_id)
    year = (None if problem else asked(YearForm).year) or _year_of(today())
    first, last = _ends(year)
    values = {"name": card.name, "country": card.country, "weekend": [str(number) for number in card.weekend]}
    change = entry(f"{BASE}/{calendar_id}?_method=PUT", _(N_("Save")), _fields(), values, typed=entered(),
                   problem=problem if failed == "change" else None, key="change-", version=card.version)  # fmt: skip
    yearly = _(N_("Each year (a feast of the place)"))
    fields = [
        Field("day", _(N_("Day")), "date", required=True),
        Field("name", _(N_("What it is called")), required=True),
        Field("working", _(N_("It is worked")), "check"),
        Field("yearly", yearly, "check"),
    ]
    correction = entry(f"{BASE}/{calendar_id}/corrections", _(N_("Note the day")), fields, typed=entered(),
                       problem=problem if failed == "correct" else None, key="correct-")  # fmt: skip
    return show(
        "people/administration/calendar.html",
        status=status_of(problem),
        calendar=card,
        year=year,
        marked=[
            one if one.by_hand else one._replace(name=renamed(one.name, who.locale))
            for one in remarkable_days(who, calendar_id, first, last)
        ],
        feasts={(feast["month"], feast["day"]) for feast in card.feasts},
        change_form=change,
        correction_form=correction,
        weekdays=[_(word) for word in WEEKDAYS],
        days=Days(who),
        digits=digits,
    )
