"""The stages of a transferable vote. Votes are whole numbers of the smallest part that is kept, or exact fractions."""

from collections.abc import Sequence
from fractions import Fraction

from ..exact import Number
from ..finishing import named
from ..ladder import Ladder
from ..result import Round, Tie
from ..rule import Rule
from .excluding import lowest, went
from .papers import Parcel, sent_on, together, whole


class Stages:
    """One count on its way. `elected` and `out` in the order in which it happened, those out together whom nothing
    told apart; `running` neither; `waiting` those whose surplus has not gone on, with when they reached the quota."""

    def __init__(self, rule: Rule, ladder: Ladder, running: Sequence[int]) -> None:
        self.rule = rule
        self.ladder = ladder
        self.names = ladder.ballots.options
        self.unit = None if rule.decimals is None else 10**rule.decimals
        self.running = set(running)
        self.votes: list[Number] = [0] * len(self.names)
        self.piles: dict[int, list[Parcel]] = {one: [] for one in running}
        self.elected: list[int] = []
        self.waiting: dict[int, tuple[int, Number, str]] = {}
        self.out: list[list[int]] = []
        self.going: frozenset[int] = frozenset()
        self.rounds: list[Round] = []
        self.ties: list[Tie] = []
        self.history: list[dict[int, Number]] = []
        self.total: Number = 0
        self.exhausted: Number = 0
        self.quota: Number = 0

    def run(self) -> None:
        """Count until the seats are full, or a tie stands open."""
        self._first()
        while self.running and len(self.elected) < self.rule.seats:
            if len(self.running) <= self.rule.seats - len(self.elected):
                self._fill()
            elif surplus := self._foremost():
                self._surplus(surplus[0])
            elif self._stuck() or not self._exclude():
                return

    def shown(self, value: Number) -> Number:
        """In votes again."""
        return value if self.unit is None else Fraction(value, self.unit)

    def _first(self) -> None:
        every = whole(self.ladder.ballots, self.unit or 1)
        self._move([every], every.value)
        self.total = sum(self.votes)
        self.quota = self._quota()
        self._record("count", ())

    def _quota(self) -> Number:
        """Where decimals are kept, the next number of so many that no more can reach than there are seats. (A card of
        version 1 cut it instead.)"""
        seats, unit = self.rule.seats, self.unit or 1
        if self.rule.quota == "droop":
            return (int(self.total // unit) // (seats + 1) + 1) * unit
        share = Fraction(self.total) / (seats if self.rule.quota == "hare" else seats + 1)
        if self.unit is None or self.rule.version == 1:
            return self._cut(share)
        return share.__ceil__() if self.rule.quota == "hare" else share.__floor__() + 1

    def _cut(self, value: Number) -> Number:
        return value if self.unit is None else value.__floor__()

    def _reached(self, one: int) -> bool:
        if self.rule.quota == "exact-droop" and (self.unit is None or self.rule.version == 1):
            return self.votes[one] > self.quota
        return self.votes[one] >= self.quota and (self.votes[one] > 0 or self.rule.version == 1)

    def _move(self, parcels: Sequence[Parcel], share: Number | None = None) -> None:
        """Send papers on, each parcel at its own value, or at `share` of it."""
        for parcel in parcels:
            value = parcel.value if share is None or not self.rounds else self._cut(parcel.value * share)
            if not value:
                continue
            parts, ended = sent_on(parcel, self.running, value, split=self.rule.equal_ranks == "split")
            for option, part in parts.items():
                self.piles[option].append(part)
                self.votes[option] += self._cut(value * part.many)
            if self.rounds:
                self.exhausted += self._cut(value * ended)

    def _surplus(self, one: int) -> None:
        over = self.votes[one] - self.quota
        parcels, share = together(self.piles[one]), Fraction(over) / self.votes[one]
        self.piles[one] = []
        del self.waiting[one]
        self.votes[one] = self.quota
        self._move(parcels, share)
        self._record("surplus", (one,))

    def _exclude(self) -> bool:
        seats = self.rule.seats - len(self.elected)
        gone = lowest(
            self.votes, self.running, self.ladder, self.history, len(self.rounds) + 1,
            bulk=False, seats=seats, going=self.going,
        )  # fmt: skip
        self.ties.extend(gone.ties)
        if gone.option is None:
            return False
        self.going = gone.all_go or self.going
        self.running.discard(gone.option)
        went(self.out, gone.option, self.going)
        self.votes[gone.option] = 0
        self._move(together(self.piles.pop(gone.option)))
        self._record("exclude", (gone.option,))
        return True

    def _foremost(self) -> list[int]:
        """Whose surplus goes next; nobody where there is none, or where a tie between the foremost stands open."""
        over = [one for one in self.waiting if self.votes[one] > self.quota]
        if not over:
            return []
        if self.rule.surplus_order == "first-elected":
            first = min(self.waiting[one] for one in over)
            tied = [one for one in over if self.waiting[one] == first]
        else:
            most = max(self.votes[one] for one in over)
            tied = [one for one in over if self.votes[one] == most]
        if len(tied) == 1:
            return tied
        settled = self.ladder.settle(
            tied, lambda groups: len(groups[0]) == 1, steps=self.rule.elimination_ties, history=self.history
        )
        named_ = [tuple(self.names[one] for one in group) for group in settled.groups]
        open_ = len(settled.groups[0]) > 1
        between = tuple(self.names[one] for one in tied)
        step = len(self.rounds) + 1
        self.ties.append(Tie(between, "surplus", step, settled.broken, tuple(named_), open_, settled.why))
        return [] if open_ else settled.groups[0]

    def _stuck(self) -> bool:
        return bool(self.ties) and self.ties[-1].open

    def _fill(self) -> None:
        last = sorted(self.running, key=lambda one: (-self.votes[one], self.names[one]))
        self.elected.extend(last)
        self.running.clear()
        self._snapshot("fill", last, last, ())

    def _record(self, action: str, of: Sequence[int]) -> None:
        new = [one for one in self.running if self._reached(one)]
        new.sort(key=lambda one: (-self.votes[one], self.names[one]))
        self.running.difference_update(new)
        self.elected.extend(new)
        for one in new:
            # With a card of version 1 the name told equals apart.
            name = self.names[one] if self.rule.version == 1 else ""
            self.waiting[one] = len(self.rounds), -self.votes[one], name
        self._snapshot(action, of, new, of if action == "exclude" else ())
        self.history.insert(0, dict(enumerate(self.votes)))

    def _snapshot(self, action: str, of: Sequence[int], elected: Sequence[int], excluded: Sequence[int]) -> None:
        def say(some: Sequence[int]) -> tuple[str, ...]:
            return tuple(self.names[one] for one in some)

        lost = self.shown(self.total - sum(self.votes) - self.exhausted)
        votes = named(self.names, [self.shown(one) for one in self.votes])
        self.rounds.append(Round(action, votes, say(of), say(elected), say(excluded), self.shown(self.exhausted), lost))
