"""Each two criteria compared in words: the weights that follow are shown while one chooses, and put into the rule."""

from contextlib import suppress
from fractions import Fraction
from typing import Any, Final

from flask import Response

from collab.core.errors import Conflict, Invalid, Problem
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, show

from .. import commands, queries
from ..comparing import EVERY_TWO, Comparisons, Weighing, weighing
from ..counting.words.speaking import number
from ..queries import Found
from . import pages
from .answers import arrived, is_part, reasons

SET: Final = N_("The weights are those of your comparisons.")
MORE: Final = {
    "9": N_("“%(name)s” is extremely more important"), "7": N_("“%(name)s” is very much more important"),
    "5": N_("“%(name)s” is clearly more important"), "3": N_("“%(name)s” is a little more important"),
}  # fmt: skip
CHOOSE: Final = N_("Not compared yet")
EQUAL: Final = N_("Both are equally important")


@door(pages, "GET /decisions/<ref:item>/comparisons")
def comparisons(item: str) -> Response:
    """Each two criteria, to be compared."""
    found = queries.find_decision(actor(), item)
    rows = found.rule.get("compared", {}).get("rows", [])
    typed = {
        f"pair-{first}-{second}": value
        for first, row in enumerate(rows, start=1)
        for second, value in enumerate(row, start=first + 1)
    }
    return _shown(found, typed, {}, 200)


@door(pages, "POST /decisions/<ref:item>/comparisons/preview", takes=Comparisons)
def preview_comparisons(item: str) -> Response:
    """The weights that follow from what is chosen. Nothing is kept."""
    found, typed = queries.find_decision(actor(), item), entered()
    size = len(found.rule.get("criteria", ()))
    try:
        if size:
            weighing(size, parse(Comparisons, _said(typed | _filled(typed, size))))
    except Invalid as problem:
        return _shown(found, typed, _beside(problem, typed | _filled(typed, size)), problem.status)
    return _shown(found, typed, {}, 200)


@door(pages, "PUT /decisions/<ref:item>/comparisons", takes=Comparisons)
def compare_criteria(item: str) -> Response:
    """Put the weights that follow into the rule."""
    found, typed = queries.find_decision(actor(), item), entered()
    try:
        commands.compare_criteria(actor(), found.id, parse(Comparisons, _said(typed)))
    except (Invalid, Conflict) as problem:
        return _shown(found, typed, _beside(problem, typed), problem.status)
    return arrived(f"/decisions/{found.reference}", _(SET))


def _said(typed: dict[str, Any]) -> dict[str, Any]:
    """The pairs of the form. Whatever else was sent goes along, to be refused."""
    pairs, rest = [], {}
    for name, value in typed.items():
        parts = name.split("-")
        if len(parts) == 3 and parts[0] == "pair":
            if value == "":
                continue  # not compared yet
            pairs.append({"first": parts[1], "second": parts[2], "value": value})
        else:
            rest[name] = value
    return rest | {"pairs": pairs}


def _beside(problem: Problem, typed: dict[str, Any]) -> dict[str, list[str]]:
    """Why not, each at the field of its pair: those that nobody compared yet are asked for where they stand."""
    pairs = [name for name in typed if name.startswith("pair-")]
    sent, found = [name for name in pairs if typed[name] != ""], dict[str, list[str]]()
    for field, said in reasons(problem).items():
        whole, _dot, rest = field.partition(".")
        place = rest.partition(".")[0]
        at = [sent[int(place)]] if whole == "pairs" and place.isdigit() and int(place) < len(sent) else [field]
        if field == "pairs" and said == [_(EVERY_TWO)]:
            at = [name for name in pairs if typed[name] == ""] or at
        found |= dict.fromkeys(at, said)
    return found


def _shown(found: Found, typed: dict[str, Any], errors: dict[str, list[str]], status: int) -> Response:
    names = [one["name"] for one in found.rule.get("criteria", ())]
    result: Weighing | None = None
    with suppress(Invalid):  # what was sent and is no comparison is refused with the form, not here
        result = weighing(len(names), parse(Comparisons, _said(_filled(typed, len(names))))) if names else None
    return show(
        "decisions/comparisons.html",
        fragment="decisions/_weights.html",
        status=status,
        found=found,
        errors=errors,
        part=is_part(),
        missing=sum(not typed.get(name) for name in _filled({}, len(names))),
        pairs=[
            (
                f"pair-{first}-{second}", names[first - 1], names[second - 1],
                _choices(names[first - 1], names[second - 1]), str(typed.get(f"pair-{first}-{second}", "")),
            )
            for first in range(1, len(names))
            for second in range(first + 1, len(names) + 1)
        ],
        weights=[
            (name, number(Fraction(weight, 10), 1), weight / 10)
            for name, weight in zip(names, result.weights, strict=True)
        ] if result else [],
        ratio=number(result.ratio, 2) if result else "",
        contradicts=result is not None and result.contradicts,
    )  # fmt: skip


def _filled(typed: dict[str, Any], size: int) -> dict[str, Any]:
    """What was chosen; whatever was not yet is shown as if it were equal, and is asked for before it is kept."""
    every = [f"pair-{first}-{second}" for first in range(1, size) for second in range(first + 1, size + 1)]
    return {name: typed.get(name) or "1" for name in every}


def _choices(first: str, second: str) -> list[tuple[str, str]]:
    return [
        ("", _(CHOOSE)),
        *((value, _(label, name=first)) for value, label in MORE.items()),
        ("1", _(EQUAL)),
        *((f"1/{value}", _(label, name=second)) for value, label in reversed(MORE.items())),
    ]
