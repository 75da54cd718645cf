"""Whether somebody voted otherwise than it came out, and may have their reasons written into the minutes.

On a ballot that is open to see this is looked up and nobody's word is taken for it. Where nobody's ballot is known
(confidential votes, a show of hands) or one sheet of scores does not say what somebody was for, it is their own word,
and the minutes say so. Abstaining, staying away and standing aside are not voting otherwise.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from .hands import by_hands

DAYS: Final = timedelta(days=7)
"""So long may reasons be given and taken back after it came out; papers made later say the same for ever."""
DECIDED: Final = ("decided", "rejected")


def until(closed_at: datetime, chosen: Mapping[str, Any] | None) -> datetime:
    """Until when reasons may be given, changed and taken back. `chosen`: the word of the chair that broke a tie, from
    which the week runs where there is one."""
    return max(closed_at, datetime.fromisoformat(chosen["at"]) if chosen else closed_at) + DAYS


def own_word(card: Mapping[str, Any], level: str) -> bool:
    """Whether that somebody voted otherwise is known from themselves alone."""
    return level == "confidential" or by_hands(card) or card["form"] == "criteria"


def voted_otherwise(
    card: Mapping[str, Any],
    level: str,
    result: Mapping[str, Any],
    choice: Mapping[str, Any] | None,
    cast_at: datetime | None,
    titles: Mapping[int, str],
) -> bool:
    """Whether this voter may say that they voted otherwise.

    `choice`: their ballot where it is open to see; `cast_at`: when it was cast; `titles`: of the options by id, as
    the result names its winners. Of one's ballot counts what one was most for: the option named, those ticked, those in
    the first place, those with the most points. Nobody who was for "none of these" was outvoted by it.
    """
    if result.get("outcome") not in DECIDED or card["form"] == "consent":
        return False
    if by_hands(card):
        return True
    if own_word(card, level):
        return cast_at is not None and not (choice and "abstain" in choice)
    if choice is None or "abstain" in choice:
        return False
    if "vote" in choice:
        return bool((choice["vote"] == "yes") != (result["outcome"] == "decided"))
    return not {titles.get(id_) for id_ in _most_for(choice)} & _came_out(card, result)


def _came_out(card: Mapping[str, Any], result: Mapping[str, Any]) -> set[str]:
    """The titles of what came out: where no option won and there was "none of these", it is that."""
    won = set(result.get("winners") or ())
    return won or ({card["none"]} if card.get("none") else set())


def _most_for(choice: Mapping[str, Any]) -> set[int]:
    if "option" in choice:
        return {choice["option"]}
    if "options" in choice:
        return set(choice["options"])
    if "ranks" in choice:
        first = min(choice["ranks"].values(), default=None)
        return {int(id_) for id_, rank in choice["ranks"].items() if rank == first}
    most = max(choice["scores"].values(), default=None)
    return {int(id_) for id_, points in choice["scores"].items() if points == most}
