"""Who waits for whom: circles first, then every pair, as a picture and as a table; the waits behind each."""

from dataclasses import dataclass
from typing import Annotated, Literal

from flask import Response
from pydantic import Field

from collab.core.actor import Actor
from collab.core.forms import Form
from collab.core.i18n import _, direction, ngettext
from collab.people.unit_tabs import unit_tabs
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, show

from ...queries.parties import names_typed
from ...queries.reports.place import place_of
from ...queries.reports.waiting import Circle, Edge, Waiting, waiting, waits_between
from ...queries.waits import window_of
from ...wait_picture import picture
from .. import pages
from ..looks import address
from ..marks import When, Words
from ..units import wait_row


class WaitsPage(Form):
    """Between units, or between people too."""

    between: Literal["units", "people"] = "units"


class WaitsList(WaitsPage):
    """The waits of one party for another."""

    after: Annotated[str, Field(max_length=400)] | None = None


@dataclass(frozen=True, slots=True)
class EdgeLine:
    by: str
    of: str
    items: str
    href: str
    since: When
    mutual: bool
    width: float


@dataclass(frozen=True, slots=True)
class CircleLine:
    """A circle in words, with the list behind each of its steps."""

    names: tuple[str, ...]
    steps: tuple[EdgeLine, ...]
    items: str


@dataclass(frozen=True, slots=True)
class DrawnBox:
    top: int
    height: int
    name: str


@dataclass(frozen=True, slots=True)
class DrawnArrow:
    path: str
    begin: int
    end: int
    circled: bool
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Drawn:
    height: int
    mirrored: bool
    waiting: tuple[DrawnBox, ...]
    awaited: tuple[DrawnBox, ...]
    arrows: tuple[DrawnArrow, ...]


@door(pages, "GET /units/<code>/waits", query=WaitsPage)
def unit_waits(code: str) -> Response:
    """Who waits for whom, from and to a unit and everything below; the circles in it."""
    who, wanted = actor(), asked(WaitsPage)
    place = place_of(who, code)
    found = waiting(who, place, people=wanted.between == "people")
    words = Words(who)
    path = f"/units/{place.unit.code}/waits"
    most = max((len(edge.items) for edge in found.edges), default=1)
    lines = [_line(edge, path, wanted, words, most) for edge in found.edges]
    return show(
        "work/reports/waits.html",
        unit=place.unit,
        tabs=unit_tabs(who, place.unit, "waits"),
        ways=[
            (f"{path}?between={way}", word, way == wanted.between)
            for way, word in (("units", _("Between units")), ("people", _("Between people")))
        ],
        people=wanted.between == "people",
        reads_people=place.people,
        circles=[_circle(each, path, wanted, words) for each in found.circles],
        lines=lines,
        drawn=_drawn(who, found, words),
        more=words.number(found.more) if found.more else "",
        inside=_inside(found, words),
        capped=found.capped,
    )


@door(pages, "GET /units/<code>/waits/<id:by>/<id:of>", query=WaitsList)
def unit_waits_between(code: str, by: int, of: int) -> Response:
    """The waits of one party for another."""
    who, wanted = actor(), asked(WaitsList)
    place = place_of(who, code)
    people = wanted.between == "people"
    page = waits_between(who, place, by, of, window_of(wanted.after), people=people)
    words, path = Words(who), f"/units/{place.unit.code}/waits/{by}/{of}"
    said = {"between": wanted.between}
    names = names_typed(who, (by, of))
    return show(
        "work/reports/waits_list.html",
        unit=place.unit,
        by=names.one(by).name,
        of=names.one(of).name,
        rows=[wait_row(who, each, words) for each in page.items],
        back_href=f"/units/{place.unit.code}/waits?between={wanted.between}",
        previous_href=address(path, said | {"after": page.previous}) if page.previous else None,
        next_href=address(path, said | {"after": page.next}) if page.next else None,
    )


def _href(edge: Edge, path: str, wanted: WaitsPage) -> str:
    return address(f"{path}/{edge.by.id}/{edge.of.id}", {"between": wanted.between})


def _line(edge: Edge, path: str, wanted: WaitsPage, words: Words, most: int) -> EdgeLine:
    return EdgeLine(
        by=edge.by.name,
        of=edge.of.name,
        items=words.number(len(edge.items)),
        href=_href(edge, path, wanted),
        since=words.when(edge.since),
        mutual=edge.mutual,
        width=round(100 * len(edge.items) / most, 1),
    )


def _circle(circle: Circle, path: str, wanted: WaitsPage, words: Words) -> CircleLine:
    steps = tuple(_line(edge, path, wanted, words, 1) for edge in circle.edges)
    names = (*(edge.by.name for edge in circle.edges), circle.edges[0].by.name)
    items = ngettext("on %(number)s item", "on %(number)s items", circle.items, number=words.number(circle.items))
    return CircleLine(names, steps, items)


def _inside(found: Waiting, words: Words) -> str:
    if not found.inside:
        return ""
    return ngettext(
        "%(number)s question more stays within one unit and is not drawn.",
        "%(number)s questions more stay within one unit and are not drawn.",
        found.inside,
        number=words.number(found.inside),
    )


def _drawn(who: Actor, found: Waiting, words: Words) -> Drawn | None:
    """The picture, turned for those who read from the right; none where nobody waits."""
    edges = {(edge.by.id, edge.of.id): edge for edge in found.edges}
    for circle in found.circles:
        edges |= {(edge.by.id, edge.of.id): edge for edge in circle.edges}
    if not edges:
        return None
    names = {party.id: party.name for edge in edges.values() for party in (edge.by, edge.of)}
    rings = [[edge.by.id for edge in circle.edges] for circle in found.circles]
    mirrored = direction(who.locale) == "rtl"
    made = picture(rings, list(edges), mirrored=mirrored)
    waiting, awaited = (
        tuple(DrawnBox(box.top, box.height, names[box.key]) for box in column)  # type: ignore[index]
        for column in (made.waiting, made.awaited)
    )
    arrows = []
    for arrow in made.arrows:
        edge = edges[arrow.pair]  # type: ignore[index]
        number = words.number(len(edge.items))
        said = _("%(by)s waits for %(of)s: %(number)s", by=edge.by.name, of=edge.of.name, number=number)
        arrows.append(DrawnArrow(arrow.path, arrow.begin, arrow.end, arrow.circled, number, said))
    return Drawn(made.height, mirrored, waiting, awaited, tuple(arrows))
