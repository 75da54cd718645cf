"""What a ballot may say: checked against the form of the rule, and brought into one shape. Pure.

{"abstain": true} · {"vote": "yes"} · {"option": 7} · {"options": [7, 9]} · {"ranks": {"7": 1, "9": 2}} ·
{"scores": {"7": 10}} · by criteria {"sheet": {"1": {"7": 10}}} · by consent {"consent": true} or {"object": true}
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from collab.core.dates import digits
from collab.core.forms import wrong
from collab.core.i18n import N_, _, ngettext

from .forms import CastBallot

ABSTAINS: Final = {"abstain": True}
CONSENTS: Final = {"consent": True}
OBJECTS: Final = {"object": True}
FIELDS: Final = {
    "yes-no": "vote",
    "one": "option",
    "approve": "options",
    "rank": "ranks",
    "score": "scores",
    "consent": "consent",
    "criteria": "sheet",
}
CHOOSE: Final = N_("Say yes, no or abstain.")
CHOOSE_ONE: Final = N_("Choose one option, or abstain.")
TICK: Final = N_("Tick at least one option, or abstain.")
RANK: Final = N_("Rank at least one option, or abstain.")
POINTS: Final = N_("Give points to at least one option, or abstain.")
NO_OBJECTION: Final = N_("Say that you have no objection, or object with a reason.")
DOTS: Final = N_("Give dots to at least one option, or abstain.")
JUDGE: Final = N_("Score at least one option on one criterion, or abstain.")
NO_CRITERION: Final = N_("There is no such criterion on the ballot.")
OUT_OF_SCALE: Final = N_("A score of “%(name)s” lies between %(low)s and %(high)s")
DOTS_OUT_OF_SCALE: Final = N_("Dots for “%(name)s” lie between %(low)s and %(high)s")
TOO_MANY_DOTS: Final = N_("You spread %(spread)s dots; there are %(dots)s.")
FOREIGN: Final = N_("This option is not on the ballot.")
OTHER_FORM: Final = N_("This ballot is of another kind than the vote asks for.")
TWICE: Final = N_("The same option stands on the ballot twice.")
SHARED: Final = N_("Two options have rank %(rank)s. Here each rank is given once.")
GAP: Final = N_("Nobody has rank %(rank)s. Ranks go 1, 2, 3, without a gap.")


def choice_of(card: dict[str, Any], options: Iterable[int], said: CastBallot) -> dict[str, Any]:
    """The ballot in its one shape. Raises Invalid with a sentence at the field."""
    form, known = card["form"], set(options)
    if said.abstain:
        return dict(ABSTAINS)
    given = {name for name in FIELDS.values() if getattr(said, name) is not None}
    if given - {FIELDS[form]}:
        raise wrong(sorted(given - {FIELDS[form]})[0], _(OTHER_FORM))
    if form == "consent":
        if not said.consent:
            raise wrong("consent", _(NO_OBJECTION))
        return dict(CONSENTS)
    if form == "yes-no":
        if said.vote is None:
            raise wrong("vote", _(CHOOSE))
        return dict(ABSTAINS) if said.vote == "abstain" else {"vote": said.vote}
    if form == "one":
        if said.option is None:
            raise wrong("option", _(CHOOSE_ONE))
        _known("option", [said.option], known)
        return {"option": said.option}
    if form == "approve":
        if not said.options:
            raise wrong("options", _(TICK))
        _known("options", said.options, known)
        return {"options": sorted(said.options)}
    if form == "rank":
        return _ranked([(one.option, one.rank) for one in said.ranks or ()], known, shared=card["equal"])
    if form == "criteria":
        return _judged([(one.criterion, one.option, one.points) for one in said.sheet or ()], known, card["criteria"])
    return _scored([(one.option, one.points) for one in said.scores or ()], known, card["most"], card.get("dots"))


def _known(field: str, named: list[int], known: set[int]) -> None:
    if set(named) - known:
        raise wrong(field, _(FOREIGN))
    if len(set(named)) != len(named):
        raise wrong(field, _(TWICE))


def _ranked(ranks: list[tuple[int, int]], known: set[int], *, shared: bool) -> dict[str, Any]:
    if not ranks:
        raise wrong("ranks", _(RANK))
    _known("ranks", [option for option, _rank in ranks], known)
    places = sorted(rank for _option, rank in ranks)
    for before, place in zip([0, *places], places, strict=False):
        if place > before + 1:
            raise wrong("ranks", _(GAP, rank=before + 1))
        if place == before and not shared:
            raise wrong("ranks", _(SHARED, rank=place))
    return {"ranks": {str(option): rank for option, rank in sorted(ranks)}}


def _scored(scores: list[tuple[int, int]], known: set[int], most: int, dots: int | None) -> dict[str, Any]:
    if not scores:
        raise wrong("scores", _(POINTS if dots is None else DOTS))
    _known("scores", [option for option, _points in scores], known)
    spread = sum(points for _option, points in scores)
    if dots is not None and spread > dots:
        raise wrong("scores", _(TOO_MANY_DOTS, spread=digits(spread), dots=digits(dots)))
    if any(points > most for _option, points in scores):
        raise wrong("scores", ngettext("At most %(most)s point.", "At most %(most)s points.", most, most=most))
    return {"scores": {str(option): points for option, points in sorted(scores)}}


def _judged(sheet: list[tuple[int, int, int]], known: set[int], criteria: list[dict[str, Any]]) -> dict[str, Any]:
    if not sheet:
        raise wrong("sheet", _(JUDGE))
    if any(criterion > len(criteria) for criterion, _option, _points in sheet):
        raise wrong("sheet", _(NO_CRITERION))
    found: dict[str, dict[str, int]] = {}
    for place, of in enumerate(criteria, start=1):
        row = [(option, points) for criterion, option, points in sheet if criterion == place]
        if not row:
            continue
        _known("sheet", [option for option, _points in row], known)
        low, high = sorted((of["worst"], of["best"]))
        if any(not low <= points <= high for _option, points in row):
            raise wrong("sheet", _(OUT_OF_SCALE, name=of["name"], low=digits(low), high=digits(high)))
        found[str(place)] = {str(option): points for option, points in sorted(row)}
    return {"sheet": found}


def packed(choice: dict[str, Any], length: int) -> bytes:
    """The ballot in exactly `length` bytes, so that the length of its envelope says nothing."""
    words = json.dumps(choice, sort_keys=True, separators=(",", ":")).encode()
    if len(words) > length:
        raise ValueError(f"a ballot of {len(words)} bytes does not fit into {length}")
    return words.ljust(length)


def unpacked(words: bytes) -> dict[str, Any]:
    """The ballot that was packed."""
    found: dict[str, Any] = json.loads(words)
    return found


def length_for(options: Iterable[int], criteria: int = 0) -> int:
    """How long the longest ballot about these options, on so many criteria, may be."""
    row = sum(len(str(option)) + 8 for option in options)
    return 32 + row * max(1, criteria) + 8 * criteria
