"""Ballots as people said them, one choice each, put under the names of the options: what is kept of a vote, and by name
in the bundle of an open one."""

from collections.abc import Mapping, Sequence
from typing import Any

from .ballots import Ballots


def ballots_of(
    form: str, options: Mapping[int, str], choices: Sequence[Mapping[str, Any]], *, criteria: int = 0, **also: Any
) -> Ballots:
    """The ballots of one `form`. `options`: id → title in the order of the ballot; `criteria`: how many a sheet has."""
    names, index = tuple(options.values()), {str(id_): place for place, id_ in enumerate(options)}
    said = [choice for choice in choices if "abstain" not in choice]
    also["abstained"] = len(choices) - len(said)
    if form in ("yes-no", "consent"):
        yes = sum(choice.get("vote") == "yes" or "consent" in choice for choice in said)
        return Ballots.question(yes=yes, no=len(said) - yes, **also)
    if form == "one":
        return Ballots.ranked(names, [(index[str(choice["option"])],) for choice in said], **also)
    if form == "approve":
        return Ballots.approving(
            names, [tuple(index[str(one)] for one in choice["options"]) for choice in said], **also
        )
    if form == "criteria":
        places = [str(place) for place in range(1, criteria + 1)]
        sheets = [[[choice["sheet"].get(of, {}).get(one) for one in index] for of in places] for choice in said]
        return Ballots.judged(names, sheets, **also)
    if form == "score":
        return Ballots.scored(names, [[choice["scores"].get(one) for one in index] for choice in said], **also)
    return Ballots.ranks(names, [[choice["ranks"].get(one) for one in index] for choice in said], **also)
