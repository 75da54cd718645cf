"""Lists of work as they are read from a file."""

from typing import Any

from collab.people.importing.sheet import Row
from collab.tasks.importing.planning import WorkList
from collab.tasks.importing.rows import WorkRow


def listed(*cells: dict[str, Any], columns: frozenset[str] | None = None) -> WorkList:
    rows = []
    for line, given in enumerate(cells, start=2):
        full = {"kind": "task", "title": f"Title {line}", "unit_code": "PARKS", "external_id": f"X-{line}", **given}
        rows.append(Row(line, WorkRow.model_validate(full)))
    return WorkList(rows, (), columns or frozenset(WorkRow.model_fields))
