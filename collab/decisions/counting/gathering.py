"""Ballots taken in: checked, and equal ones laid together. Done in bulk, since ten thousand come at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from operator import ne
from typing import Any, Final

from .exact import fraction
from .objection import Objection
from .refusals import N_, BadBallots

Score = int | Fraction | None
Weak = tuple[tuple[int, ...], ...]
Ranking = tuple[Any, ...]
"""Options by name or by index, best first; a tuple among them holds equals."""

MOST_OPTIONS: Final = 1000


def check_options(options: tuple[str, ...]) -> None:
    """Raises BadBallots unless there are options, each with a name of its own."""
    if not options:
        raise BadBallots("options", N_("There is nothing to choose from: no options"))
    if len(options) > MOST_OPTIONS:
        raise BadBallots("options", N_("There are too many options: at most %(most)s"), most=MOST_OPTIONS)
    for name in options:
        if not isinstance(name, str) or not name.strip():
            raise BadBallots("options", N_("Every option needs a name"))
        check_text("options", name)
    if len(set(options)) != len(options):
        double = next(name for name, n in Counter(options).items() if n > 1)
        raise BadBallots("options", N_("Two options have the same name: “%(name)s”"), name=double)


def check_text(field: str, text: str) -> None:
    """Raises BadBallots for what could not be written into a bundle: halves of characters, NUL."""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise BadBallots(field, N_("This holds signs that cannot be written"))


def check_number(name: str, value: object) -> None:
    """Raises BadBallots unless `value` is a whole number from 0."""
    if type(value) is not int or value < 0:
        raise BadBallots(name, N_("This is a whole number from 0"))


def rankings(
    options: tuple[str, ...], given: Iterable[Ranking] | Mapping[Ranking, int]
) -> tuple[dict[tuple[int, ...], int], dict[Weak, int]]:
    """Rankings without equals and with them, as indices, each with its number. Raises BadBallots."""
    check_options(options)
    try:
        counted = _counted(given)
        entries = set(chain.from_iterable(counted))
    except TypeError:
        raise BadBallots("rankings", N_("A ranking is a row of options")) from None
    kinds = set(map(type, entries))
    if kinds <= {int}:
        if not entries <= set(range(len(options))):
            raise _fault(counted, options)
        strict = counted
    elif kinds == {str}:
        index = {name: at for at, name in enumerate(options)}
        if not entries <= index.keys():
            raise _fault(counted, options)
        strict = {tuple(map(index.__getitem__, ranking)): n for ranking, n in counted.items()}
    else:
        return _with_equals(counted, options)
    if any(map(ne, map(len, map(set, strict)), map(len, strict))):
        raise _fault(counted, options)
    return strict, {}


def _counted(given: Iterable[Any] | Mapping[Any, int]) -> dict[Any, int]:
    if isinstance(given, Mapping):
        for n in given.values():
            check_number("rankings", n)
        return {tuple(one): n for one, n in given.items() if n}
    return dict(Counter(map(tuple, given)))


def _with_equals(
    counted: dict[Ranking, int], options: tuple[str, ...]
) -> tuple[dict[tuple[int, ...], int], dict[Weak, int]]:
    strict: Counter[tuple[int, ...]] = Counter()
    weak: Counter[Weak] = Counter()
    index: dict[Any, int] = {name: at for at, name in enumerate(options)} | {at: at for at in range(len(options))}
    for row, (ranking, n) in enumerate(counted.items(), start=1):
        groups = _groups(ranking, index, row)
        if all(len(group) == 1 for group in groups):
            strict[tuple(group[0] for group in groups)] += n
        else:
            weak[groups] += n
    return dict(strict), dict(weak)


def _groups(ranking: Ranking, index: Mapping[Any, int], row: int) -> Weak:
    seen: set[int] = set()
    groups = []
    for entry in ranking:
        group = []
        for one in entry if isinstance(entry, tuple | list | frozenset) else (entry,):
            at = index.get(one) if type(one) in (int, str) else None
            if at is None:
                raise BadBallots("rankings", N_("There is no option “%(name)s”"), row, name=str(one)[:80])
            if at in seen:
                raise BadBallots("rankings", N_("The same option stands twice on one ballot"), row)
            seen.add(at)
            group.append(at)
        if group:
            groups.append(tuple(sorted(group)))
    return tuple(groups)


def _fault(counted: dict[Ranking, int], options: tuple[str, ...]) -> BadBallots:
    """The refusal for the first ballot at fault, once it is known that there is one."""
    try:
        _with_equals(counted, options)
    except BadBallots as found:
        return found
    raise AssertionError("a fault was seen and is gone")


def from_ranks(options: tuple[str, ...], rows: Iterable[Sequence[int | None]]) -> Iterator[Ranking]:
    """A ranking of each row of ranks, equal ranks as groups."""
    for at, row in enumerate(rows, start=1):
        if len(row) != len(options):
            raise BadBallots("rankings", N_("A row has as many ranks as there are options"), at)
        groups: dict[int, list[int]] = {}
        for option, rank in enumerate(row):
            if rank is None:
                continue
            if type(rank) is not int or rank < 1:
                raise BadBallots("rankings", N_("A rank is a whole number from 1"), at)
            groups.setdefault(rank, []).append(option)
        yield tuple(tuple(groups[rank]) for rank in sorted(groups))


def scores(
    options: tuple[str, ...], rows: Iterable[Sequence[Score]] | Mapping[Sequence[Score], int]
) -> dict[tuple[tuple[Score, ...], ...], int]:
    """Rows of scores, each with its number."""
    if isinstance(rows, Mapping):
        return _checked(options, {(tuple(row),): n for row, n in rows.items()})
    return sheets(options, ((row,) for row in rows))


def sheets(
    options: tuple[str, ...], given: Iterable[Sequence[Sequence[Score]]]
) -> dict[tuple[tuple[Score, ...], ...], int]:
    """Sheets with a row of scores for each criterion, each with its number. Raises BadBallots."""
    return _checked(options, Counter(tuple(map(tuple, sheet)) for sheet in given))


def _checked(options: tuple[str, ...], counted: Mapping[Any, int]) -> dict[tuple[tuple[Score, ...], ...], int]:
    for at, (sheet, n) in enumerate(counted.items(), start=1):
        check_number("scores", n)
        for row in sheet:
            if len(row) != len(options):
                raise BadBallots("scores", N_("A row has as many scores as there are options"), at)
            if any(type(score) not in (int, Fraction, type(None)) for score in row):
                raise BadBallots("scores", N_("A score is a number, or nothing"), at)
    return {sheet: n for sheet, n in counted.items() if n}


def as_sets(strict: Mapping[tuple[int, ...], int]) -> dict[tuple[int, ...], int]:
    """Approvals: the order in which they were said does not matter."""
    approvals: Counter[tuple[int, ...]] = Counter()
    for one, n in strict.items():
        approvals[tuple(sorted(one))] += n
    return dict(approvals)


def silent(given: Mapping[tuple[tuple[Score, ...], ...], int]) -> int:
    """How many gave no score at all."""
    return sum(n for sheet, n in given.items() if all(score is None for row in sheet for score in row))


def read(said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of ballots out of a bundle's JSON."""
    options = tuple(said["options"])
    listed = {tuple(tuple(e) if isinstance(e, list) else e for e in r): n for r, n in said.get("rankings", ())}
    strict, weak = rankings(options, listed)
    approvals, _ = rankings(options, {tuple(one): n for one, n in said.get("approvals", ())})
    given = {
        tuple(tuple(None if s is None else _number(s) for s in row) for row in sheet): n
        for sheet, n in said.get("scores", ())
    }
    fields = {name: said[name] for name in ("yes", "no", "abstained", "spoilt", "seed") if name in said}
    return fields | {
        "options": options,
        "strict": strict,
        "weak": weak,
        "approvals": as_sets(approvals),
        "scores": _checked(options, given),
        "costs": tuple(said.get("costs", ())),
        "casting": tuple(tuple(word) if isinstance(word, list) else word for word in said.get("casting", ())),
        "objections": tuple(Objection(*one) for one in said.get("objections", ())),
    }


def _number(value: object) -> int | Fraction:
    exact = fraction(value)
    return exact.numerator if exact.denominator == 1 else exact
