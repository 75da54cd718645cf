"""A head's Monday: what to do first, how old and how late things are, what falls due, who has how much."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask import Response

from collab.core.actor import Actor
from collab.core.i18n import _, ngettext
from collab.core.paging import Page
from collab.people.unit_tabs import unit_tabs
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import show

from ...filters.compile import compiled
from ...filters.tree import Leaf, every
from ...lines import lines_of
from ...queries.arranged import Arrangement, arranged_items, window_for
from ...queries.reports.past import Flows, flows, period_of
from ...queries.reports.place import Place, place_of
from ...queries.reports.standing import COUNTED, DueDay, Stand, Standing, standing
from ...queries.shapes import Row
from .. import pages
from ..marks import Words
from ..shown import Chip, chip
from ..units import AGES, Bar, DeskRow, desk_row
from .addresses import Lists
from .numbers import counted, effort

SHOWN: Final = 6
"""Nobody's items that stand on the page itself; the rest is behind the number."""
WITHIN: Final = 7
"""Days after today that are told one by one, and whose sum stands among what to do first."""
WEEKS: Final = 8
BESIDE: Final = 30
"""Days that are told beside as many before."""


@dataclass(frozen=True, slots=True)
class Next:
    """A thing to do: a number, what it counts, and the act beside it."""

    number: str
    words: str
    act: str
    href: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class DueBar:
    """What falls due on a day or in a week."""

    word: str
    number: str
    width: float
    href: str
    away: str = ""


@dataclass(frozen=True, slots=True)
class LoadLine:
    """How much one person or one unit has, with the lists behind each number; empty numbers are not shown."""

    name: str
    href: str
    items: str
    overdue: str
    nobodys: str
    oldest: str
    effort: str
    items_href: str
    overdue_href: str
    nobodys_href: str
    width: float
    late: float
    chip: Chip | None = None


@door(pages, "GET /units/<code>/overview")
def unit_overview(code: str) -> Response:
    """What a unit and everything below has to do: what to do first, age, what falls due, load."""
    who = actor()
    place = place_of(who, code)
    found = standing(who, place)
    words, lists = Words(who), Lists(who, place.unit.code)
    return show(
        "work/reports/overview.html",
        unit=place.unit,
        tabs=unit_tabs(who, place.unit, "overview"),
        first=_first(found, place, words, lists),
        summary=_summary(found, place, words),
        beside=_beside(flows(who, place, period_of(place, BESIDE)), words),
        empty=not found.whole.items and not found.offered and not found.asked,
        ages=_ages(found, place, words, lists),
        due=_due(found.due, place, words, lists),
        people=_people(found, place, words, lists),
        more_people=words.number(found.more_people) if found.more_people else "",
        with_people=place.people,
        below=_below(found, place, words, lists),
        rows=_nobodys(who, place, words) if found.whole.nobodys else [],
        nobodys=lists.of(Leaf("holder", "nobody")),
        more_nobodys=found.whole.nobodys > SHOWN,
        capped=found.capped,
        said=_on(words),
    )


def _on(words: Words) -> str:
    return _("As of %(when)s", when=words.when(words.now).whole)


def _first(found: Standing, place: Place, words: Words, lists: Lists) -> list[Next]:
    """The next acts, the most pressing first; what is not there is not spoken of."""
    whole, path = found.whole, f"/units/{place.unit.code}/pending-items"
    last = place.days.today + timedelta(days=WITHIN)
    soon, week = sum(each.items for each in found.due if each.day <= last), lists.due(place.days.today, last)
    every_one = [
        (whole.overdue, ngettext("overdue", "overdue", whole.overdue), _("Look at them"),
         lists.of(Leaf("overdue", "yes")), True),
        (found.lapsed, ngettext("escalated", "escalated", found.lapsed), _("Look at them"),
         lists.of(Leaf("lapsed", "yes")), True),
        (whole.nobodys, ngettext("is nobody's yet", "are nobody's yet", whole.nobodys), _("Assign"),
         lists.of(Leaf("holder", "nobody")), False),
        (found.offered, ngettext("is offered to the unit", "are offered to the unit", found.offered),
         _("Accept or return"), f"{path}?side=offered", False),
        (found.asked, ngettext("question lies in the tray", "questions lie in the tray", found.asked),
         _("Answer"), f"{path}?side=asked", False),
        (soon, ngettext("falls due within 7 days", "fall due within 7 days", soon), _("See which"), week, False),
    ]  # fmt: skip
    return [
        Next(counted(number, words, COUNTED if name in (1, 3, 4) else 0), said, act, href, urgent)
        for name, (number, said, act, href, urgent) in enumerate(every_one)
        if number
    ]


def _summary(found: Standing, place: Place, words: Words) -> list[str]:
    whole = found.whole
    said = [ngettext("%(number)s open item", "%(number)s open items", whole.items, number=words.number(whole.items))]
    if whole.since is not None:
        said.append(_("the oldest since %(day)s", day=words.day(_day(whole.since, place))))
    if whole.stopped:
        said.append(_("%(number)s with a stopped clock", number=words.number(whole.stopped)))
    return said


