"""A line written out again so that it reads the same: dates as such, and quotes around what must stay a word."""

from typing import Final

from collab.core.dates.names import MONTHS_ALONE, WEEKDAYS
from collab.core.dates.said.days import Today
from collab.core.dates.said.words import PLAIN_QUOTES
from collab.work.effort import written

from ..recurring import Rule
from ..recurring.rule import LAST
from .marks import PRINTED
from .reading import Understood, pieces_in
from .repeating import Repeat


def printed(understood: Understood, today: Today) -> str:
    """The line for what was understood. Reading it gives the same title and the same values."""
    said = [_repeated(understood.repeat)] if understood.repeat is not None else []
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


PLACES: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
MODES: Final = {"on-date": "on date", "on-done": "when done"}


def _repeated(repeat: Repeat) -> str:
    """ "every 2 weeks on Monday and Friday until 2027-03-01 on date"; the last words keep others from joining it."""
    rule = repeat.rule
    said = f"every {rule.interval} {rule.every}{'s' if rule.interval > 1 else ''}"
    if rule.weekdays:
        said += " on " + " and ".join(WEEKDAYS["en"][day] for day in rule.weekdays)
    elif rule.every == "month" and (rule.by == "weekday" or rule.day):
        said += f" on the {_place(rule)}"
    elif rule.every == "year" and rule.month:
        said += f" on {MONTHS_ALONE['en', rule.calendar][rule.month - 1]} {rule.day}"
    if rule.until is not None:
        said += f" until {rule.until.isoformat()}"
    if repeat.times is not None:
        said += f" {repeat.times} times"
    return f"{said} {MODES[repeat.mode]}"


def _place(rule: Rule) -> str:
    if rule.by == "weekday":
        return f"{PLACES[rule.place]} {WEEKDAYS['en'][rule.weekday]}"
    return "last day" if rule.day == LAST else f"{rule.day}th"


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
