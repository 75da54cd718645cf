"""What of a ballot typed into a page is no number of its scale, said beside each option."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from collab.core.dates import digits
from collab.core.i18n import _

from ..choices import DOTS_OUT_OF_SCALE, OUT_OF_SCALE
from ..queries import Option


def amiss(typed: Mapping[str, Any], rule: Mapping[str, Any], options: Sequence[Option]) -> dict[str, str]:
    """Field of the page → the sentence with its scale. Empty where every number lies in its scale."""
    said = DOTS_OUT_OF_SCALE if "dots" in rule else OUT_OF_SCALE
    return {
        field: _(said, name=name, low=digits(low), high=digits(high))
        for field, name, low, high in _asked(rule, options)
        if not _fits(str(typed.get(field) or "").strip(), low, high)
    }


def _asked(rule: Mapping[str, Any], options: Sequence[Option]) -> Iterator[tuple[str, str, int, int]]:
    """Every field of the ballot: its name, what it is of, the least and the most."""
    for option in options:
        if rule["form"] == "rank":
            yield f"rank-{option.id}", option.title, 1, len(options)
        elif rule["form"] == "score":
            yield f"points-{option.id}", option.title, 0, int(rule["most"])
        elif rule["form"] == "criteria":
            for place, one in enumerate(rule["criteria"], start=1):
                low, high = sorted((int(one["worst"]), int(one["best"])))
                yield f"points-{place}-{option.id}", f"{option.title}: {one['name']}", low, high


def _fits(typed: str, low: int, high: int) -> bool:
    try:
        return not typed or low <= int(typed) <= high
    except ValueError:
        return False
