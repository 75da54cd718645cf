"""What the component sheet at /style shows: one made-up morning of a municipality, told in three languages.

Pure data: no request, no database, so that every component can be looked at without an organisation behind it.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

THEMES: Final = ("light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    initials: str
    hue: int
    post: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list: `state` and `icon` are codes, the rest are texts as they would be shown."""

    ref: str
    title: str
    state: str
    icon: str
    state_word: str
    holder: str
    due: str
    due_class: str
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: where it begins and how wide it is, in per cent."""

    start: float
    width: float
    kind: str
    name: str
    days: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the sheet needs in one language. `words` are the labels, keyed by their English."""

    locale: str
    direction: str
    theme: str
    people: tuple[Person, ...]
    units: tuple[tuple[int, str, str], ...]
    states: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    ages: tuple[tuple[str, int, float], ...]
    messages: tuple[tuple[int, str, str], ...]
    history: tuple[tuple[str, str], ...]
    words: dict[str, str]


ICONS: Final = {
    "new": "circle",
    "active": "half",
    "waiting": "hourglass",
    "done": "circle-check",
    "cancelled": "circle-slash",
}
SWATCHES: Final = (
    "surface-0",
    "surface-1",
    "surface-2",
    "surface-3",
    "line",
    "line-strong",
    "text-strong",
    "text",
    "text-muted",
    "accent",
    "accent-strong",
    "accent-soft",
    "new",
    "active",
    "waiting",
    "done",
    "cancelled",
    "urgent",
)


def widths(days: tuple[int, ...]) -> tuple[tuple[float, float], ...]:
    """Start and width in per cent of each stretch of days, in order. An empty or all-zero tuple gives zeros."""
    whole = sum(days) or 1
    found: list[tuple[float, float]] = []
    start = 0.0
    for length in days:
        width = round(100 * length / whole, 2)
        found.append((round(start, 2), width))
        start += width
    return tuple(found)


@cache
def texts() -> dict[str, Any]:
    """The sample texts by language: content as people would type it, not texts of the interface."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "style_texts.json").read_text(encoding="utf-8"))
    return found


def sheet(locale: str, theme: str) -> Sheet:
    """The sheet in a language (en for an unknown one) and a theme (light for an unknown one)."""
    code = locale if locale in texts() else "en"
    text = texts()[code]
    words = dict(zip(ICONS, text["states"], strict=True))
    spans = zip(widths((3, 12, 4)), ("bar-held", "bar-stopped", "bar-now"), text["holders"], strict=True)
    return Sheet(
        locale=code,
        direction="rtl" if code == "fa" else "ltr",
        theme=theme if theme in THEMES else "light",
        people=tuple(Person(name, mark, hue, post) for hue, (name, mark, post) in enumerate(text["people"])),
        units=tuple((depth, unit, name) for depth, unit, name in text["units"]),
        states=tuple((state, ICONS[state], word) for state, word in words.items()),
        lines=tuple(
            Line(ref, title, state, ICONS[state], words[state], holder, due, late, n == 1)
            for n, (ref, title, state, holder, due, late) in enumerate(text["lines"])
        ),
        parts=tuple(Part(start, width, kind, name, days) for (start, width), kind, (name, days) in spans),
        ages=tuple((name, count, round(100 * count / text["ages"][0][1])) for name, count in text["ages"]),
        messages=tuple((who, at, said) for who, at, said in text["messages"]),
        history=tuple((said, at) for said, at in text["history"]),
        words=text["words"],
    )
