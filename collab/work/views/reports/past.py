"""What a unit did in the last month, quarter or year, beside the period before: came and went, age, time, handovers."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from flask import Response

from collab.core.forms import Form
from collab.core.i18n import N_, _, ngettext
from collab.people.unit_tabs import unit_tabs
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, show

from ...filters.tree import Leaf
from ...queries.reports.past import Exchange, Held, Past, Period, past, period_of
from ...queries.reports.place import place_of
from .. import pages
from ..marks import Words
from .addresses import Lists

PERIODS: Final = {"30": N_("30 days"), "90": N_("90 days"), "365": N_("a year")}


class TimePage(Form):
    """How many days back."""

    days: Literal["30", "90", "365"] = "30"


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure beside the one of the period before. `way`: up, down or same; `good`: whether that is welcome, if one
    can say so."""

    name: str
    value: str
    href: str
    before: str
    way: str
    change: str
    look: str
    meaning: str


@dataclass(frozen=True, slots=True)
class HeldLine:
    name: str
    days: str
    stopped: str
    width: float
    stopped_width: float
    each: str


@dataclass(frozen=True, slots=True)
class ExchangeLine:
    by: str
    to: str
    offered: str
    accepted: str
    returned: str
    share: str
    often: bool


@door(pages, "GET /units/<code>/time", query=TimePage)
def unit_time(code: str) -> Response:
    """What came and went in a unit and below, how long it took, which unit had it how long, what was returned."""
    who, wanted = actor(), asked(TimePage)
    place = place_of(who, code)
    found = past(who, place, period_of(place, int(wanted.days)))
    words = Words(who)
    path = f"/units/{place.unit.code}/time"
    return show(
        "work/reports/time.html",
        unit=place.unit,
        tabs=unit_tabs(who, place.unit, "time"),
        periods=[(f"{path}?days={days}", _(word), days == wanted.days) for days, word in PERIODS.items()],
        span=_span(found.period, words),
        figures=_figures(found, words, Lists(who, place.unit.code)),
        held=_held(found.held, words),
        exchanges=[_exchange(each, words) for each in found.exchanges],
        capped=found.capped,
        timed_capped=found.timed_capped,
        empty=not (found.now.opened or found.now.closed or found.held or found.exchanges),
    )


def _span(period: Period, words: Words) -> str:
    return _(
        "%(first)s – %(last)s, compared with %(before)s – %(until)s",
        first=words.day(period.first),
        last=words.day(period.last),
        before=words.day(period.before),
        until=words.day(period.first - timedelta(days=1)),
    )


def _figures(found: Past, words: Words, lists: Lists) -> list[Compared]:
    first = found.period.first.isoformat()
    opened = lists.of(Leaf("created", first, ">="), Leaf("state", "any"), field="unit")
    closed = lists.of(Leaf("closed", first, ">="), field="unit")
    still = lists.of(field="unit")
    now, then = found.now, found.before
    return [
        _compared(_("Opened"), now.opened, then.opened, opened, words, "", _("began in this unit or below")),
        _compared(_("Closed"), now.closed, then.closed, closed, words, "more", _("done or given up")),
        _compared(
            _("Still open"), found.open_now, found.open_then, still, words, "less",
            _("of those begun here, wherever they lie now; before: when it began"),
        ),
        _compared(
            _("Half were closed within"), now.median, then.median, "", words, "less",
            _("working days from the beginning to the end"), days=True,
        ),
        _compared(
            _("Nine of ten within"), now.ninetieth, then.ninetieth, "", words, "less",
            _("working days from the beginning to the end"), days=True,
        ),
    ]  # fmt: skip


def _compared(name: str, value: int | None, before: int | None, href: str, words: Words, good: str, meaning: str, *,
              days: bool = False) -> Compared:  # fmt: skip
    said = words.working_days if days else words.number
    way, change, look = "same", "", ""
    if value is not None and before is not None:
        difference = value - before
        way = "up" if difference > 0 else "down" if difference < 0 else "same"
        number = words.number(abs(difference))
        change = (
            _("%(number)s more than before", number=number) if way == "up"
            else _("%(number)s fewer than before", number=number) if way == "down"
            else _("as before")
        )  # fmt: skip
        if difference and good:
            look = "good" if (difference > 0) == (good == "more") else "bad"
    return Compared(
        name, said(value) if value is not None else "–", href if value else "",
        said(before) if before is not None else "–", way, change, look, meaning,
    )  # fmt: skip


def _held(held: tuple[Held, ...], words: Words) -> list[HeldLine]:
    most = max((one.days + one.stopped for one in held), default=0) or 1
    return [
        HeldLine(
            name=one.unit.name if one.unit else _("Outside the organisation"),
            days=words.number(one.days),
            stopped=words.number(one.stopped) if one.stopped else "",
            width=round(100 * one.days / most, 1),
            stopped_width=round(100 * one.stopped / most, 1),
            each=ngettext("%(number)s item", "%(number)s items", one.items, number=words.number(one.items)),
        )
        for one in held[:40]
    ]


def _exchange(one: Exchange, words: Words) -> ExchangeLine:
    share = round(100 * one.returned / one.offered) if one.offered else 0
    return ExchangeLine(
        one.by.name,
        one.to.name,
        words.number(one.offered),
        words.number(one.accepted),
        words.number(one.returned) if one.returned else "",
        _("%(number)s %%", number=words.number(share)) if one.returned else "",
        one.returned >= 2 and 2 * one.returned >= one.offered,
    )
