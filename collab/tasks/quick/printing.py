"""A line written out again so that it reads the same: dates as such, and quotes around what must stay a word."""

from collab.work.effort import written

from .days import Today
from .marks import PRINTED
from .reading import Understood, pieces_in
from .words import PLAIN_QUOTES


def printed(understood: Understood, today: Today) -> str:
    """The line for what was understood. Reading it gives the same title and the same values."""
    said = []
    if understood.due is not None:
        said.append(understood.due.isoformat())
    clock = understood.value("time")
    if clock is not None:
        said.append(f"{clock:%H:%M}")
    for kind, sign in (("holder", "@"), ("unit", "+"), ("parent", "^")):
        value = understood.value(kind)
        if value is not None:
            said.append(sign + str(value).replace(" ", "_"))
    priority = understood.value("priority")
    if priority:
        said.append(PRINTED[priority])
    effort = understood.value("effort")
    if effort:
        said.append("~" + written(effort).replace(" ", ""))
    said += ["#" + label.replace(" ", "_") for label in understood.labels]
    before = " ".join(said) + " " if said else ""
    return (before + guarded(understood.title, today, before)).strip()


def guarded(title: str, today: Today, before: str = "") -> str:
    """The title with quotes around whatever would be understood in it."""
    for _round in range(len(title) + 1):
        spans = _strays(before + title, len(before), today)
        if not spans:
            break
        for start, end in reversed(spans):
            title = f'{title[:start]}"{title[start:end]}"{title[end:]}'
    return title


def _strays(line: str, skip: int, today: Today) -> list[tuple[int, int]]:
    """Where in the title something would be understood, or a pair of quotes would be dropped."""
    spans = [(piece.start, piece.end) for piece in pieces_in(line, today)]
    for quoted in PLAIN_QUOTES.finditer(line):
        inside = [(piece.start, piece.end) for piece in pieces_in(quoted[1], today)]
        whole = [(0, len(quoted[1]))]
        if inside and inside != whole:
            spans += [(quoted.start(1) + start, quoted.start(1) + end) for start, end in inside]
    return sorted((start - skip, end - skip) for start, end in spans if start >= skip)
