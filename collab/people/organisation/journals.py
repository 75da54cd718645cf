"""What a planned change did to the dated tables, row by row, so that it can be taken back until its day."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, bindparam, text
from sqlalchemy.orm import Session

Rows = dict[str, dict[str, dict[str, Any]]]
"""Table → id → the row as JSON."""

# ruff: noqa: S608 only names of this file stand in these statements
_COLUMNS: Final = {
    "unit": ("valid_to", "into_id"),
    "unit_edge": ("unit_id", "parent_id", "valid_from", "valid_to"),
    "post": ("valid_to",),
    "membership": ("person_id", "unit_id", "post_id", "kind", "main", "valid_from", "valid_to"),
}
_MAKES: Final = ("unit_edge", "membership")
"""Tables in which such a change also makes and deletes rows; in the others it changes dates alone."""
_WHOSE: Final = {
    "unit": "id = any(:units)", "unit_edge": "unit_id = any(:units) or parent_id = any(:units)",
    "post": "unit_id = any(:units)", "membership": "unit_id = any(:units)",
}  # fmt: skip
_UNITS: Final = bindparam("units", type_=ARRAY(BigInteger))
_READ: Final = {
    table: text(
        f"select id, json_build_object({', '.join(f'{chr(39)}{name}{chr(39)}, {name}' for name in columns)}) as row "
        f"from {table} where {_WHOSE[table]} order by id"
    ).bindparams(_UNITS)
    for table, columns in _COLUMNS.items()
}
_AS: Final = {
    "valid_from": "date", "valid_to": "date", "kind": "text", "main": "boolean", "into_id": "bigint",
    "unit_id": "bigint", "parent_id": "bigint", "post_id": "bigint", "person_id": "bigint",
}  # fmt: skip


def photograph(session: Session, units: Iterable[int | None]) -> Rows:
    """The rows of these units, their places, posts and people, as they stand."""
    session.flush()
    ids = sorted({unit for unit in units if unit is not None})
    return {table: {str(id_): row for id_, row in session.execute(_READ[table], {"units": ids})} for table in _READ}


def journal(before: Rows, after: Rows) -> dict[str, Any]:
    """What changed: table → id → [before, after]; None where there was or is no row."""
    found: dict[str, Any] = {}
    for table in _COLUMNS:
        for id_ in sorted({*before[table], *after[table]}, key=int):
            pair = [before[table].get(id_), after[table].get(id_)]
            if pair[0] != pair[1]:
                found.setdefault(table, {})[id_] = pair
    return found


def changed_since(session: Session, written: dict[str, Any], tables: Iterable[str]) -> bool:
    """Whether some row of these tables is no longer as the change left it."""
    return any(
        _now(session, table, id_) != after for table in tables for id_, (_, after) in written.get(table, {}).items()
    )


def take_back(session: Session, written: dict[str, Any]) -> list[int]:
    """Put the rows back as they were. A membership that was changed since stays as it is. The people it touches."""
    people: set[int] = set()
    for table, rows in written.items():
        due = [
            (int(id_), before, after)
            for id_, (before, after) in rows.items()
            if table != "membership" or _now(session, table, id_) == after
        ]
        if table == "membership":
            people |= {(before or after)["person_id"] for _, before, after in due}
        for id_, before, _after in due:
            if before is None:
                session.execute(text(f"delete from {table} where id = :id"), {"id": id_})
        for id_, before, after in due:
            if before is not None and after is not None:
                sets = ", ".join(f"{name} = cast(:{name} as {_AS[name]})" for name in _COLUMNS[table])
                session.execute(text(f"update {table} set {sets} where id = :id"), {**before, "id": id_})
        for id_, before, after in due:
            if before is not None and after is None and table in _MAKES:
                names = _COLUMNS[table]
                values = ", ".join(f"cast(:{name} as {_AS[name]})" for name in names)
                session.execute(
                    text(
                        f"insert into {table} (id, {', '.join(names)}) overriding system value values (:id, {values})"
                    ),
                    {**before, "id": id_},
                )
    session.expire_all()
    return sorted(people)


def _now(session: Session, table: str, id_: str) -> dict[str, Any] | None:
    names = ", ".join(f"'{name}', {name}" for name in _COLUMNS[table])
    found: dict[str, Any] | None = session.scalar(
        text(f"select json_build_object({names}) from {table} where id = :id"), {"id": int(id_)}
    )
    return found
