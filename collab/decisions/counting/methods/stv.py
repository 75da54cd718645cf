"""The single transferable vote, plain and as Scottish councils are elected: weighted inclusive Gregory.

Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45–52: Droop quota; surpluses go first,
the largest first; all papers of the elected move, each at the surplus times its value over all the votes of the
elected, cut after five decimals; then the lowest goes out and its papers move at the value they had; whoever remains
for the last seats takes them. Ties by the newest earlier stage at which they were unequal, then by lot.

Plain STV is the same with quota, order of surpluses, decimals and equal ranks as its card says; without decimals all
is exact.
"""

from ..ballots import Ballots
from ..electorate import Electorate
from ..finishing import finished
from ..ladder import Ladder
from ..placing import Placed
from ..result import Result
from ..rule import Rule
from ..standing import standing
from .excluding import layers
from .pairwise import able
from .stages import Stages


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Stage by stage; votes, exhausted papers and what was cut off always sum to the votes of the first stage."""
    ladder = Ladder(rule, ballots, electorate)
    names = ballots.options
    running = able(rule, ballots)
    stages = Stages(rule, ladder, running)
    stages.run()
    spared = stages.going & stages.running
    rest = sorted(stages.running - spared, key=lambda one: -stages.votes[one])
    still: list[tuple[int, ...]] = []
    for one in rest:
        if still and stages.votes[still[-1][0]] == stages.votes[one]:
            still[-1] = (*still[-1], one)
        else:
            still.append((one,))
    order = [*((one,) for one in stages.elected), *still, *layers(stages.out, spared)]
    dropped = [one for one in range(len(names)) if one not in running and names[one] != rule.none]
    return finished(
        rule,
        ladder,
        Placed(tuple(stages.elected), tuple(order), tuple(stages.ties)),
        behind=([names.index(rule.none)] if rule.none is not None else [], dropped),
        dropped=tuple(names[one] for one in dropped),
        rounds=tuple(stages.rounds),
        quota=stages.shown(stages.quota),
        decimals=rule.decimals,
        sums=standing(rule, ballots, electorate).sums(),
    )
