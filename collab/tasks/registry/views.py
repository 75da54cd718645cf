"""The registry as a page and over the API."""

from typing import Any

from flask import Blueprint, Response

from collab.core.actor import Actor
from collab.core.dates import Calendar, parts
from collab.core.i18n import N_, _
from collab.people.queries.today import today
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.api import Answer, endpoint, listed
from collab.web.doors import door
from collab.web.pages import asked, show
from collab.work.events import STATES
from collab.work.lines import ICONS
from collab.work.views.looks import address
from collab.work.views.marks import Words

from ..views import pages
from . import queries
from .forms import RegistryFilter
from .queries import calendar_of_year

WAYS = {"": N_("In and out"), "in": N_("Incoming"), "out": N_("Outgoing")}
MOST_YEARS = 30
"""However old the oldest entry says it is: its day may have been typed wrongly."""
OF_CALENDAR: dict[Calendar, str] = {"gregorian": N_("%(year)s (Gregorian)"), "jalali": N_("%(year)s (Jalali)")}


@door(pages, "GET /registry", query=RegistryFilter)
def registry() -> Response:
    """What came in and went out under a protocol number, the newest day first.

    The years offered are those from its oldest entry to the present one, by the calendar of the organisation.
    """
    who, wanted = actor(), asked(RegistryFilter)
    page, words = queries.registry(who, wanted), Words(who)
    said = wanted.model_dump(exclude_unset=True, mode="json")
    numbered: Calendar = "jalali" if tree().locale == "fa" else "gregorian"
    now = parts(today(), numbered)[0]
    oldest = queries.oldest_day()
    first = max(min(now, parts(oldest, numbered)[0]), now - MOST_YEARS + 1) if oldest else now
    years = sorted({*range(first, now + 1), *([wanted.year] if wanted.year else [])}, reverse=True)
    states = {code: _(word) for code, word in STATES.items()}
    return show(
        "tasks/registry.html",
        wanted=wanted,
        ways=[
            (code, _(word), address("/registry", said | {"way": code, "after": None})) for code, word in WAYS.items()
        ],
        years=[(str(year), _year(who, year, words)) for year in years],
        entries=[
            (
                each,
                words.day(each.day),
                states[each.state_kind],
                ICONS[each.state_kind],
            )
            for each in page.items
        ],
        filtered=bool(wanted.number or wanted.year or wanted.way),
        previous_href=address("/registry", said | {"after": page.previous}) if page.previous else None,
        next_href=address("/registry", said | {"after": page.next}) if page.next else None,
    )


def _year(who: Actor, year: int, words: Words) -> str:
    """A year in the reader's digits; one of another calendar than the reader's own says which."""
    calendar = calendar_of_year(year)
    said = words.number(year)
    return said if calendar == who.calendar else _(OF_CALENDAR[calendar], year=said)


def install(api: Blueprint) -> None:
    """Add the door of this file to the API."""
    endpoint(api, "GET /registry", query=RegistryFilter, gives="Registry")(list_registry)


def list_registry(query: RegistryFilter) -> Answer:
    """What came in and went out under a protocol number, the newest day first."""
    page = queries.registry(actor(), query)
    return listed([_json(each) for each in page.items], page.next)


def _json(entry: queries.Entry) -> dict[str, Any]:
    return {**entry._asdict(), "day": entry.day.isoformat() if entry.day else None}
