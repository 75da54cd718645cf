"""A list taken along as a sheet: its head, an item as a line of cells, and the sheet itself as CSV or for Excel."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import xlsxwriter

from collab.core.actor import Actor
from collab.core.i18n import N_, _
from collab.people.queries.tree import tree

from .effort import hours
from .events import STATES
from .filters.compile import Compiled
from .kinds import kinds
from .lines import PRIORITIES
from .queries.arranged import Arrangement, arranged_items, window_for
from .queries.shapes import Row

PART: Final = 200
HEAD: Final = (
    N_("Reference"), N_("Title"), N_("Kind"), N_("State"), N_("Priority"), N_("Unit"), N_("Lies with"), N_("Holder"),
    N_("Start"), N_("Due date"), N_("Labels"), N_("Created"), N_("Changed"), N_("Closed"), N_("Planned (hours)"),
    N_("Spent (hours)"),
)  # fmt: skip
CASE: Final = (N_("Protocol number"), N_("Counterpart"))
WIDTHS: Final = (14, 48, 16, 14, 12, 12, 12, 24, 12, 12, 24, 12, 12, 12, 12, 12, 20, 28)
Cell = str | date | float


def head(kind: str) -> list[str]:
    """The names of the columns of a list of this kind (empty: of every kind)."""
    return [_(each) for each in (*HEAD, *(CASE if kind != "task" else ()))]


def parts(actor: Actor, wanted: Compiled, kind: str) -> Iterator[list[list[Cell]]]:
    """Every item that a query finds, by due date, as cells, part by part; two queries a part."""
    arranged, after = Arrangement(), None
    here = ZoneInfo(tree().time_zone)
    while True:
        page = arranged_items(actor, wanted, arranged, window_for(wanted, arranged, after, PART))
        cases = _cases(actor, page.items) if kind != "task" else {}
        yield [[*_cells(row, here), *(cases.get(row.id, ("", "")) if kind != "task" else ())] for row in page.items]
        after = page.next
        if after is None:
            return


def plain(line: Sequence[Cell], locale: str) -> list[str]:
    """A line for CSV: days as ISO dates, which every spreadsheet reads, decimals with the comma or point of the
    language."""
    point = "," if locale == "el" else "."

    def text(cell: Cell) -> str:
        if isinstance(cell, date):
            return cell.isoformat()
        return cell if isinstance(cell, str) else f"{cell:g}".replace(".", point)

    return [text(cell) for cell in line]


def as_xlsx(path: Path, names: Sequence[str], lines: Iterable[Sequence[Cell]], *, locale: str) -> int:
    """Write a workbook of one sheet, line by line in little memory; the number of lines. Right to left in Persian,
    days as days; nothing that somebody typed becomes a formula or a link."""
    count = 0
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        if locale == "fa":
            sheet.right_to_left()
        bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, width in enumerate(WIDTHS[: len(names)]):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, bold)
        for count, line in enumerate(lines, start=1):
            for place, cell in enumerate(line):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(count, place, cell)
                elif isinstance(cell, float):
                    sheet.write_number(count, place, cell)
                else:
                    sheet.write_datetime(count, place, cell, day)
        if count:
            sheet.autofilter(0, 0, count, len(names) - 1)
    return count


def _cells(row: Row, here: ZoneInfo) -> list[Cell]:
    def day(instant: datetime | None) -> Cell:
        return instant.astimezone(here).date() if instant else ""

    return [
        row.reference,
        row.title,
        _(kinds()[row.kind].name) if row.kind in kinds() else row.kind,
        _(STATES[row.state_kind]),
        _(PRIORITIES[row.priority]) if row.priority else "",
        row.unit.code or "",
        row.desk.code or "",
        row.holder.name if row.holder else "",
        row.start_on or "",
        row.due_on or "",
        ", ".join(row.labels),
        day(row.created_at),
        day(row.changed_at),
        day(row.closed_at),
        hours(row.effort_minutes),
        hours(row.spent_minutes),
    ]


def _cases(actor: Actor, rows: Sequence[Row]) -> dict[int, tuple[str, str]]:
    """Protocol number and counterpart of the pending items; one query."""
    kind = kinds().get("pending")
    ids = [row.id for row in rows if row.kind == "pending"]
    if kind is None or kind.json is None or not ids:
        return {}
    shown: dict[int, dict[str, Any]] = kind.json(actor, ids)
    return {
        id_: (each["protocol_number"] or "", (each["counterpart"] or {}).get("name", "")) for id_, each in shown.items()
    }
