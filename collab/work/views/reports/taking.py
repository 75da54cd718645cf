"""The head's figures taken along: load, age, what falls due, waits and time, as a workbook, as CSV, or on A4."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import xlsxwriter
from flask import Response, make_response

from collab.core.actor import Actor
from collab.core.forms import Form
from collab.core.i18n import N_, _
from collab.core.print import sheet_data
from collab.core.text.sheet import as_csv
from collab.people.queries.house import frame
from collab.people.unit_tabs import unit_tabs
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, filled, go, show

from ...commands.figures import print_figures
from ...queries.reports.past import past, period_of
from ...queries.reports.place import Place, place_of
from ...queries.reports.standing import Stand, standing
from ...queries.reports.waiting import waiting
from .. import pages
from ..marks import Words
from ..units import AGES
from .overview import _day
from .past import PERIODS

Cell = str | int | date | None
CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME: Final = N_("Figures of %(unit)s")
LOAD: Final = (N_("Open items"), N_("Overdue"), N_("Nobody's"), N_("Clock stopped"), N_("Oldest since"))
MOST: Final = 200


class Taken(Form):
    """As what it is taken along, and over how many days back the time is counted."""

    format: Literal["xlsx", "csv"] = "xlsx"
    days: Literal["30", "90", "365"] = "30"


class OnPaper(Form):
    """How many days back the time is counted."""

    days: Literal["30", "90", "365"] = "30"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of figures; the first `names` columns say what the numbers are of."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    names: int = 1


@door(pages, "GET /units/<code>/figures", query=OnPaper)
def unit_figures(code: str) -> Response:
    """All figures of a unit and below as tables, to be printed or taken along."""
    who, wanted = actor(), asked(OnPaper)
    place, words = place_of(who, code), Words(who)
    path = f"/units/{place.unit.code}/figures"
    return show(
        "work/reports/figures.html",
        unit=place.unit,
        tabs=unit_tabs(who, place.unit, "figures"),
        days=wanted.days,
        periods=[(f"{path}?days={days}", _(word), days == wanted.days) for days, word in PERIODS.items()],
        tables=[
            (each.title, each.columns, each.names, [[_said(cell, words) for cell in row] for row in each.rows[:MOST]])
            for each in tables(who, place, int(wanted.days))
        ],
        said=_("As of %(when)s", when=words.when(words.now).whole),
    )


@door(pages, "GET /units/<code>/figures/sheet", query=Taken)
def unit_figures_sheet(code: str) -> Response:
    """The same as a workbook with a sheet for each table, or as one CSV: table, name, counterpart, figure, value."""
    who, wanted = actor(), asked(Taken)
    place = place_of(who, code)
    found = tables(who, place, int(wanted.days))
    content = _xlsx(found, who.locale) if wanted.format == "xlsx" else _csv(found, who.locale)
    answer = make_response(content)
    answer.headers["Content-Type"] = XLSX if wanted.format == "xlsx" else CSV
    file = f"figures-{Words(who).today.isoformat()}.{wanted.format}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@door(pages, "POST /units/<code>/figure-papers", takes=OnPaper)
def print_unit_figures(code: str) -> Response:
    """Ask for the same on A4 as PDF; a job makes it, for the asker alone."""
    who, wanted = actor(), filled(OnPaper)
    place, words = place_of(who, code), Words(who)
    title = _(NAME, unit=place.unit.name)
    sections = [
        {
            "title": each.title,
            "columns": each.columns,
            "widths": [3] * each.names + [2] * (len(each.columns) - each.names),
            "rows": [[_said(cell, words) for cell in row] for row in each.rows[:MOST]],
        }
        for each in tables(who, place, int(wanted.days))
        if each.rows
    ]
    data = sheet_data(
        who.locale, title, head={"organisation": frame(who).organisation, "lines": [place.unit.code]}, facts=[],
        sections=[{"title": _("As of %(when)s", when=words.when(words.now).whole)}, *sections], signatures=[],
    )  # fmt: skip
    return go(f"/papers/{print_figures(who, place.unit.id, data, f'{title}.pdf')}")


def tables(who: Actor, place: Place, days: int) -> list[Table]:
    """Everything the head's pages count, as far as this reader may read it."""
    found, then = standing(who, place), past(who, place, period_of(place, days))
    load = tuple(_(word) for word in LOAD)
    outside = _(N_("Outside the organisation"))
    return [
        Table(_(N_("Load by person")), (_(N_("Person")), *load),
              [(one.party.name, *_stand(one.stand, place)) for one in found.people]),
        Table(_(N_("Load by unit, each with those below it")), (_(N_("Unit")), *load),
              [(place.unit.name, *_stand(found.whole, place)),
               *((one.name, *_stand(one.stand, place)) for one in found.units)]),
        Table(_(N_("Age in working days")), (_(N_("Working days")), _(N_("Open items"))),
              [(_(word), number) for word, number in zip(AGES, found.ages, strict=True)]),
        Table(_(N_("What falls due")), (_(N_("Day")), _(N_("Open items"))),
              [(one.day, one.items) for one in found.due]),
        Table(_(N_("Who waits for whom")), (_(N_("Who waits")), _(N_("For whom")), _(N_("Items")), _(N_("Since"))),
              [(one.by.name, one.of.name, len(one.items), _day(one.since, place))
               for one in waiting(who, place, people=False).edges], names=2),
        Table(_(N_("Who had the ball")), (_(N_("Unit")), _(N_("Working days")), _(N_("Clock stopped")), _(N_("Items"))),
              [(one.unit.name if one.unit else outside, one.days, one.stopped, one.items) for one in then.held]),
        Table(_(N_("Came and went")), ("", _(N_("This period")), _(N_("Before"))),
              [(_(N_("Opened")), then.now.opened, then.before.opened),
               (_(N_("Closed")), then.now.closed, then.before.closed),
               (_(N_("Half were closed within")), then.now.median, then.before.median),
               (_(N_("Nine of ten within")), then.now.ninetieth, then.before.ninetieth)]),
        Table(_(N_("Handed over")),
              (_(N_("From unit")), _(N_("To unit")), _(N_("Offered")), _(N_("Accepted")), _(N_("Returned"))),
              [(one.by.name, one.to.name, one.offered, one.accepted, one.returned) for one in then.exchanges], names=2),
    ]  # fmt: skip


