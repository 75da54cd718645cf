"""The end of every method of pairs: places from who stands before whom, dropped options behind."""

from typing import Any

from ..ballots import Ballots
from ..electorate import Electorate
from ..finishing import finished
from ..ladder import Ladder
from ..placing import Before, place
from ..result import Result
from ..rule import Rule
from ..standing import standing
from .pairwise import table


def paired(rule: Rule, ballots: Ballots, electorate: Electorate, before: Before, ladder: Ladder, **also: Any) -> Result:
    """The result for the options of `before`; the others were dropped, "none of these" standing before them."""
    names = ballots.options
    dropped = [one for one in range(len(names)) if one not in before and names[one] != rule.none]
    none = [names.index(rule.none)] if rule.none is not None else []
    return finished(
        rule,
        ladder,
        place(before, rule.seats, ladder),
        behind=(none, dropped),
        dropped=tuple(names[one] for one in dropped),
        table=table(rule, ballots),
        sums=standing(rule, ballots, electorate).sums(),
        **also,
    )
