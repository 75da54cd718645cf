"""What a page needs of a long count, put aside when the votes are counted: a page reads and draws no more than that.

The whole count of 200 options is a megabyte of rounds and duels. What is put aside has its shape, so that pictures and
words read either; what it leaves out is said in numbers: `of` options in all, `cut` of those equal with the last in
`order`, and for each round its `number`, how many `more` options it had, and in `had` the votes that only its sentence
tells. Pure, without anything of ours.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

FEW: Final = 12
"""What is drawn of many options."""
BEGINNING, END = 2, 8
"""Of many rounds how they began and how they ended."""
SCREEN, PAPER = 24, 100
"""Up to so many options and rounds a page, and the minutes, have all of it."""
DISPUTED: Final = 60


def short_of(result: Mapping[str, Any]) -> dict[str, Any] | None:
    """The result as a page reads it; None where it is short anyway."""
    count = shortened(result.get("count") or {})
    if count is None:
        return None
    spread = {"spread": result["spread"][:DISPUTED]} if "spread" in result else {}
    return {**result, **spread, "count": count}


def shortened(count: Mapping[str, Any], most: int = SCREEN) -> dict[str, Any] | None:
    """The count with the options that come first and the rounds at both ends; None where it has no more than `most`."""
    if "of" in count:
        return None
    order, rounds = names_in_order(count), list(count.get("rounds") or ())
    if len(order) <= most and len(rounds) <= most:
        return None
    first = order if len(order) <= most else order[:most]
    table = count.get("pairwise")
    shares = {of: {name: by[name] for name in first if name in by} for of, by in (count.get("shares") or {}).items()}
    scores = count.get("scores") or {}
    kept = _rounds(rounds, most)
    drawn = {one["number"] for one in kept} | {0}
    groups, cut = _first_groups(count.get("order") or [], most)
    return {
        **count,
        "of": len(order),
        "order": groups,
        "cut": cut,
        "rounds": kept,
        "rounds_of": len(rounds),
        "pairwise": _duels(table, order, count, most) if table else table,
        "paths": None,
        "locked": [],
        "scores": {name: scores[name] for name in first if name in scores},
        "shares": shares,
        "ties": [one for one in count.get("ties") or () if one["open"] or one["round"] in drawn],
    }


def names_in_order(count: Mapping[str, Any]) -> list[str]:
    """Every option, as the result puts them, then as the rounds and duels name them."""
    said = [name for group in count.get("order") or () for name in (group if isinstance(group, list) else [group])]
    first = (count.get("rounds") or [{"votes": ()}])[0]["votes"]
    scores = sorted(count.get("scores") or (), key=lambda name: -Fraction(count["scores"][name]))
    return list(dict.fromkeys([*said, *scores, *(count.get("pairwise") or ()), *first]))


def _first_groups(order: list[Any], most: int) -> tuple[list[Any], int]:
    """The groups of those that come first, `most` names at the most; and how many more stand equal with the last."""
    kept: list[Any] = []
    for group in order:
        if most <= 0:
            break
        names = group if isinstance(group, list) else [group]
        kept.append(names[:most] if isinstance(group, list) else group)
        most -= len(names)
    return kept, max(0, -most)


def _duels(table: Mapping[str, Any], order: list[str], count: Mapping[str, Any], most: int) -> dict[str, Any]:
    """The duels of those that come first, and of those that the winner does not beat, which the sentences name."""
    names = [name for name in order if name in table]
    if len(names) > most:
        winner = next(iter(count.get("winners") or ()), None)
        unbeaten = [name for name in names if winner and name != winner and table[winner][name] <= table[name][winner]]
        names = list(dict.fromkeys([*names[:FEW], *unbeaten[:FEW]]))
    return {one: {other: table[one][other] for other in names if other != one} for one in names}


def _rounds(rounds: list[Mapping[str, Any]], most: int) -> list[dict[str, Any]]:
    """Those at both ends with their longest bars; of the last one between the votes that the next tells of."""
    many, gone = len(rounds) > most, set[str]()
    kept: list[dict[str, Any]] = []
    for at, one in enumerate(rounds):
        between = many and BEGINNING <= at < len(rounds) - END
        following = rounds[at + 1].get("of", ()) if at + 1 < len(rounds) else ()
        had = {name: one["votes"][name] for name in (*one.get("of", ()), *following) if name in one["votes"]}
        if not between:
            standing = {name: votes for name, votes in one["votes"].items() if name not in gone}
            votes = _longest(standing, one, most)
            more = len(standing) - len(votes)
            kept.append({**one, "number": at + 1, "votes": votes, "more": more, "had": had})
        elif at == len(rounds) - END - 1:
            kept.append({**one, "number": at + 1, "votes": {}, "more": 0, "had": had, "between": True})
        gone |= {name for name in one.get("excluded", ()) if name not in one.get("of", ())}
        gone |= {name for name in one.get("of", ()) if one["action"] == "exclude"}
    return kept


def _longest(votes: Mapping[str, Any], one: Mapping[str, Any], most: int) -> dict[str, Any]:
    """Whoever is elected, then those with the most votes; those that stand equal in the order of the ballot."""
    if len(votes) <= most:
        return dict(votes)
    elected = set(one.get("elected", ()))
    names = sorted(votes, key=lambda name: (name not in elected, -Fraction(votes[name])))[:FEW]
    return {name: votes[name] for name in names}
