"""The pending page of a unit: the head's page, and everybody's who works there."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from flask import Response
from pydantic import Field

from collab.core.actor import Actor
from collab.core.forms import Form
from collab.core.i18n import N_, _, ngettext
from collab.core.paging import Page
from collab.people.queries.tree import tree
from collab.people.queries.unit import UnitCard, find_unit
from collab.people.unit_tabs import unit_tabs
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, show

from ..forms import Filter
from ..lines import Due, Line, due_of, lines_of
from ..queries import handovers, waits
from ..queries.lists import list_items
from ..queries.pending import Figures, asked_of, unit_figures, we_wait_for
from ..queries.shapes import Row
from . import pages
from .looks import address
from .marks import When, Words
from .may import MayWait, may_decide, may_do_in_list, may_with_wait
from .shown import Chip, chip

SIDES = {
    "for-us": N_("Waiting for us"), "asked": N_("Asked of us"), "we-wait": N_("We wait for"),
    "offered": N_("Offered to us"), "nobody": N_("Nobody's yet"),
}  # fmt: skip
AGES = (N_("0–5 days"), N_("6–15 days"), N_("16–30 days"), N_("over 30 days"))
NOTHING = {
    "for-us": (N_("Nobody waits for this unit"), N_("What lies on its desk stands here by due date.")),
    "asked": (
        N_("Nothing is asked of this unit"),
        N_("Questions to the whole unit stand here until somebody takes them."),
    ),
    "we-wait": (N_("This unit waits for nobody"), N_("What it asked of others stands here until the answer comes.")),
    "offered": (
        N_("Nothing is offered to this unit"),
        N_("What other units hand over stands here until it is accepted."),
    ),
    "nobody": (N_("Everything has somebody"), N_("Items that nobody of the unit has taken yet stand here.")),
}


class PendingPage(Form):
    """Which side of the unit's pending work, from where on."""

    side: Literal["for-us", "asked", "we-wait", "offered", "nobody"] = "for-us"
    after: Annotated[str, Field(max_length=400)] | None = None


@dataclass(frozen=True, slots=True)
class WaitRow:
    id: int
    href: str
    reference: str
    title: str
    what: str
    of: str
    by: str
    since: When
    due: Due
    nudges: str
    may: MayWait


@dataclass(frozen=True, slots=True)
class DeskRow:
    """An item on the unit's desk, with what this reader may do about it from here."""

    line: Line
    take: bool
    assign: bool


