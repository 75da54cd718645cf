"""How the file of another system is read: which of its columns are ours, what its words mean, how it writes days."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Final, get_args

from pydantic import BeforeValidator

from collab.core.errors import Invalid
from collab.core.forms import Form, parse
from collab.core.i18n import N_, _, listed

from .report import BadFile, Fault
from .written_days import Order, rewritten

MOST_BYTES: Final = 256 * 1024
ANY: Final = "*"
BETWEEN: Final = {"labels": "|"}
"""What stands between the cells of several columns that make one of ours; elsewhere a colon."""

NOT_READ: Final = N_("%(file)s is not a file of TOML that can be read: %(reason)s")
BAD_MAP: Final = N_("In %(file)s, %(place)s: %(reason)s")
NO_COLUMN: Final = N_("There is no such column. Known are: %(known)s.")
BOTH: Final = N_("A column comes either from the file or as a constant.")
NOT_WRITTEN_SO: Final = N_("This is not a date written as the map says (%(order)s).")


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Theirs = Annotated[list[str], BeforeValidator(_several)]
Said = Annotated[str, BeforeValidator(_text)]


class _Written(Form):
    """What a map says, as it stands in its file."""

    dates: Order = "iso"
    columns: dict[str, Theirs] = {}
    constants: dict[str, Said] = {}
    values: dict[str, dict[str, Said]] = {}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Ours to theirs, folded as headers are; without one a file has our own columns and no others."""

    given: bool = False
    dates: Order = "iso"
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)

    def known(self, form: type[Form]) -> set[str]:
        """The names that a header may be recognised by."""
        return {*form.model_fields, *(name for theirs in self.columns.values() for name in theirs)}


def tidy(name: str) -> str:
    """A name of a header as it is compared: without quotes, surrounding space and capitals."""
    return " ".join(name.strip().strip('"').split()).lower()


def read_map(path: Path, form: type[Form]) -> Mapping:
    """Read a map for lists of `form`. Raises BadFile, naming the place."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"> {MOST_BYTES // 1024} kB")
        said = parse(_Written, tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except Invalid as error:
        place, reasons = next(iter(error.fields.items()))
        raise BadFile(_(BAD_MAP, file=path.name, place=place, reason=reasons[0])) from error
    except (OSError, ValueError, RecursionError) as error:  # brackets within brackets by the thousand
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadFile(_(NOT_READ, file=path.name, reason=reason)) from error
    for place, named in (("columns", said.columns), ("constants", said.constants), ("values", said.values)):
        for name in named:
            if name not in form.model_fields:
                reason = _(NO_COLUMN, known=listed(form.model_fields))
                raise BadFile(_(BAD_MAP, file=path.name, place=f"{place}.{name[:40]}", reason=reason))
    for name in said.constants:
        if name in said.columns:
            raise BadFile(_(BAD_MAP, file=path.name, place=f"constants.{name}", reason=_(BOTH)))
    return Mapping(
        given=True,
        dates=said.dates,
        columns={ours: tuple(tidy(name) for name in theirs) for ours, theirs in said.columns.items()},
        constants=said.constants,
        values={ours: {tidy(word): meant for word, meant in words.items()} for ours, words in said.values.items()},
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a row each of our columns stands, what each is called in the file, and which hold days or moments."""

    width: int
    places: dict[str, tuple[int, ...]]
    names: dict[str, str]
    ignored: tuple[str, ...]
    days: dict[str, type]
    mapping: Mapping

    @property
    def columns(self) -> frozenset[str]:
        return frozenset((*self.places, *self.mapping.constants))

    def cells(self, line: int, row: Sequence[str]) -> tuple[dict[str, str], list[Fault]]:
        """A row under our names, and what cannot be read of it."""
        said, faults = dict(self.mapping.constants), []
        for ours, places in self.places.items():
            cell = row[places[0]] if len(places) == 1 else _joined(ours, (row[at].strip() for at in places))
            said[ours] = cell = self._meant(ours, cell)
            if ours in self.days and cell.strip():
                read = rewritten(cell, self.mapping.dates, with_time=self.days[ours] is datetime)
                if read is None:
                    faults.append(Fault(line, ours, _(NOT_WRITTEN_SO, order=self.mapping.dates)))
                else:
                    said[ours] = read
        return said, faults

    def _meant(self, ours: str, cell: str) -> str:
        words = self.mapping.values.get(ours)
        if words is None:
            return cell
        return words.get(tidy(cell), words.get(ANY, cell) if cell.strip() else cell)


def _joined(ours: str, cells: Iterable[str]) -> str:
    return BETWEEN.get(ours, ": ").join(cell for cell in cells if cell)


def laid_out(header: Sequence[str], form: type[Form], mapping: Mapping) -> Layout:
    """Find our columns in a header. A column of our own name counts where the map does not name it."""
    wanted = {name: (name,) for name in form.model_fields if name not in mapping.constants} | mapping.columns
    folded = [tidy(name) for name in header]
    places = {
        ours: tuple(at for name in theirs for at, found in enumerate(folded) if found == name)
        for ours, theirs in wanted.items()
    }
    places = {ours: found for ours, found in places.items() if found}
    used = {at for found in places.values() for at in found}
    ignored = dict.fromkeys(name.strip() for at, name in enumerate(header) if at not in used and name.strip())
    names = {ours: header[found[0]].strip() for ours, found in places.items() if len(found) == 1}
    return Layout(len(header), places, names, tuple(ignored), _days_of(form) if mapping.given else {}, mapping)


def _days_of(form: type[Form]) -> dict[str, type]:
    found = {name: _day_in(about.annotation) for name, about in form.model_fields.items()}
    return {name: kind for name, kind in found.items() if kind is not None}


def _day_in(annotation: Any) -> type | None:
    if annotation in (date, datetime):
        return annotation  # type: ignore[no-any-return]
    inner: Iterable[type | None] = (_day_in(each) for each in get_args(annotation))
    return next((kind for kind in inner if kind is not None), None)
