"""How exactly ballots are read, where a rule leaves it open: left-out options, victories, "none of these", places to
fill, a second way to count on a tie, who is in the base, and the majority that one states oneself. Pure."""

from typing import Any, Final

from collab.core.forms import wrong
from collab.core.i18n import N_, _

from .counting.contradictions import PAIRWISE
from .counting.exact import printable
from .presets import PRESETS, Preset
from .rule_forms import RuleFields

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
BORDA: Final = {
    "average": N_("They share the points of the places that are left"),
    "modified": N_("They get none, and whoever ranks fewer gives fewer points"),
    "zero": N_("They get no points"),
}
PAIR_TIES: Final = {
    "together": N_("All at once; what closes a circle falls out"),
    "opposition": N_("The one with fewer votes against it first"),
    "lot": N_("In the order of a lot"),
}
SECONDS: Final = {
    "none": N_("Nothing else is asked"),
    "plurality": N_("Whoever has more first places"),
    "borda": N_("Points by place (Borda)"),
    "copeland": N_("Most duels won (Copeland)"),
    "schulze": N_("Strongest paths (Schulze)"),
    "ranked-pairs": N_("Strongest duels first (ranked pairs)"),
}
QUOTAS: Final = {
    "droop": N_("Droop, as in Scotland"),
    "hare": N_("Hare: votes divided by places"),
    "exact-droop": N_("Exact Droop, to be exceeded"),
}
SURPLUSES: Final = {"largest": N_("The largest"), "first-elected": N_("Of whoever was elected first")}
ABSTENTIONS: Final = {"count": N_("Abstaining is taking part"), "apart": N_("Abstaining is not taking part")}
RECUSED: Final = {
    "apart": N_("They do not count among the entitled"),
    "count": N_("They count among the entitled"),
}
BASES: Final = {
    "yes-no": N_("of those who say yes or no"),
    "cast": N_("of those who vote, abstentions included"),
    "present": N_("of those present"),
    "entitled": N_("of all who are entitled"),
}
QUORUM_BASES: Final = {"entitled": BASES["entitled"], "present": BASES["present"]}
STRICTNESS: Final = {"more-than": N_("More than"), "at-least": N_("At least")}
CHOICES: Final[dict[str, dict[str, str]]] = {
    "unranked": UNRANKED, "strength": STRENGTHS, "borda": BORDA, "pair_ties": PAIR_TIES, "second": SECONDS,
    "quota": QUOTAS, "surplus": SURPLUSES, "abstentions": ABSTENTIONS, "recused": RECUSED, "share": SHARE_WORDS,
    "base": BASES, "quorum_base": QUORUM_BASES, "strictness": STRICTNESS,
}  # fmt: skip
"""Field → code → how a page says it."""
OF_PRESENT: Final = ("base", "quorum_base")
"""Fields in which those present may be chosen where the vote belongs to a meeting."""
NOT_HERE: Final = N_("The chosen way to decide has nothing of this kind.")
NO_NAME: Final = N_("Say first what the option “none of these” is called.")
NO_QUORUM: Final = N_("Without a quorum it makes no difference: choose one first.")
NO_BASE: Final = N_(
    "Without a quorum, or a majority of all who are entitled or of those present, it makes no difference."
)
UNKNOWN_YET: Final = N_(
    "How many abstain in a confidential vote is not known before its close, so it cannot be extended for that."
)
SAME_WAY: Final = N_("The vote itself is counted so. Choose another way.")
CUT: Final = N_("Exact fractions have no decimals to cut.")
UNSEEN: Final = N_("There are invisible signs in it. Type it anew.")
_SAME: Final = {
    "unranked": "below", "strength": "winning-votes", "none_of_these": "", "none_times": 1, "share": "half",
    "base": "yes-no", "strictness": "more-than", "abstentions": "count", "recused": "apart", "borda": "average",
    "pair_ties": "together", "second": "none", "quota": "droop", "surplus": "largest", "decimals": 5,
    "fractions": False, "quorum_base": "entitled",
}  # fmt: skip
"""What stands where nothing was said."""
_PLAIN: Final = ("unranked", "strength", "borda", "pair_ties", "second", "abstentions", "recused", "quorum_base")
"""What stands on the card by its own name, where it is not as always."""
_COUNTED: Final = frozenset(("entitled", "present"))
"""Bases in which it matters whether who stands aside is counted."""
UNTIED: Final = ("two-thirds", "consent")
"""Ways to decide in which nothing can stay even: a page hides the question."""
_PLACES: Final = ("quota", "surplus", "decimals", "fractions")
"""What makes of the transferable vote another than the Scottish one."""


def choices(in_meeting: bool) -> dict[str, dict[str, str]]:
    """What the form offers, in the reader's language: those present only where it is known who is."""
    said = {name: {code: _(words) for code, words in known.items()} for name, known in CHOICES.items()}
    for name in () if in_meeting else OF_PRESENT:
        del said[name]["present"]
    return said