def _stand(one: Stand, place: Place) -> tuple[Cell, ...]:
    return one.items, one.overdue, one.nobodys, one.stopped, _day(one.since, place) if one.since else None


def _said(cell: Cell, words: Words) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, date):
        return words.day(cell)
    return words.number(cell) if isinstance(cell, int) else cell


def _csv(found: list[Table], locale: str) -> str:
    head = [_(N_("Table")), _(N_("Name")), _(N_("Counterpart")), _(N_("Figure")), _(N_("Value"))]
    lines = [
        [each.title, str(row[0]), str(row[1]) if each.names == 2 else "", name, _plain(value)]
        for each in found
        for row in each.rows
        for name, value in zip(each.columns[each.names :], row[each.names :], strict=True)
    ]
    return as_csv(head, lines, locale=locale)


def _plain(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def _xlsx(found: list[Table], locale: str) -> bytes:
    """Numbers as numbers, days as days; nothing that somebody typed becomes a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        for each in found:
            sheet = book.add_worksheet(each.title[:31])
            if locale == "fa":
                sheet.right_to_left()
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, each.names - 1, 32)
            sheet.set_column(each.names, len(each.columns), 16)
            for place, name in enumerate(each.columns):
                sheet.write_string(0, place, name, bold)
            for line, row in enumerate(each.rows, start=1):
                for place, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(line, place, cell)
                    elif isinstance(cell, date):
                        sheet.write_datetime(line, place, cell, day)
                    elif cell is not None:
                        sheet.write_number(line, place, cell)
    return out.getvalue()
