"""A result as pictures: bars for each round, the table of duels, the matrix of criteria. Plain values for templates.

Takes what `counting.Result.as_json()` keeps. Every picture is a table too: the bars are only drawn beside the numbers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from collab.core.dates import digits
from collab.core.i18n import N_, _, listed

from .counting.reading_results import read_result
from .counting.words import duels_and_ties_in_words, renamed, round_in_words
from .counting.words.speaking import number, pointed
from .shortened import BEGINNING, FEW, SCREEN, names_in_order, shortened

LEVELS: Final = 5
PLACES: Final = 5
ACTIONS: Final = {
    "count": N_("All ballots"),
    "surplus": N_("Surplus passed on: %(names)s"),
    "exclude": N_("Drops out: %(names)s"),
    "fill": N_("Takes a place that is left: %(names)s"),
    "take": N_("Taken: %(names)s"),
    "pass-over": N_("Too dear for what is left: %(names)s"),
    "unwanted": N_("Nobody voted for: %(names)s"),
}
MARKS: Final = {
    "elected": N_("elected"),
    "chosen": N_("chosen"),
    "adopted": N_("adopted"),
    "not-adopted": N_("not adopted"),
    "excluded": N_("dropped out"),
}
FILLS_PLACES: Final = ("scottish-stv", "stv")
ASKS_YES_OR_NO: Final = ("yes-no", "show-of-hands", "consent")


@dataclass(frozen=True, slots=True)
class Bar:
    """An option in a round. `width` in per cent of the longest bar; `look`: elected, excluded or nothing; `mark`: the
    same in the words of the method, since a question is adopted and a park is chosen, and neither is elected."""

    name: str
    votes: str
    width: str
    look: str
    mark: str


@dataclass(frozen=True, slots=True)
class RoundShown:
    """`title` says what was done. `left`: votes that name nobody any more, as a sentence. `quota`: where it stands."""

    title: str
    bars: tuple[Bar, ...]
    left: str


@dataclass(frozen=True, slots=True)
class Rounds:
    rounds: tuple[RoundShown, ...]
    option: str
    votes: str
    quota: str


@dataclass(frozen=True, slots=True)
class Duel:
    """Row against column. `look`: won, lost, even, or self; `said`: the same in words."""

    votes: str
    look: str
    said: str


@dataclass(frozen=True, slots=True)
class Duels:
    caption: str
    option: str
    columns: tuple[tuple[str, str], ...]
    """Number and name."""
    rows: tuple[tuple[str, str, tuple[Duel, ...]], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`rows`: the option, for each criterion its share and how strong (1 to 5), and the sum."""

    caption: str
    option: str
    total: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, int], ...], str], ...]


def rounds_of(result: Mapping[str, Any], names: Mapping[str, str] | None = None, most: int = SCREEN) -> Rounds | None:
    """Bars for every round; of many rounds and options what `shortened` leaves. `names`: what options are called, where
    the ballots know them by number."""
    result = shortened(result, most) or result
    rounds: list[Mapping[str, Any]] = result.get("rounds") or []
    if not rounds:
        return None
    named = _named(names)
    largest = max((_value(votes) for each in rounds for votes in each["votes"].values()), default=Fraction(0))
    gone: set[str] = set()
    places = {name: at for at, name in enumerate(names_in_order(result))}
    shown = []
    many = result.get("rounds_of", len(rounds)) > 1
    for at, each in enumerate(rounds, 1):
        if each.get("between"):
            shown.append(_between(each["number"]))
            continue
        bars = tuple(
            _bar(named(name), votes, largest, look := _look(name, each, result, many), _mark(name, look, result))
            for name, votes in _in_order(each["votes"], places)
            if name not in gone
        )
        gone |= {name for name in each.get("excluded", ()) if name not in each.get("of", ())}
        gone |= {name for name in each.get("of", ()) if each["action"] == "exclude"}
        title = _(ACTIONS.get(_action(each), "%(names)s"), names=listed([named(name) for name in each.get("of", ())]))
        if many:
            title = _("Round %(number)s: %(what)s", number=digits(each.get("number", at)), what=title)
        shown.append(RoundShown(title, bars, _left(each)))
    quota = result.get("quota")
    needed = _("Enough to be elected: %(quota)s", quota=written(quota)) if quota is not None else ""
    return Rounds(tuple(shown), _("Option"), _("Votes"), needed)


def _action(each: Mapping[str, Any]) -> str:
    """What was done; of a budget what nobody voted for is passed over whatever it costs."""
    unwanted = each["action"] == "pass-over" and not any(_value(votes) for votes in each["votes"].values())
    return "unwanted" if unwanted else str(each["action"])


def _in_order(votes: Mapping[str, Any], places: Mapping[str, int]) -> list[tuple[str, Any]]:
    """Yes before no, options as the result puts them: where a result is kept, names stand by their length."""
    if set(votes) == {"yes", "no"}:
        return sorted(votes.items(), key=lambda one: one[0] != "yes")
    return sorted(votes.items(), key=lambda one: places.get(one[0], len(places)))


def _left(each: Mapping[str, Any]) -> str:
    """What is not drawn of a round: options with fewer votes, and ballots that name nobody who is left."""
    left = _value(each.get("exhausted", 0))
    said = _("Ballots that name nobody who is left: %(votes)s", votes=written(each["exhausted"])) if left else ""
    if each["action"] in ("take", "pass-over"):  # of a budget: what is left of the money
        said = _("Still to spend: %(money)s €", money=number(left, grouped=True))
    more = _("%(count)s more options got no more than these.", count=digits(each["more"])) if each.get("more") else ""
    return " ".join(part for part in (more, said) if part)


