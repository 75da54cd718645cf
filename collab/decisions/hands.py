"""A show of hands: nobody has a ballot, the numbers counted in the room are typed in, and the same rule counts them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from collab.core.dates import clock as wall
from collab.core.dates import digits
from collab.core.i18n import N_, _, ngettext

from .counting.words import apart

BY_HANDS: Final = N_("By show of hands: the numbers are typed in")
TYPED: Final = N_("By show of hands: %(numbers)s, typed in by %(name)s at %(clock)s.")
NAMELESS: Final = N_("By show of hands: %(numbers)s.")
NONE_TYPED: Final = N_("By show of hands: no numbers were typed in before the hour of the close.")


def by_hands(card: Mapping[str, Any]) -> bool:
    """Whether a card says that hands are shown."""
    return bool(card.get("hands"))


def hands_in(result: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What was typed in, as the result keeps it: `yes`, `no`, `abstained`, `by` (a person's id), `at` (ISO 8601)."""
    return (result or {}).get("hands")


def ballots_of(hands: Mapping[str, Any]) -> list[dict[str, Any]]:
    """As many ballots as hands were counted, each saying what it said and nobody's name."""
    said: tuple[tuple[str, dict[str, Any]], ...] = (
        ("yes", {"vote": "yes"}), ("no", {"vote": "no"}), ("abstained", {"abstain": True}),
    )  # fmt: skip
    return [choice for name, choice in said for _hand in range(hands[name])]


def numbers_in_words(hands: Mapping[str, Any]) -> str:
    """ "12 yes, 3 no, 1 abstention", in the reader's language and digits."""
    return ngettext(
        "%(yes)s yes, %(no)s no, %(abstained)s abstention", "%(yes)s yes, %(no)s no, %(abstained)s abstentions",
        hands["abstained"], yes=digits(hands["yes"]), no=digits(hands["no"]), abstained=digits(hands["abstained"]),
    )  # fmt: skip


def hands_words(card: Mapping[str, Any], result: Mapping[str, Any] | None, name: str, time_zone: str) -> list[str]:
    """What is said of the numbers beside the outcome of a closed vote; nothing where people had ballots. `name`: of
    whoever typed them in, empty where it is not to be read."""
    hands = hands_in(result)
    if not by_hands(card):
        return []
    if hands is None:
        return [_(NONE_TYPED)]
    numbers = numbers_in_words(hands)
    if not name:
        return [_(NAMELESS, numbers=numbers)]
    return [_(TYPED, numbers=numbers, name=apart(name), clock=wall(datetime.fromisoformat(hands["at"]), time_zone))]
