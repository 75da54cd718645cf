"""What a list page shows: its query with chips, its ways to look, its table with groups. Every list is made here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Response, request

from collab.core.actor import Actor
from collab.core.i18n import _
from collab.people.queries.today import today
from collab.web.actors import actor
from collab.web.pages import show

from ..filters.asking import speaker_of
from ..filters.compile import compiled
from ..filters.errors import BadQuery
from ..filters.parse import parse
from ..filters.tree import ALL, Node, every
from ..filters.write import write
from ..forms import ListPage
from ..queries.arranged import Arrangement, arranged_items, counted_here, counted_items, window_for
from ..queries.progress import progress_of
from .board import BY, Board, board_of
from .calendar import CalendarPage, calendar_of
from .chips import Adding, Chip, adding, chips_of
from .columns import SUMMED, chosen, offered
from .groups import Group, found_words, grouped, totals
from .looks import GROUPS, address, choices, layouts, looked_at, sorts

YEAR: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Way:
    """A way to look at a list that stands ready: a tab, or a view somebody saved."""

    code: str
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the application: its address, what it is of, its ways to look, and what an empty one says.

    `base` narrows whatever is asked; `empty`: code of the way → title and sentence.
    """

    address: str
    title: str
    kind: str = ""
    base: Node = ALL
    ways: tuple[Way, ...] = ()
    empty: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    new_href: str = ""


@dataclass
class Asked:
    """A query as it was typed and understood; `wrong` when it was not."""

    text: str
    tree: Node = ALL
    wrong: BadQuery | None = None


def listing(wanted: ListPage, page_of: Listing, asked: Asked, *, notes: Any = None) -> Response:
    """The page; `notes(rows)` gives a note for each row's id. A query that is not understood is shown again with the
    word marked, and nothing is guessed."""
    who = actor()
    said = wanted.model_dump(exclude_unset=True, include=set(ListPage.model_fields))
    said["query"] = asked.text
    arranged, group = _arranged(wanted)
    columns = chosen(request.cookies.get(kept_as(page_of.address), ""), page_of.kind)
    groups: list[Group] = []
    board: Board | None = None
    calendar: CalendarPage | None = None
    previous = following = None
    in_all: dict[str, str] = {}
    many = ""
    only_open = True
    status = 200
    try:
        if asked.wrong is not None:
            raise asked.wrong
        found = compiled(who, every(page_of.base, asked.tree))
        only_open = found.only_open
        if wanted.layout == "board":
            board = board_of(who, found, wanted.by, wanted.order, _more(who, page_of, said, asked))
        elif wanted.layout == "calendar":
            calendar = calendar_of(
                who, found, asked.tree, wanted, _turned(page_of, said), _more(who, page_of, said, asked)
            )
        else:
            window = window_for(found, arranged, wanted.after, wanted.limit)
            page = arranged_items(who, found, arranged, window)
            sums = any(each.code in SUMMED for each in columns)
            by_due = today() if sums and found.only_open and group == "due" else None
            counted = None if sums else counted_here(page, arranged.group)
            if counted is None:
                counted = counted_items(who, found, arranged, sums=sums, by_due=by_due)
            in_all = totals(who, counted)
            many = found_words(who, counted)
            if not found.only_open and group == "due":
                group = "none"
            with_parts = any(each.code == "parts" for each in columns)
            parts = progress_of(who, [row.id for row in page.items]) if with_parts else {}
            groups = grouped(who, page.items, group, counted, columns, notes(page.items) if notes else {}, parts)
            previous, following = page.previous, page.next
    except BadQuery as problem:
        asked.wrong, status = problem, 422
    ways = _ways(who, page_of)
    way = next((each for each, tree, _text in ways if asked.wrong is None and tree == asked.tree), None)
    return show(
        "work/list.html",
        fragment=f"work/_{wanted.layout}.html",
        status=status,
        title=_(page_of.title),
        offered_columns=offered(page_of.kind),
        here=address(page_of.address, said),
        page_of=page_of,
        wanted=wanted,
        asked=asked,
        marked=_marked(asked),
        mended=address(page_of.address, said | {"query": _mended(asked), "after": None}) if asked.wrong else "",
        tabs=[
            {
                "href": address(page_of.address, {"query": text} | looked_at(said)),
                "label": _(each.label),
                "current": each is way,
                "counted": each.code == "mine",
            }
            for each, _tree, text in ways
        ],
        chips=_chips(who, page_of, said, asked),
        adding=_adding(who, page_of, said, asked),
        groups=groups,
        board=board,
        look=looked_at(said),
        calendar=calendar,
        layouts=layouts(page_of.address, said, wanted),
        by_choices=choices(page_of.address, said, "by", BY, wanted.by),
        columns=columns,
        in_all=in_all,
        sorts=sorts(page_of.address, said, wanted, only_open=only_open),
        only_open=only_open,
        group_choices=choices(page_of.address, said, "group", GROUPS, wanted.group),
        found=many,
        previous_href=address(page_of.address, said | {"after": previous}) if previous else None,
        next_href=address(page_of.address, said | {"after": following}) if following else None,
        empty=_empty(page_of, way),
        sheet_href=address("/queries/sheet", {"list": page_of.address[1:], "query": asked.text}),
        views_href=address(
            "/views",
            {"list": page_of.address[1:], "query": asked.text, "order": wanted.order, "group": wanted.group}
            | looked_at(said),
        ),
        all_href=address(page_of.address, {"query": ""} | looked_at(said)),
    )  # fmt: skip


