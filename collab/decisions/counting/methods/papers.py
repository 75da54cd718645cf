"""Papers that move: where each goes next when the option it lies with has gone out or has enough.

A paper is what is left of a ranking: an iterator over the options still to come, or, where equals stand among them,
the groups that are left. Papers of one transfer lie together in a parcel, all of one value.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ..ballots import Ballots
from ..exact import Number

Rest = tuple[tuple[int, ...], ...]
Paper = tuple[Iterator[int], int]
Equal = tuple[Rest, Number]


class Parcel(NamedTuple):
    """Papers without equals and with them, each with how many alike there are; `value` of one paper."""

    value: Number
    papers: Sequence[Paper]
    equals: Sequence[Equal]

    @property
    def many(self) -> Number:
        """How many papers these are; parts of papers count as parts."""
        return sum(n for _, n in self.papers) + sum(n for _, n in self.equals)


def whole(ballots: Ballots, value: Number) -> Parcel:
    """All ballots, each worth `value`, before anything was counted."""
    return Parcel(
        value,
        [(iter(ranking), n) for ranking, n in ballots.strict.items()],
        list(ballots.weak.items()),
    )


def together(parcels: Sequence[Parcel]) -> list[Parcel]:
    """Parcels of one value as one parcel, alike papers with equals counted once.

    Papers that are shared out come back to an option on many ways; were each kept apart, they would double with every
    round. What is counted stays the same.
    """
    papers: dict[Number, list[Paper]] = {}
    equals: dict[Number, dict[Rest, Number]] = {}
    for parcel in parcels:
        papers.setdefault(parcel.value, []).extend(parcel.papers)
        alike = equals.setdefault(parcel.value, {})
        for rest, n in parcel.equals:
            alike[rest] = alike.get(rest, 0) + n
    return [Parcel(value, found, list(equals[value].items())) for value, found in papers.items()]


def sent_on(parcel: Parcel, running: set[int], value: Number, *, split: bool) -> tuple[dict[int, Parcel], Number]:
    """Each paper to the next of `running` on it, at `value`; and how many papers name none of them any more.

    Equals share a paper in equal parts where they may `split` it; else the paper goes no further there.
    """
    papers: dict[int, list[Paper]] = {}
    equals: dict[int, dict[Rest, Number]] = {}
    exhausted: Any = 0
    for paper in parcel.papers:
        for option in paper[0]:
            if option in running:
                if option in papers:
                    papers[option].append(paper)
                else:
                    papers[option] = [paper]
                break
        else:
            exhausted += paper[1]
    for rest, n in parcel.equals:
        shares = list(_next(rest, running, split))
        for option, left in shares:
            alike = equals.setdefault(option, {})
            alike[left] = alike.get(left, 0) + (n if len(shares) == 1 else Fraction(n) / len(shares))
        exhausted += 0 if shares else n
    return {
        option: Parcel(value, papers.get(option, ()), list(equals.get(option, {}).items()))
        for option in (*papers, *equals)
    }, exhausted


def _next(rest: Rest, running: set[int], split: bool) -> Iterator[tuple[int, Rest]]:
    for at, group in enumerate(rest):
        if len(group) > 1 and not split:
            return
        here = [option for option in group if option in running]
        if here:
            for option in here:
                others = tuple(one for one in here if one != option)
                yield option, ((others, *rest[at + 1 :]) if others else rest[at + 1 :])
            return
