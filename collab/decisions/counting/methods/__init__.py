"""The methods, one small module each, all alike: `count(rule, ballots, electorate) -> Result`."""

from collections.abc import Callable
from typing import Final

from ..ballots import Ballots
from ..electorate import Electorate
from ..result import Result
from ..rule import Rule
from . import plurality, yes_no

METHODS: Final[dict[str, Callable[[Rule, Ballots, Electorate], Result]]] = {
    "yes-no": yes_no.count,
    "show-of-hands": yes_no.count,
    "plurality": plurality.count,
}