def kept_as(path: str) -> str:
    """The cookie in which the columns of a list are kept."""
    return f"columns-{path.strip('/').split('/')[0]}"


def typed(wanted: ListPage) -> str | None:
    """The query in the address, also an empty one: that asks for everything, where none asks for the usual."""
    return wanted.query if wanted.query is not None else "" if "query" in request.args else None


def read(text: str) -> Asked:
    """What was typed, understood as far as it can be."""
    try:
        return Asked(text, parse(text, speaker_of(actor())))
    except BadQuery as problem:
        return Asked(text, ALL, problem)


def spoken(tree: Node) -> Asked:
    """A tree made elsewhere, written in the reader's language."""
    return Asked(write(tree, speaker_of(actor())), tree)


def _arranged(wanted: ListPage) -> tuple[Arrangement, str]:
    group = wanted.group or ("due" if wanted.order == "due" else "none")
    if group == "due" and wanted.order != "due":
        group = "none"
    return Arrangement(wanted.order, group if group not in ("due", "none") else ""), group


def _ways(who: Actor, page_of: Listing) -> list[tuple[Way, Node, str]]:
    """Each way with what it asks for, understood and written in the reader's language."""
    speaker = speaker_of(who)
    trees = [(each, parse(each.query, speaker)) for each in page_of.ways]
    return [(each, tree, write(tree, speaker)) for each, tree in trees]


def _marked(asked: Asked) -> tuple[str, str, str] | None:
    """The query before, at and after the word that is wrong."""
    if asked.wrong is None or asked.wrong.end <= asked.wrong.begin:
        return None
    begin, end = asked.wrong.begin, asked.wrong.end
    return asked.text[:begin], asked.text[begin:end], asked.text[end:]


def _mended(asked: Asked) -> str:
    """The query with the suggestion in the place of the word."""
    if asked.wrong is None or not asked.wrong.suggestion:
        return ""
    return asked.text[: asked.wrong.begin] + asked.wrong.suggestion + asked.text[asked.wrong.end :]


def _chips(who: Actor, page_of: Listing, said: dict[str, Any], asked: Asked) -> list[Chip]:
    speaker = speaker_of(who)

    def at(tree: Node) -> str:
        return address(page_of.address, said | {"query": write(tree, speaker), "after": None})

    return chips_of(who, asked.tree, at) if asked.wrong is None else []


def _adding(who: Actor, page_of: Listing, said: dict[str, Any], asked: Asked) -> Adding:
    speaker = speaker_of(who)

    def at(more: Node) -> str:
        query = write(every(asked.tree, more), speaker)
        return address(page_of.address, said | {"query": query, "after": None})

    return adding(who, page_of.kind, at)


def _more(who: Actor, page_of: Listing, said: dict[str, Any], asked: Asked) -> Any:
    """The address of the table that asks for more conditions than the query has."""

    speaker = speaker_of(who)

    def at(more: Node) -> str:
        query = write(every(asked.tree, more), speaker)
        return address(page_of.address, said | dict.fromkeys((*looked_at(said), "after")) | {"query": query})

    return at


def _turned(page_of: Listing, said: dict[str, Any]) -> Any:
    """The address of this list with something else said of how it is looked at."""
    return lambda other: address(page_of.address, said | other | {"after": None})


def _empty(page_of: Listing, way: Way | None) -> tuple[str, str] | None:
    """What a way to look at it says when it finds nothing; none for a query of one's own."""
    said = page_of.empty.get(way.code) if way else None
    return (_(said[0]), _(said[1])) if said else None
