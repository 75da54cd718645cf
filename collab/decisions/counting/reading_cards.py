"""A rule card out of untrusted JSON: every field of the right type, or a refusal that names it."""

from collections.abc import Callable
from typing import Any, Final

from .criterion import criterion
from .exact import fraction, printable
from .refusals import N_, BadRule

MUCH: Final = 1_000


def read(said: object) -> dict[str, Any]:
    """The fields of a card. Raises BadRule for unknown ones and wrong types."""
    if not isinstance(said, dict):
        raise BadRule("card", N_("A rule card is a JSON object"))
    for name in said:
        if name not in _KINDS:
            raise BadRule(str(name)[:60], N_("A rule card has no such field"))
    if "method" not in said:
        raise BadRule("method", N_("The card names no method"))
    return {name: _KINDS[name](name, value) for name, value in said.items()}


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= MUCH or "\0" in value or not printable(value):
        raise BadRule(name, N_("This is a short text"))
    return value


def _whole(name: str, value: object) -> int:
    if type(value) is not int or abs(value) > 10**12:
        raise BadRule(name, N_("This is a whole number"))
    return value


def _truth(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadRule(name, N_("This is true or false"))
    return value


def _fraction(name: str, value: object) -> Any:
    try:
        return fraction(value)
    except ValueError:
        raise BadRule(name, N_("This is a number such as 3, 0.5 or 2/3")) from None


def _list(name: str, value: object) -> list[object]:
    if not isinstance(value, list | tuple) or len(value) > MUCH:
        raise BadRule(name, N_("This is a list"))
    return list(value)


def _or_none(kind: Callable[[str, object], Any]) -> Callable[[str, object], Any]:
    return lambda name, value: None if value is None else kind(name, value)


def _texts(name: str, value: object) -> tuple[str, ...]:
    return tuple(_text(name, one) for one in _list(name, value))


def _criteria(name: str, value: object) -> tuple[Any, ...]:
    return tuple(criterion(one) for one in _list(name, value))


def _rows(name: str, value: object) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(_fraction(name, one) for one in _list(name, row)) for row in _list(name, value))


_KINDS: Final[dict[str, Callable[[str, object], Any]]] = {
    **dict.fromkeys(("method", "base", "quorum_base", "quorum_counts", "strength", "unranked", "borda"), _text),
    **dict.fromkeys(("equal_ranks", "pair_ties", "quota", "surplus_order"), _text),
    **dict.fromkeys(("none", "second", "seed_digest"), _or_none(_text)),
    **dict.fromkeys(("version", "seats", "low", "high"), _whole),
    **dict.fromkeys(("decimals", "dots"), _or_none(_whole)),
    **dict.fromkeys(("weighted", "strict", "recused_in_base", "quorum_strict", "quorum_abstentions"), _truth),
    "overruling": _truth,
    **dict.fromkeys(("threshold", "quorum", "budget"), _or_none(_fraction)),
    **dict.fromkeys(("none_ratio", "consistency"), _fraction),
    **dict.fromkeys(("tie_ladder", "elimination_ties"), _texts),
    "criteria": _criteria,
    "comparisons": _rows,
}
