"""Pabulib: participatory budgets. META with the budget, PROJECTS with their costs, VOTES: approvals, ranks or points.

Votes of all kinds become scores: 1 for an approved project; the points given; for a ranked one as many points as it
has places below it (`max_length`, or the longest vote, gives the first its points), as the cities count them.
Source: http://pabulib.org/format
"""

import csv
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from .reading import BadFile, distinct, lines_of, shown, whole
from .votes import Scores, Votes

SECTIONS = ("META", "PROJECTS", "VOTES")
TYPES = ("approval", "choose-1", "ordinal", "cumulative", "scoring")


def looks_like(lines: list[str]) -> bool:
    first = next((line.strip().strip('"') for line in lines if line.strip()), "")
    return first.upper() == "META"


@dataclass(slots=True)
class _Row:
    number: int
    cells: list[str]


@dataclass(slots=True)
class _Sections:
    heads: dict[str, _Row] = field(default_factory=dict)
    rows: dict[str, list[_Row]] = field(default_factory=lambda: {name: [] for name in SECTIONS})


def read(text: str) -> Votes:
    sections = _sections(text)
    meta = {
        row.cells[0].strip().lower(): (row.number, ";".join(row.cells[1:]).strip()) for row in sections.rows["META"]
    }
    if "budget" not in meta:
        raise BadFile(1, "the META section does not say the budget")
    budget = money(meta["budget"][1], meta["budget"][0], "the budget")
    kind = meta.get("vote_type", (0, "approval"))[1].lower()
    if kind not in TYPES:
        raise BadFile(
            meta["vote_type"][0], f"the type of vote {shown(kind)} is not known; these are: {', '.join(TYPES)}"
        )
    projects = sections.rows["PROJECTS"]
    head = [cell.strip().lower() for cell in sections.heads["PROJECTS"].cells]
    place = {name: at for at, name in enumerate(head)}
    for needed in ("project_id", "cost"):
        if needed not in place:
            raise BadFile(sections.heads["PROJECTS"].number, f"the projects have no column {needed}")
    ids = [row.cells[place["project_id"]].strip() for row in projects]
    distinct(ids, [row.number for row in projects])
    costs = tuple(money(row.cells[place["cost"]], row.number, "the cost") for row in projects)
    _announced(meta, "num_projects", len(projects), "projects")
    _announced(meta, "num_votes", len(sections.rows["VOTES"]), "votes")
    scores = _votes(sections, {each: at for at, each in enumerate(ids)}, kind, meta)
    names = _named(ids, [row.cells[place["name"]].strip() for row in projects] if "name" in place else ids)
    return Votes(
        "pabulib", names, meta.get("description", (0, ""))[1], None, scores=dict(scores),
        approvals=kind in ("approval", "choose-1"), costs=costs, budget=budget,
    )  # fmt: skip


def _named(ids: list[str], names: list[str]) -> tuple[str, ...]:
    """Projects by name; where two share one, or have none, their number is said with it."""
    again = Counter(" ".join(name.casefold().split()) for name in names)
    return tuple(
        name if name and again[" ".join(name.casefold().split())] == 1 else f"{name} ({each})".strip()
        for each, name in zip(ids, names, strict=True)
    )


def _sections(text: str) -> _Sections:
    found = _Sections()
    section, width = "", 0
    reader = csv.reader(lines_of(text), delimiter=";")
    try:
        for cells in reader:
            number = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            word = cells[0].strip().upper()
            if word in SECTIONS and not any(cell.strip() for cell in cells[1:]):
                section, width = word, 0
            elif not section:
                raise BadFile(number, "the file should begin with a line META")
            elif not width:
                found.heads[section], width = _Row(number, cells), len(cells)
            elif section != "META" and len(cells) < width:
                raise BadFile(number, f"the row has {len(cells)} cells instead of {width}; the file seems to be cut")
            else:
                found.rows[section].append(_Row(number, cells))
    except csv.Error as error:
        raise BadFile(reader.line_num, f"the row cannot be read ({error})") from error
    for name in SECTIONS:
        if name not in found.heads:
            raise BadFile(reader.line_num, f"the section {name} is missing; the file may be cut")
    if not found.rows["PROJECTS"]:
        raise BadFile(found.heads["PROJECTS"].number, "there is no project")
    return found


def _announced(meta: dict[str, tuple[int, str]], key: str, there: int, what: str) -> None:
    if key in meta and (said := whole(meta[key][1], meta[key][0], f"the number of {what}")) != there:
        raise BadFile(meta[key][0], f"{said} {what} are announced here, but {there} stand in the file; it may be cut")


def money(text: str, number: int, what: str) -> Fraction:
    """An amount, with a point or a comma before its decimals."""
    word = text.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not word.isascii() or not word.replace(".", "", 1).isdigit() or len(word) > 24:
        raise BadFile(number, f"{what} should be a number, not {shown(text.strip())}")
    return Fraction(word)


def _votes(sections: _Sections, ids: dict[str, int], kind: str, meta: dict[str, tuple[int, str]]) -> Counter[Scores]:
    head = [cell.strip().lower() for cell in sections.heads["VOTES"].cells]
    place = {name: at for at, name in enumerate(head)}
    if "vote" not in place:
        raise BadFile(sections.heads["VOTES"].number, "the votes have no column vote")
    pointed = kind in ("cumulative", "scoring")
    if pointed and "points" not in place:
        raise BadFile(sections.heads["VOTES"].number, f"votes of the type {kind} need a column points")
    found: Counter[Scores] = Counter()
    longest = max((row.cells[place["vote"]].count(",") + 1 for row in sections.rows["VOTES"]), default=0)
    if "max_length" in meta:
        longest = max(longest, whole(meta["max_length"][1], meta["max_length"][0], "max_length"))
    for row in sections.rows["VOTES"]:
        said = [word.strip() for word in row.cells[place["vote"]].split(",") if word.strip()]
        for word in said:
            if word not in ids:
                raise BadFile(row.number, f"the vote names the project {shown(word)}, which is not among the projects")
        if len(set(said)) < len(said):
            twice = next(word for word in said if said.count(word) > 1)
            raise BadFile(row.number, f"the project {shown(twice)} stands twice in one vote")
        if kind == "choose-1" and len(said) > 1:
            raise BadFile(row.number, f"a vote of the type choose-1 names one project, and this one names {len(said)}")
        if pointed:
            words = [word for word in row.cells[place["points"]].split(",") if word.strip()]
            if len(words) != len(said):
                raise BadFile(row.number, f"the vote names {len(said)} projects, but gives points {len(words)} times")
            points = [_points(word, row.number) for word in words]
        elif kind == "ordinal":
            points = [Fraction(longest - at) for at in range(len(said))]
        else:
            points = [Fraction(1)] * len(said)
        scores: list[Fraction | None] = [None] * len(ids)
        for word, point in zip(said, points, strict=True):
            scores[ids[word]] = point
        found[tuple(scores)] += 1
    return found


def _points(word: str, number: int) -> Fraction:
    negative = word.strip().startswith("-")
    amount = money(word.strip().removeprefix("-"), number, "the points of a project")
    return -amount if negative else amount
