"""A list as a calendar: the days of a month or week, what is due or starts on each, and which are free of work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from collab.core.actor import Actor
from collab.core.dates import digits, parts, shown, shown_range
from collab.core.dates.names import MONTHS, WEEKDAYS
from collab.core.i18n import N_, _
from collab.people.calendar.names import renamed
from collab.people.queries.calendars import days_off
from collab.people.queries.today import today
from collab.people.queries.tree import tree

from ..filters.compile import Compiled
from ..filters.tree import Leaf, Node, parts_of
from ..forms import ListPage
from ..lines import PRIORITIES, lines_of
from ..policy import is_kept
from ..queries.board import Stack
from ..queries.dated import dated_items, next_dated
from ..queries.rows import COUNTED
from ..spans import WEEK, stretch
from .board import Card, total

OF: Final = {"due": N_("by due date"), "start": N_("by start")}
SPANS: Final = {"month": N_("Month"), "week": N_("Week")}
AT_ONCE: Final = 3
"""Items that a day of a month shows before one asks for more."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day: `iso` is what an item is put to; `first` are those shown at once, `rest` those shown when asked for."""

    iso: str
    number: str
    weekday: str
    month: str
    label: str
    free: bool
    name: str
    today: bool
    outside: bool
    first: list[Card]
    rest: list[Card]
    more: str
    all_count: str
    all_href: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The days with their heads, and the ways from here."""

    of: str
    span: str
    title: str
    weekdays: list[str]
    days: list[CalendarDay]
    before_href: str
    today_href: str
    after_href: str
    spans: list[dict[str, Any]]
    ofs: list[dict[str, Any]]
    undated_href: str
    empty: bool
    total: str
    next_day: str = ""
    next_href: str = ""


def calendar_of(
    who: Actor,
    found: Compiled,
    asked: Node,
    wanted: ListPage,
    here: Callable[[Mapping[str, Any]], str],
    at: Callable[[Node], str],
) -> CalendarPage:
    """The calendar. `here` gives its address with something else said, `at` that of the table that asks for more."""
    calendar: Any = who.calendar
    now = today()
    shows = stretch(wanted.span, wanted.day or now, calendar)
    stacked = dated_items(who, found, wanted.of, shows.first, shows.last)
    known = {stack.key: stack for stack in stacked.stacks}
    free = days_off(who, _unit(who, asked), shows.first, shows.last)
    at_once = AT_ONCE if wanted.span == "month" else None

    def made(day: date) -> CalendarDay:
        stack = known.get(day, Stack(day, [], 0))
        rows = stack.cards
        cards = [
            Card(line, row.version, _(PRIORITIES[row.priority]) if row.priority else "", not is_kept(row))
            for row, line in zip(rows, lines_of(who, rows, now), strict=True)
        ]
        # One more line says no less than "+1 more" would.
        shown_at_once = cards if at_once is None or len(cards) <= at_once + 1 else cards[:at_once]
        rest = cards[len(shown_at_once) :]
        _year, month, number = parts(day, calendar)
        cut = stack.count > len(cards) or not stacked.whole
        return CalendarDay(
            iso=day.isoformat(),
            number=digits(number, who.locale),
            weekday=WEEKDAYS[who.locale][day.weekday()],
            month=MONTHS[who.locale, calendar][month - 1] if number == 1 or day == shows.first else "",
            label=shown(day, "weekday", calendar=calendar, locale=who.locale),
            free=day in free,
            name=renamed(free[day], who.locale) if free.get(day) else "",
            today=day == now,
            outside=not shows.begin <= day <= shows.end,
            first=shown_at_once,
            rest=rest,
            more=_("+%(count)s more", count=digits(len(rest), who.locale)) if rest else "",
            all_count=_count(who, stack.count, stacked.whole),
            all_href=at(Leaf(wanted.of, day.isoformat())) if cut and stack.count else "",
        )

    days = [made(day) for day in shows.days]
    following = None if stacked.stacks else next_dated(who, found, wanted.of, shows.last)
    return CalendarPage(
        of=wanted.of,
        span=wanted.span,
        title=shown(shows.begin, "month", calendar=calendar, locale=who.locale)
        if wanted.span == "month"
        else shown_range(shows.begin, shows.end, calendar=calendar, locale=who.locale),
        weekdays=[WEEKDAYS[who.locale][day.weekday()] for day in shows.days[:WEEK]],
        days=days,
        before_href=here({"day": shows.before.isoformat()}),
        today_href=here({"day": None}),
        after_href=here({"day": shows.after.isoformat()}),
        spans=_choices(here, "span", SPANS, wanted.span),
        ofs=_choices(here, "of", OF, wanted.of),
        undated_href=at(Leaf(wanted.of, "none")),
        empty=not stacked.stacks,
        total=total(who, [each for each in stacked.stacks if shows.begin <= each.key <= shows.end], stacked.whole),
        next_day=shown(following, calendar=calendar, locale=who.locale) if following else "",
        next_href=here({"day": following.isoformat()}) if following else "",
    )


def _choices(
    here: Callable[[Mapping[str, Any]], str], name: str, labels: Mapping[str, str], now: str
) -> list[dict[str, Any]]:
    return [{"href": here({name: code}), "label": _(label), "current": now == code} for code, label in labels.items()]


def _unit(who: Actor, asked: Node) -> int | None:
    """Whose holidays are shown: those of the unit that is asked for, else of one's own, else of the organisation."""
    here = tree()
    for part in parts_of(asked):
        if isinstance(part, Leaf) and part.field in ("desk", "unit") and part.value in here.by_code:
            return here.by_code[part.value]
    return min(who.units, default=None)


def _count(who: Actor, many: int, whole: bool) -> str:
    if many >= COUNTED:
        return f"{digits(COUNTED - 1, who.locale)}+"
    return digits(many, who.locale) + ("" if whole else "+") if many else ""
