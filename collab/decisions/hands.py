"""A show of hands: nobody has a ballot, the numbers counted in the room are typed in, and the same rule counts them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from collab.core.dates import clock as wall
from collab.core.dates import digits, shown_instant
from collab.core.i18n import N_, _, ngettext
from collab.core.venue import Venue

from .counting.words import apart

BY_HANDS: Final = N_("By show of hands: the numbers are typed in")
TYPED: Final = N_("By show of hands: %(numbers)s, typed in by %(name)s at %(clock)s.")
NAMELESS: Final = N_("By show of hands: %(numbers)s.")
NONE_TYPED: Final = N_("By show of hands: no numbers were typed in before the hour of the close.")
CORRECTED: Final = N_("By show of hands: %(numbers)s, as %(name)s corrected it on %(when)s.")
BEFORE: Final = N_("Before that, %(name)s had typed in: %(numbers)s. Why it was corrected: “%(reason)s”.")
BEFORE_NONE: Final = N_(
    "Before that, no numbers were typed in before the hour of the close. Why they came later: “%(reason)s”."
)
BEFORE_NAMELESS: Final = N_("It was corrected; before that it said: %(numbers)s.")
LATER_NAMELESS: Final = N_("The numbers were typed in after the hour of the close.")

APPROVED: Final = N_(
    "The minutes of the meeting are approved, and the numbers with them. Put the question to a new vote."
)
STANDS: Final = N_("The outcome is written down, and the numbers with it. Put the question to a new vote.")


def by_hands(card: Mapping[str, Any]) -> bool:
    """Whether a card says that hands are shown."""
    return bool(card.get("hands"))


def hands_in(result: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What was typed in, as the result keeps it: `yes`, `no`, `abstained`, `by` (a person's id), `at` (ISO 8601); and
    where it was corrected `before`: what stood there until then, the oldest first, each with the `reason`."""
    return (result or {}).get("hands")


def typists(result: Mapping[str, Any] | None) -> list[int]:
    """Everybody who typed numbers in, by id."""
    hands = hands_in(result) or {}
    return [one["by"] for one in (*hands.get("before", ()), hands) if "by" in one]


def settled_words(stage: str, venue: Venue | None) -> str:
    """Why the numbers of a closed vote are corrected no more; empty while they may be."""
    if venue is not None and venue.settled:
        return _(APPROVED)
    if stage in ("carried-out", "superseded") or (stage == "decided" and (venue is None or not venue.begun)):
        return _(STANDS)
    return ""


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


def hands_words(
    card: Mapping[str, Any],
    result: Mapping[str, Any] | None,
    name: Callable[[int], str] | None,
    time_zone: str,
    calendar: str = "gregorian",
) -> list[str]:
    """What is said of the numbers beside the outcome of a closed vote; nothing where people had ballots. `name`: of
    somebody who typed them in, by id; None where names are not to be read."""
    hands = hands_in(result)
    if not by_hands(card):
        return []
    if hands is None:
        return [_(NONE_TYPED)]
    numbers, at = numbers_in_words(hands), datetime.fromisoformat(hands["at"])
    before = [_before_words(one, name) for one in reversed(hands.get("before", ()))]
    if name is None:
        return [_(NAMELESS, numbers=numbers), *before]
    by = name(hands["by"])
    if before:
        when = shown_instant(at, time_zone, "long", calendar=calendar)  # type: ignore[arg-type]
        return [_(CORRECTED, numbers=numbers, name=apart(by), when=when), *before]
    return [_(TYPED, numbers=numbers, name=apart(by), clock=wall(at, time_zone))]


def _before_words(one: Mapping[str, Any], name: Callable[[int], str] | None) -> str:
    """What stood there until it was corrected, and why; without names no reason either, which may speak of people."""
    if "yes" not in one:
        return _(LATER_NAMELESS) if name is None else _(BEFORE_NONE, reason=apart(one["reason"]))
    numbers = numbers_in_words(one)
    if name is None:
        return _(BEFORE_NAMELESS, numbers=numbers)
    return _(BEFORE, name=apart(name(one["by"])), numbers=numbers, reason=apart(one["reason"]))