def _between(last: int) -> RoundShown:
    """The rounds between beginning and end in one line."""
    said = _("Rounds %(first)s to %(last)s", first=digits(BEGINNING + 1), last=digits(last))
    return RoundShown(said, (), _("They are not drawn; the bundle has them all."))


def ordered(result: Mapping[str, Any], most: int = SCREEN) -> list[str]:
    """The options of a pairwise table in the order of the result; of many the first ones."""
    table = result.get("pairwise") or {}
    order = [name for group in result.get("order", ()) for name in (group if isinstance(group, list) else [group])]
    order = [name for name in dict.fromkeys([*order, *table]) if name in table]
    return order if len(order) <= most else order[:FEW]


def duels_of(result: Mapping[str, Any], names: Mapping[str, str] | None = None) -> Duels | None:
    """The pairwise table, in the order of the result, so that in a clear result all that is won lies above."""
    table = result.get("pairwise")
    if not table:
        return None
    named = _named(names)
    order = ordered(result)
    rows = tuple(
        (digits(at), named(row), tuple(_duel(table, row, column, named) for column in order))
        for at, row in enumerate(order, 1)
    )
    caption, every = _("How many prefer the option of the row to that of the column"), result.get("of", len(table))
    return Duels(
        f"{caption}. {first_of(len(order), every)}" if len(order) < every else caption,
        _("Option"),
        tuple((digits(at), named(name)) for at, name in enumerate(order, 1)),
        rows,
    )


def steps_of(count: Mapping[str, Any], call: Callable[[str], str]) -> list[str]:
    """Every round, what the duels said and every tie, as sentences; of very many rounds those at both ends."""
    kept = shortened(count) or count
    rounds: list[Mapping[str, Any]] = kept.get("rounds") or []
    whole = [one | {"votes": one["votes"] | one.get("had", {})} if "had" in one else one for one in rounds]  # type: ignore[operator]
    result = renamed(read_result({**kept, "rounds": whole}), call)
    silent = result.method in ("yes-no", "show-of-hands", "consent")
    steps: list[str] = []
    for at, one in enumerate(() if silent else rounds):
        if one.get("between"):
            steps.append(_between_steps(one["number"]))
        else:
            steps += round_in_words(result, at)
    return [*steps, *duels_and_ties_in_words(result)]


def _between_steps(last: int) -> str:
    left_out = digits(last - BEGINNING)
    return _("%(count)s steps in between are left out here; the bundle has them all.", count=left_out)


def first_of(shown: int, of: int) -> str:
    """Which part of a table is shown, and where the whole is."""
    return _("The first %(count)s of %(all)s; the bundle has them all.", count=digits(shown), all=digits(of))


def matrix_of(result: Mapping[str, Any], names: Mapping[str, str] | None = None) -> Matrix | None:
    """What each criterion gives to each option, and the sum."""
    shares = result.get("shares")
    if not shares:
        return None
    named, criteria = _named(names), list(shares)
    options = list(next(iter(shares.values())))
    most = max((_value(shares[of][name]) for of in criteria for name in options), default=Fraction(0))
    sums = {name: _value(result["scores"].get(name, 0)) for name in options}
    rows = tuple(
        (named(name), tuple(_cell(_value(shares[of][name]), most) for of in criteria), _short(sums[name]))
        for name in sorted(options, key=lambda name: (-sums[name], options.index(name)))
    )
    caption = _("What each criterion adds to each option")
    return Matrix(caption, _("Option"), _("Sum"), tuple(criteria), rows)


def _bar(name: str, votes: int | str, most: Fraction, look: str, mark: str) -> Bar:
    width = f"{float(100 * _value(votes) / most):.2f}" if most else "0"
    return Bar(name, written(votes), width, look, _(MARKS[mark]) if mark else "")


def _mark(name: str, look: str, result: Mapping[str, Any]) -> str:
    """What is said of an option in a round: of a question, beside its yes, whether it is adopted."""
    if result.get("method") in ASKS_YES_OR_NO:
        said = {"decided": "adopted", "rejected": "not-adopted"}
        return said.get(result.get("outcome", ""), "") if name == "yes" else ""
    return "chosen" if look == "elected" and result.get("method") not in FILLS_PLACES else look


def _look(name: str, each: Mapping[str, Any], result: Mapping[str, Any], many: bool) -> str:
    if name in each.get("elected", ()) or (not many and name in result.get("winners", ())):
        return "elected"
    return "excluded" if name in each.get("excluded", ()) else ""


def _duel(table: Mapping[str, Any], row: str, column: str, named: Any) -> Duel:
    if row == column:
        return Duel("", "self", "")
    for_row, against = table[row][column], table[column][row]
    look = "won" if for_row > against else "lost" if for_row < against else "even"
    said = _(
        "%(one)s against %(other)s: %(for_one)s to %(for_other)s", one=named(row), other=named(column),
        for_one=digits(for_row), for_other=digits(against),
    )  # fmt: skip
    return Duel(digits(for_row), look, said)


def _cell(share: Fraction, most: Fraction) -> tuple[str, int]:
    level = 1 + min(LEVELS - 1, int(share * LEVELS / most)) if most > 0 and share > 0 else 1
    return _short(share), level


def _named(names: Mapping[str, str] | None) -> Any:
    return lambda name: (names or {}).get(name, name)


def _value(votes: Any) -> Fraction:
    return Fraction(votes)


def written(votes: Any) -> str:
    """Votes as they are read: whole, or with the decimals of the rule; a fraction cut to five."""
    text = str(votes)
    if "/" in text:
        value = Fraction(text)
        text = f"{int(value * 10**PLACES) / 10**PLACES:.{PLACES}f}"
    return pointed(text.removesuffix("." + "0" * PLACES))


def _short(value: Fraction) -> str:
    return pointed(f"{float(value):.3f}".rstrip("0").rstrip("."))
