"""Roll calls of a council as CSV: a row is an item of the agenda, a column a member, a cell TRUE, FALSE or Absent.

As the council of Ann Arbor publishes them. `(8 Votes Required)` in a title is a threshold of the members entitled.
"""

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from .reading import BadFile, shown
from .table import Row, even
from .votes import Votes

ABOUT = ("link", "class", "agenda number", "agenda item", "item", "title", "date")
ANSWERS = {
    "true": "yes", "yes": "yes", "yea": "yes", "aye": "yes", "for": "yes", "false": "no", "no": "no", "nay": "no",
    "against": "no", "abstain": "abstain", "abstained": "abstain", "present": "abstain",
    "absent": "absent", "?": "absent", "not present": "absent", "excused": "absent", "": "absent",
    "recused": "recused", "recuse": "recused", "conflict": "recused",
}  # fmt: skip
REQUIRED = re.compile(r"\(\s*(\d{1,4})\s+votes?\s+required\s*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the agenda: what was asked, and what the council answered."""

    line: int
    number: str
    title: str
    said: str
    """What the file itself says came of it."""
    votes: Votes


def looks_like(head: Row) -> bool:
    names = {name.lower() for name in head.cells}
    return "agenda item" in names or ("class" in names and "agenda number" in names)


def items_of(rows: list[Row]) -> list[Item]:
    even(rows)
    head = [name.lower() for name in rows[0].cells]
    place = {name: at for at, name in enumerate(head)}
    members = [at for at, name in enumerate(head) if name not in ABOUT and name]
    if not members:
        raise BadFile(rows[0].line, "the first row names no member")
    found: list[Item] = []
    for row in rows[1:]:
        if not any(row.cells[at] for at in members):
            continue
        about = {name: row.cells[place[name]] for name in ABOUT if name in place}
        title = about.get("agenda item") or about.get("title") or about.get("item") or ""
        answers = Counter(_answer(row.cells[at], row, rows[0].cells[at]) for at in members)
        required = REQUIRED.search(title)
        share = Fraction(int(required[1]), len(members)) if required else None
        votes = Votes(
            "roll-call", ("Yes", "No"), title, 1, answers={each: answers[each] for each in ("yes", "no", "abstain")},
            absent=answers["absent"], recused=answers["recused"], threshold=share,
        )  # fmt: skip
        found.append(Item(row.line, about.get("agenda number", ""), title, about.get("class", ""), votes))
    if not found:
        raise BadFile(rows[0].line, "there is no item that was voted on")
    return found


def _answer(cell: str, row: Row, member: str) -> str:
    answer = ANSWERS.get(cell.strip().lower())
    if answer is None:
        raise BadFile(row.line, f"the vote of {shown(member)} should be TRUE, FALSE or Absent, not {shown(cell)}")
    return answer