def _beside(found: Flows, words: Words) -> list[str]:
    """A month beside the one before; nothing where nothing happened in either. How many are open stands above alone:
    these figures are of what is the unit's own, wherever it lies."""
    now, before = found.now, found.before
    if not (now.opened or now.closed or before.opened or before.closed):
        return []
    number = words.number
    return [
        _("opened %(now)s (before %(then)s)", now=number(now.opened), then=number(before.opened)),
        _("finished %(now)s (before %(then)s)", now=number(now.closed), then=number(before.closed)),
    ]


def _day(at: datetime, place: Place) -> date:
    return at.astimezone(ZoneInfo(place.days.zone)).date()


def _ages(found: Standing, place: Place, words: Words, lists: Lists) -> list[Bar]:
    """The buckets, each with its list: between the days on which it begins and ends."""
    most, begins = max(found.ages) or 1, [day.isoformat() for day in place.days.first_days]
    spans = [
        (Leaf("created", begins[0], ">="),),
        (Leaf("created", begins[1], ">="), Leaf("created", begins[0], "<")),
        (Leaf("created", begins[2], ">="), Leaf("created", begins[1], "<")),
        (Leaf("created", begins[2], "<"),),
    ]
    return [
        Bar(_(word), words.number(number), round(100 * number / most, 1), href=lists.of(*span) if number else "")
        for word, number, span in zip(AGES, found.ages, spans, strict=True)
    ]


def _due(days: tuple[DueDay, ...], place: Place, words: Words, lists: Lists) -> list[DueBar]:
    """Today and the seven days after it one by one, then week by week until the eighth."""
    today = place.days.today
    spans = [(today + timedelta(days=n), today + timedelta(days=n), "") for n in range(WITHIN + 1)]
    spans += [
        (
            today + timedelta(days=7 * n + 1),
            today + timedelta(days=7 * n + 7),
            _("days %(first)s–%(last)s", first=words.number(7 * n + 1), last=words.number(7 * n + 7)),
        )
        for n in range(1, WEEKS)
    ]
    sums = [
        (first, last, word or words.near(first),
         sum(each.items for each in days if first <= each.day <= last),
         sum(each.away for each in days if first <= each.day <= last))
        for first, last, word in spans
    ]  # fmt: skip
    most = max((each[3] for each in sums), default=0) or 1
    return [
        DueBar(
            word,
            words.number(items),
            round(100 * items / most, 1),
            lists.due(first, last) if items else "",
            ngettext("%(number)s with somebody absent", "%(number)s with somebody absent", away,
                     number=words.number(away)) if away else "",
        )
        for first, last, word, items, away in sums
    ]  # fmt: skip


def _line(stand: Stand, words: Words, name: str, href: str, most: int, *leaves: Leaf, lists: Lists, code: str = "",
          mark: Chip | None = None, place: Place) -> LoadLine:  # fmt: skip
    def at(*more: Leaf) -> str:
        return lists.of(*leaves, *more, code=code)

    return LoadLine(
        name=name,
        href=href,
        items=words.number(stand.items),
        overdue=words.number(stand.overdue) if stand.overdue else "",
        nobodys=words.number(stand.nobodys) if stand.nobodys else "",
        oldest=words.day(_day(stand.since, place)) if stand.since else "",
        effort=effort(stand.minutes, words),
        items_href=at() if stand.items else "",
        overdue_href=at(Leaf("overdue", "yes")),
        nobodys_href=at(Leaf("holder", "nobody")),
        width=round(100 * (stand.items - stand.overdue) / most, 1),
        late=round(100 * stand.overdue / most, 1),
        chip=mark,
    )


def _people(found: Standing, place: Place, words: Words, lists: Lists) -> list[LoadLine]:
    most = max((one.stand.items for one in found.people), default=1)
    return [
        _line(
            one.stand, words, one.party.name, f"/people/{one.party.id}" if one.party.kind == "person" else "", most,
            Leaf("holder", f"#{one.party.id}"), lists=lists, mark=chip(one.party), place=place,
        )
        for one in found.people
    ]  # fmt: skip


def _below(found: Standing, place: Place, words: Words, lists: Lists) -> list[LoadLine]:
    most = max((one.stand.items for one in found.units), default=0) or 1
    return [
        _line(one.stand, words, one.name, f"/units/{one.code}/overview", most, lists=lists, code=one.code, place=place)
        for one in found.units
    ]


def _nobodys(who: Actor, place: Place, words: Words) -> list[DeskRow]:
    """The first of what nobody has, to be given to somebody from here; two queries."""
    wanted = compiled(who, every(Leaf("desk", place.unit.code), Leaf("holder", "nobody")))
    arranged = Arrangement("due")
    page: Page[Row] = arranged_items(who, wanted, arranged, window_for(wanted, arranged, None, SHOWN))
    lines = lines_of(who, page.items, words.today)
    return [desk_row(who, row, line) for row, line in zip(page.items, lines, strict=True)]