def without_present(typed: dict[str, Any]) -> dict[str, Any]:
    """A form filled in as before, for a vote that belongs to no meeting yet."""
    return typed | {name: "entitled" for name in OF_PRESENT if typed.get(name) == "present"}


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
    if preset.form != "consent":
        found |= {"abstentions", "recused", "quorum_base"}
    if preset.method in (*PAIRWISE, "borda"):
        found.add("second")
    if preset.method in ("borda", "ranked-pairs"):
        found.add("borda" if preset.method == "borda" else "pair_ties")
    if preset.seats:
        found.update(_PLACES)
    return frozenset(found)


def without_unfit(typed: dict[str, Any]) -> dict[str, Any]:
    """What a page sends, without what another way to decide would have asked."""
    preset = PRESETS.get(str(typed.get("preset") or "simple"))
    if preset is None:
        return typed
    unfit = set(_SAME) - fields_of(preset)
    if preset.code in UNTIED:
        unfit.add("ties")
    if str(typed.get("quorum") or "none") == "none":
        unfit |= {"abstentions", "quorum_base"}
        if not {preset.base, typed.get("base") if preset.stated else ""} & _COUNTED:
            unfit.add("recused")
    return {name: value for name, value in typed.items() if name not in unfit}


def level_typed(typed: dict[str, Any]) -> dict[str, Any]:
    """On a page a show of hands is one of the ways to vote; to the form it is an open vote with `hands`."""
    return typed | {"level": "open", "hands": "on"} if typed.get("level") == "hands" else typed


def refuse_unfit(form: RuleFields) -> None:
    """Raises Invalid at a field that the chosen way to decide does not have."""
    known = fields_of(PRESETS[form.preset])
    for name, same in _SAME.items():
        if name not in known and getattr(form, name) != same and not (name == "base" and _half_of_present(form)):
            raise wrong(name, _(NOT_HERE))
    if not printable(form.none_of_these):
        raise wrong("none_of_these", _(UNSEEN))
    if form.none_times > 1 and not form.none_of_these:
        raise wrong("none_of_these", _(NO_NAME))
    if form.second == PRESETS[form.preset].method:
        raise wrong("second", _(SAME_WAY))
    if form.fractions and form.decimals != _SAME["decimals"]:
        raise wrong("decimals", _(CUT))
    _refuse_without_base(form)


def _refuse_without_base(form: RuleFields) -> None:
    """Who counts in the base matters where there is one. Raises Invalid."""
    preset, none = PRESETS[form.preset], form.quorum == "none"
    if none and form.abstentions != "count":
        raise wrong("abstentions", _(NO_QUORUM))
    if none and form.quorum_base != "entitled":
        raise wrong("quorum_base", _(NO_QUORUM))
    if none and form.recused != "apart" and not {preset.base, form.base} & _COUNTED:
        raise wrong("recused", _(NO_BASE))
    if form.abstentions != "count" and form.level == "confidential" and form.extension:
        raise wrong("abstentions", _(UNKNOWN_YET))


def finer(form: RuleFields) -> dict[str, Any]:
    """The part of the card that says it; nothing where it is as always."""
    known = fields_of(PRESETS[form.preset])
    said: dict[str, Any] = {}
    for name in _PLAIN:
        if name in known and getattr(form, name) != _SAME[name]:
            said[name] = getattr(form, name)
    if "quota" in known and any(getattr(form, name) != _SAME[name] for name in _PLACES):
        said |= {"method": "stv", "quota": form.quota, "surplus": form.surplus}
        said["decimals"] = None if form.fractions else form.decimals
    if _half_of_present(form):
        said["base"] = form.base
    if form.none_of_these:
        said |= {"none": form.none_of_these, "none_times": form.none_times}
    if "share" in known:
        said |= {"share": list(SHARES[form.share]), "base": form.base, "strict": form.strictness == "more-than"}
    return said


def _half_of_present(form: RuleFields) -> bool:
    """An absolute majority is of all who are entitled, or where it is so said of those present."""
    return form.preset == "absolute" and form.base == "present"


def stated(card: dict[str, Any]) -> str:
    """The preset under which a form shows this card: where the base was said, the one that asks for it."""
    return "majority" if card["preset"] == "absolute" and card["base"] == "present" else str(card["preset"])


def finer_of(card: dict[str, Any]) -> dict[str, Any]:
    """The fields as they would have been entered for this card."""
    said = _SAME | {name: card[name] for name in (*_PLAIN, *_PLACES, "none_times") if name in card}
    if "decimals" in card and card["decimals"] is None:
        said |= {"decimals": _SAME["decimals"], "fractions": True}
    said["none_of_these"] = card.get("none", "")
    if card["preset"] == "absolute" and card["base"] == "present":
        said["base"] = "present"
    if PRESETS[card["preset"]].stated:
        said["share"] = next(code for code, share in SHARES.items() if list(share) == card["share"])
        said |= {"base": card["base"], "strictness": "more-than" if card["strict"] else "at-least"}
    return said
