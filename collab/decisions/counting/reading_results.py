"""A result as it was kept, read again, so that its pages can be written in any language without counting anew."""

from collections.abc import Mapping
from typing import Any

from .exact import Number, fraction
from .firmness import Firmness, Other
from .pairs import Pairs
from .result import Pair, Result, Round, Tie
from .short import Short
from .turning import Turn


def read_result(said: Mapping[str, Any]) -> Result:
    """What `Result.as_json` gave, in whatever order its keys come back. We wrote it, so nothing is checked."""
    rounds = said["rounds"]
    options = tuple(
        said["pairwise"] or (rounds[0]["votes"] if rounds else [n for group in _order(said["order"]) for n in group])
    )
    return Result(
        method=said["method"],
        seats=said["seats"],
        outcome=said["outcome"],
        options=options,
        winners=tuple(said["winners"]),
        order=_order(said["order"]),
        ties=tuple(_tie(one) for one in said["ties"]),
        rounds=tuple(_round(one) for one in rounds),
        quota=None if said["quota"] is None else _number(said["quota"]),
        table=_table(options, said["pairwise"]),
        paths=_table(options, said["paths"]),
        locked=tuple(Pair(*one) for one in said["locked"]),
        scores={name: _number(value) for name, value in said["scores"].items()},
        shares={of: {name: _number(v) for name, v in by.items()} for of, by in said["shares"].items()},
        sums={name: _number(value) for name, value in said["sums"].items()},
        dropped=tuple(said["dropped"]),
        lot=tuple(said["lot"]),
        decimals=_decimals(rounds),
    )


def read_firmness(said: Mapping[str, Any]) -> Firmness:
    """What `Firmness.as_json` gave."""
    return Firmness(
        tuple(Other(method, tuple(winners), outcome, same) for method, winners, outcome, same in said["others"]),
        None if said["short"] is None else Short(**said["short"]),
        tuple(Turn(**{name: _share(name, value) for name, value in one.items()}) for one in said["turns"]),
    )


def _order(said: list[Any]) -> tuple[tuple[str, ...], ...]:
    return tuple((group,) if isinstance(group, str) else tuple(group) for group in said)


def _tie(said: Mapping[str, Any]) -> Tie:
    return Tie(
        **{**said, "between": tuple(said["between"]), "broken": tuple(said["broken"]), "order": _order(said["order"])}
    )


def _round(said: Mapping[str, Any]) -> Round:
    votes = tuple((name, _number(value)) for name, value in said["votes"].items())
    people = {name: tuple(said[name]) for name in ("of", "elected", "excluded")}
    return Round(said["action"], votes, **people, exhausted=_number(said["exhausted"]), lost=_number(said["lost"]))


def _table(options: tuple[str, ...], said: Mapping[str, Mapping[str, int]] | None) -> Pairs | None:
    return None if said is None else tuple(tuple(said[a].get(b, 0) for b in options) for a in options)


def _number(value: Any) -> Number:
    exact = fraction(value)
    return exact.numerator if exact.denominator == 1 else exact


def _share(name: str, value: Any) -> Any:
    return fraction(value) if name in ("weight", "low", "high") and value is not None else value


def _decimals(rounds: list[Any]) -> int | None:
    """In how many decimals the votes were written: those of STV are all written alike."""
    written = next((str(value) for one in rounds for value in one["votes"].values()), "")
    return len(written.partition(".")[2]) if "." in written else None
