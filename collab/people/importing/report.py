"""What is said about a file that was brought in: what is wrong with it, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from collab.core.errors import Invalid
from collab.core.i18n import N_, _

NOT_ALL_GOOD = N_("Some rows are bad. Nothing was changed.")


class BadFile(Exception):
    """The file as a whole cannot be read; its text is a sentence in the reader's language."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row cannot be taken. `line` counts from 1 as an editor does; `column` is empty for the whole row. `row`
    is the code, mail address or external id by which other rows may mean it, where that could be read."""

    line: int
    column: str
    reason: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were (or would be) new, changed or as they were, and what is wrong with the others.

    `posts_ended`: how many heads, deputies and acting heads are that no longer. `ignored`: columns of the file
    that mean nothing here.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: tuple[Fault, ...] = field(default=())
    posts_ended: int = 0
    ignored: tuple[str, ...] = ()

    @property
    def bad_rows(self) -> int:
        return len({fault.line for fault in self.faults})


def lines_of(faults: Iterable[Fault]) -> dict[str, int]:
    """The line of each row that cannot be taken, by what other rows call it."""
    found: dict[str, int] = {}
    for fault in faults:
        if fault.row:
            found.setdefault(fault.row, fault.line)
    return found


def refuse_unless(skip_bad: bool, outcome: Outcome) -> None:
    """Raises Invalid, with the reason of each bad row under its line, unless bad rows are to be left out."""
    if outcome.faults and not skip_bad:
        reasons: dict[str, list[str]] = {}
        for fault in outcome.faults:
            reasons.setdefault(f"{fault.line}.{fault.column}", []).append(fault.reason)
        raise Invalid(_(NOT_ALL_GOOD), fields=reasons)


def in_their_words(outcome: Outcome, names: dict[str, str], ignored: tuple[str, ...]) -> Outcome:
    """The same with columns called as the file calls them."""
    faults = tuple(replace(fault, column=names.get(fault.column, fault.column)) for fault in outcome.faults)
    return replace(outcome, faults=faults, ignored=ignored)