@dataclass(frozen=True, slots=True)
class OfferRow:
    id: int
    href: str
    reference: str
    title: str
    note: str
    sender: str
    unit: str
    since: When
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A number drawn: `width` in per cent of the longest."""

    word: str
    number: str
    width: float
    chip: Chip | None = None
    href: str = ""


@door(pages, "GET /units/<code>/pending-items", query=PendingPage)
def unit_pending_items(code: str) -> Response:
    """What waits for a unit, what it waits for, how old it is and who has it."""
    who, wanted = actor(), asked(PendingPage)
    unit = find_unit(who, code)
    figures = unit_figures(who, unit.id)
    words = Words(who)
    path = f"/units/{unit.code}/pending-items"
    rows, page = _rows(who, unit, wanted, words)
    said = {"side": wanted.side}
    return show(
        "work/unit.html",
        fragment="work/_unit.html",
        unit=unit,
        pages=unit_tabs(who, unit, "pending-items"),
        below=unit.id in tree().nodes and bool(tree().nodes[unit.id].below),
        here=address(path, said | {"after": wanted.after}),
        summary=_summary(figures, words),
        tabs=_tabs(path, wanted.side, figures, words),
        side=wanted.side,
        rows=rows,
        ages=_ages(figures, words),
        loads=_loads(figures, words, path),
        capped=figures.capped,
        heads=unit.id in who.headed,
        previous_href=address(path, said | {"after": page.previous}) if page.previous else None,
        next_href=address(path, said | {"after": page.next}) if page.next else None,
        nothing=(_(NOTHING[wanted.side][0]), _(NOTHING[wanted.side][1])),
    )


def _rows(who: Actor, unit: UnitCard, wanted: PendingPage, words: Words) -> tuple[list[Any], Page[Any]]:
    if wanted.side == "offered":
        offers = handovers.offered_to(who, unit.id, handovers.window_of(wanted.after))
        return [_offer_row(who, each, words) for each in offers.items], offers
    if wanted.side in ("asked", "we-wait"):
        window = waits.window_of(wanted.after)
        find = asked_of if wanted.side == "asked" else we_wait_for
        found = find(who, unit.id, window)
        return [wait_row(who, each, words) for each in found.items], found
    holder = "nobody" if wanted.side == "nobody" else None
    items = list_items(who, Filter(desk=unit.code, holder=holder, after=wanted.after))
    lines = lines_of(who, items.items, words.today)
    return [desk_row(who, row, line) for row, line in zip(items.items, lines, strict=True)], items


def desk_row(who: Actor, row: Row, line: Line) -> DeskRow:
    """The line of an item with what this reader may do about it from there."""
    may = may_do_in_list(who, row)
    return DeskRow(line, may.take, may.assign)


def wait_row(who: Actor, each: waits.Expected, words: Words) -> WaitRow:
    """A wait as a line, with what this reader may do about it."""
    wait = each.wait
    return WaitRow(
        id=wait.id,
        href=f"/work-items/{each.reference}#wait-{wait.id}" if each.reference else "",
        reference=each.reference or "",
        title=each.title or "",
        what=wait.what,
        of=wait.of.name if wait.of else "",
        by=wait.by.name if wait.by else "",
        since=words.when(wait.since),
        due=due_of(who, wait.until, words.today),
        nudges=words.number(wait.nudges) if wait.nudges else "",
        may=may_with_wait(who, wait),
    )


def _offer_row(who: Actor, each: handovers.Offered, words: Words) -> OfferRow:
    return OfferRow(
        id=each.handover.id,
        href=f"/work-items/{each.reference}",
        reference=each.reference,
        title=each.title,
        note=each.handover.note,
        sender=each.handover.sender.name,
        unit=each.handover.from_unit.name,
        since=words.when(each.handover.offered_at),
        may_decide=may_decide(who, each.handover),
    )


def _counted(number: int, words: Words, most: int = 100) -> str:
    return f"{words.number(most - 1)}+" if number >= most else words.number(number)


def _summary(figures: Figures, words: Words) -> list[tuple[str, bool]]:
    """Sentences under the title; the second of each pair says whether it is urgent."""
    here = _counted(figures.here, words, 1_000)
    found = [(ngettext("%(here)s open item", "%(here)s open items", figures.here, here=here), False)]
    if figures.overdue:
        late = _counted(figures.overdue, words, 1_000)
        found.append((ngettext("%(late)s overdue", "%(late)s overdue", figures.overdue, late=late), True))
    if figures.clock_stopped:
        found.append((_("%(number)s with a stopped clock", number=words.number(figures.clock_stopped)), False))
    if figures.here:
        found.append((_("oldest %(days)s", days=words.working_days(figures.oldest)), False))
    return found


def _tabs(path: str, side: str, figures: Figures, words: Words) -> list[dict[str, Any]]:
    counts = {
        "for-us": figures.here, "asked": figures.asked_of_us, "we-wait": figures.we_wait, "offered": figures.offered,
        "nobody": figures.nobodys,
    }  # fmt: skip
    return [
        {
            "label": _(label),
            "href": f"{path}?side={code}",
            "current": code == side,
            "count": _counted(counts[code], words) if counts[code] else "",
            "new": code in ("asked", "offered") and counts[code] > 0,
        }
        for code, label in SIDES.items()
    ]


def _ages(figures: Figures, words: Words) -> list[Bar]:
    most = max(figures.ages) or 1
    return [
        Bar(_(word), words.number(number), round(100 * number / most, 1))
        for word, number in zip(AGES, figures.ages, strict=True)
    ]


def _loads(figures: Figures, words: Words, path: str) -> list[Bar]:
    most = max((load.items for load in figures.loads), default=1)
    return [
        Bar(
            load.party.name if load.party else _("nobody"),
            words.number(load.items),
            round(100 * load.items / most, 1),
            chip(load.party) if load.party else None,
            f"/work-items?holder={load.party.id}" if load.party else f"{path}?side=nobody",
        )
        for load in figures.loads
    ]
