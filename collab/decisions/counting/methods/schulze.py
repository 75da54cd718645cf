"""Schulze: an option stands before another when its strongest path of victories is the stronger of the two.

Schulze, *A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
method* (Social Choice and Welfare 36, 2011; arXiv 1804.02973). A path is as strong as its weakest victory. Only
victories are links, as in Debian's constitution and on Kubernetes' ballots: two who are level are not linked.
"""

from ..ballots import Ballots
from ..electorate import Electorate
from ..ladder import Ladder
from ..result import Result
from ..rule import Rule
from .paired import paired
from .pairwise import able, finely, strengths, table


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Seats to those who stand first; `paths` shows the strength of the strongest path of each to each."""
    running = able(rule, ballots)
    pairs = table(rule, ballots)
    links = strengths(rule, pairs)
    within = set(running)
    for a, row in enumerate(links):
        for b in range(len(row)):
            if a not in within or b not in within:
                row[b] = 0
    paths = strongest(links)
    before = {a: frozenset(b for b in running if paths[a][b] > paths[b][a]) for a in running}
    fine = finely(rule, pairs)
    shown = tuple(tuple(one // fine for one in row) for row in paths)
    return paired(rule, ballots, electorate, before, Ladder(rule, ballots, electorate), paths=shown)


def strongest(links: list[list[int]]) -> list[list[int]]:
    """The strength of the strongest path between every two, after Floyd and Warshall; 0 where there is none."""
    paths = [list(row) for row in links]
    for by, middle in enumerate(paths):
        for a, row in enumerate(paths):
            first = row[by]
            if first and a != by:
                paths[a] = [
                    (now if now >= (on if on < first else first) else (on if on < first else first))
                    for now, on in zip(row, middle, strict=True)
                ]
    for at, row in enumerate(paths):
        row[at] = 0
    return paths
