"""How exactly ballots are read, where a rule leaves it open: left-out options, the strength of a victory, "none of
these", and the majority that one states oneself. Pure."""

from typing import Any, Final

from collab.core.forms import wrong
from collab.core.i18n import N_, _

from .counting.contradictions import PAIRWISE
from .counting.exact import printable
from .forms import RuleFields
from .presets import PRESETS, Preset

UNRANKED: Final = {
    "below": N_("They stand below all that were ranked"),
    "no-opinion": N_("They are no opinion"),
}
STRENGTHS: Final = {
    "winning-votes": N_("By the votes for it"),
    "margins": N_("By its lead"),
}
SHARES: Final = {
    "half": (1, 2), "three-fifths": (3, 5), "two-thirds": (2, 3), "three-quarters": (3, 4),
}  # fmt: skip
SHARE_WORDS: Final = {
    "half": N_("half"), "three-fifths": N_("three fifths"), "two-thirds": N_("two thirds"),
    "three-quarters": N_("three quarters"),
}  # fmt: skip
BASES: Final = {
    "yes-no": N_("of those who say yes or no"),
    "cast": N_("of those who vote, abstentions included"),
    "entitled": N_("of all who are entitled"),
}
STRICTNESS: Final = {"more-than": N_("More than"), "at-least": N_("At least")}
NOT_HERE: Final = N_("The chosen way to decide has nothing of this kind.")
NO_NAME: Final = N_("Say first what the option “none of these” is called.")
UNSEEN: Final = N_("There are invisible signs in it. Type it anew.")
_SAME: Final = {
    "unranked": "below", "strength": "winning-votes", "none_of_these": "", "none_times": 1, "share": "half",
    "base": "yes-no", "strictness": "more-than",
}  # fmt: skip
"""What stands where nothing was said."""


def fields_of(preset: Preset) -> frozenset[str]:
    """Which of these a rule leaves open."""
    found: set[str] = set()
    if preset.method in PAIRWISE:
        found.add("unranked")
    if preset.method in ("schulze", "ranked-pairs"):
        found.add("strength")
    if preset.form in ("one", "approve", "rank", "score") and not preset.costs:
        found |= {"none_of_these", "none_times"}
    if preset.stated:
        found |= {"share", "base", "strictness"}
    return frozenset(found)


def without_unfit(typed: dict[str, Any]) -> dict[str, Any]:
    """What a page sends, without what another way to decide would have asked."""
    preset = PRESETS.get(str(typed.get("preset") or "simple"))
    if preset is None:
        return typed
    unfit = frozenset(_SAME) - fields_of(preset)
    return {name: value for name, value in typed.items() if name not in unfit}


def level_typed(typed: dict[str, Any]) -> dict[str, Any]:
    """On a page a show of hands is one of the ways to vote; to the form it is an open vote with `hands`."""
    return typed | {"level": "open", "hands": "on"} if typed.get("level") == "hands" else typed


def refuse_unfit(form: RuleFields) -> None:
    """Raises Invalid at a field that the chosen way to decide does not have."""
    known = fields_of(PRESETS[form.preset])
    for name, same in _SAME.items():
        if name not in known and getattr(form, name) != same:
            raise wrong(name, _(NOT_HERE))
    if not printable(form.none_of_these):
        raise wrong("none_of_these", _(UNSEEN))
    if form.none_times > 1 and not form.none_of_these:
        raise wrong("none_of_these", _(NO_NAME))


def finer(form: RuleFields) -> dict[str, Any]:
    """The part of the card that says it; nothing where it is as always."""
    known = fields_of(PRESETS[form.preset])
    said: dict[str, Any] = {}
    for name in ("unranked", "strength"):
        if name in known and getattr(form, name) != _SAME[name]:
            said[name] = getattr(form, name)
    if form.none_of_these:
        said |= {"none": form.none_of_these, "none_times": form.none_times}
    if "share" in known:
        said |= {"share": list(SHARES[form.share]), "base": form.base, "strict": form.strictness == "more-than"}
    return said


def finer_of(card: dict[str, Any]) -> dict[str, Any]:
    """The fields as they would have been entered for this card."""
    said = _SAME | {name: card[name] for name in ("unranked", "strength", "none_times") if name in card}
    said["none_of_these"] = card.get("none", "")
    if PRESETS[card["preset"]].stated:
        said["share"] = next(code for code, share in SHARES.items() if list(share) == card["share"])
        said |= {"base": card["base"], "strictness": "more-than" if card["strict"] else "at-least"}
    return said
