"""A result on a terminal: as readable text, and as JSON with the keys that `collab tally` promises."""

from fractions import Fraction
from typing import Any, Final

from ..counting import Result, Round, Tie
from ..counting.exact import Number, decimal
from ..formats import Votes

PLACES: Final = 5
"""Decimals of numbers that are not whole, where the rule itself cuts none."""
WIDEST_TABLE: Final = 12
OUTCOMES: Final = {
    "decided": "Decided.",
    "rejected": "Rejected.",
    "tie": "A tie that the rule leaves open.",
    "no-quorum": "Not decided: the quorum was not reached.",
    "no-valid-votes": "Not decided: no ballot says anything.",
}
STEPS: Final = {"history": "earlier rounds", "second": "the second method", "chair": "the chair", "lot": "the lot"}
WAITS: Final = {
    "awaits-seed": "the lot needs a seed (--seed)",
    "awaits-chair": "the chair has the casting vote",
    "same-either-way": "it makes no difference to who is elected",
}


def as_json(result: Result) -> dict[str, Any]:
    """Keys as documented: method, seats, winners, order, ties, quota, rounds, pairwise. Names as in the file."""
    said = result.as_json()
    rounds = [_round(result, at, each) for at, each in enumerate(result.rounds)]
    if len(rounds) == 1 and not rounds[0]["elected"]:
        rounds[0]["elected"] = list(result.winners)
    return {
        "method": result.method,
        "seats": result.seats,
        "winners": said["winners"],
        "order": said["order"],
        "ties": said["ties"],
        "quota": None if result.quota is None else _written(result.quota),
        "rounds": rounds,
        "pairwise": said["pairwise"],
    }


def _round(result: Result, at: int, each: Round) -> dict[str, Any]:
    return {
        "votes": {name: _number(result, votes) for name, votes in each.votes},
        "action": _action(result, at, each),
        "elected": list(each.elected),
        "excluded": list(each.excluded),
        "exhausted": _number(result, each.exhausted),
    }


def _action(result: Result, at: int, each: Round) -> str:
    whom = ", ".join(each.of)
    if each.action == "count":
        return "first preferences" if result.method in ("irv", "stv", "scottish-stv") and at == 0 else "count"
    words = {"surplus": "surplus of", "exclude": "exclude", "fill": "fill the seats left:", "take": "take"}
    return f"{words.get(each.action, each.action.replace('-', ' '))} {whom}".strip()


def _written(value: Number) -> int | str:
    return int(value) if Fraction(value).denominator == 1 else decimal(value, PLACES)


def _number(result: Result, value: Number) -> int | str:
    """Whole numbers as such where the count has no decimals; else decimals, cut and not rounded."""
    if result.decimals is not None:
        return decimal(value, result.decimals)
    return _written(value)


def as_text(result: Result, votes: Votes) -> str:
    """Outcome first, then how it came about."""
    said = [votes.title] if votes.title else []
    said.append(
        f"{result.method}, {result.seats} {'seat' if result.seats == 1 else 'seats'}, {votes.ballots:,} ballots"
    )
    said += [f"Note: {note}." for note in votes.notes]
    said += ["", OUTCOMES[result.outcome]]
    if result.winners:
        said += [f"  {at}. {name}" if result.seats > 1 else f"  {name}" for at, name in enumerate(result.winners, 1)]
    if result.quota is not None:
        said.append(f"Quota: {_written(result.quota)}")
    said += _order(result) + [line for tie in result.ties for line in _tie(tie)]
    for at, each in enumerate(result.rounds):
        said += ["", *_told(result, at, each)]
    return "\n".join([*said, *_table(result)])


def _order(result: Result) -> list[str]:
    if len(result.order) < 2 and len(result.options) < 2:
        return []
    return ["", "Order: " + " > ".join(" = ".join(group) for group in result.order)] if result.order else []


def _tie(tie: Tie) -> list[str]:
    where = f" in round {tie.round}" if tie.round else ""
    lines = [f"Tie for {tie.step}{where}: {', '.join(tie.between)}."]
    if tie.broken:
        lines[0] += f" Broken by {', then '.join(STEPS[step] for step in tie.broken)}."
    if tie.open:
        lines[0] += " Left open."
    if tie.why:
        lines[0] += f" ({WAITS[tie.why]})"
    return lines


def _told(result: Result, at: int, each: Round) -> list[str]:
    many = len(result.rounds) > 1
    lines = [f"{f'Round {at + 1}: ' if many else ''}{_action(result, at, each)}"]
    width = min(60, max((len(name) for name, _votes in each.votes), default=0))
    numbers = [(name, _number(result, votes), votes) for name, votes in each.votes]
    digits = max((len(str(number)) for _name, number, _votes in numbers), default=0)
    for name, number, _votes in sorted(numbers, key=lambda one: -one[2]):
        elected = name in each.elected or (not many and name in result.winners)
        mark = "  elected" if elected else "  excluded" if name in each.excluded else ""
        lines.append(f"  {name:<{width}}  {number!s:>{digits}}{mark}")
    if each.exhausted:
        lines.append(f"  ({_number(result, each.exhausted)} exhausted or not counted)")
    return lines


def _table(result: Result) -> list[str]:
    if result.table is None or len(result.options) > WIDEST_TABLE:
        return []
    lines = ["", "How many prefer the option of the row to that of the column:"]
    width = min(40, max(map(len, result.options)))
    cells = max(len(str(n)) for row in result.table for n in row) if result.table else 1
    cells = max(cells, len(str(len(result.options))) + 2)
    lines.append(" " * (width + 5) + " ".join(f"{f'({at})':>{cells}}" for at in range(1, len(result.options) + 1)))
    for at, (name, row) in enumerate(zip(result.options, result.table, strict=True)):
        numbers = " ".join(f"{'·' if at == other else n:>{cells}}" for other, n in enumerate(row))
        lines.append(f"{f'({at + 1})':>4} {name[:width]:<{width}}{numbers}")
    return lines
