"""What only some rules have: said in the form, kept on the card, and refused where it contradicts the rule. Pure."""

from typing import Any, Final

from collab.core.forms import wrong
from collab.core.i18n import N_, _

from .counted import card_for, chair_settles
from .counting import Refusal
from .counting.words import refused
from .finer import finer, refuse_unfit
from .presets import PRESETS, card_of
from .rule_forms import RuleFields

BY_NAME: Final = N_("An objection is made by name: a decision by consent is open.")
NO_QUORUM: Final = N_("By consent nobody has to vote; there is no quorum.")
THEMSELVES: Final = N_("By consent everybody speaks for themselves, without proxies and substitutes.")
NO_OVERRULING: Final = N_("Only a decision by consent has objections to overrule.")
NO_EXTENSION: Final = N_("A vote is extended only when its quorum is missing: choose a quorum first.")
NO_HANDS: Final = N_("Hands are shown for yes or no alone: choose a majority, or let people vote on their pages.")
HANDS_SEEN: Final = N_("Everybody in the room sees a show of hands: it cannot be confidential.")
HANDS_PRESENT: Final = N_("Hands are shown by those who are there: nobody votes for somebody else.")
HANDS_ALIKE: Final = N_("Everybody raises one hand: in a show of hands nobody has more than one vote.")
HANDS_ONCE: Final = N_("A show of hands closes with its numbers: it is not extended.")
NO_BUDGET: Final = N_("Say how much there is to share out.")
NO_CASTING: Final = N_("Under this rule the chair's casting vote changes nothing. Choose another way.")
TWO_CRITERIA: Final = N_("Name at least two criteria; with one, let people give points.")


def particulars(form: RuleFields) -> dict[str, Any]:
    """The part of the card that only this rule needs."""
    said: dict[str, Any] = {}
    if form.hands:
        said |= {"hands": True, "method": "show-of-hands"}
    if form.preset == "consent":
        said["overruling"] = form.overruling
    if form.extension:
        said["extension"] = form.extension
    if form.preset == "score":
        said["most"] = form.most
    if form.preset == "dots":
        said |= {"most": form.dots, "dots": form.dots}
    if form.preset == "budget":
        said["budget"] = form.budget
    if form.preset == "criteria":
        said["criteria"] = [one.model_dump() for one in form.criteria]
    return said | finer(form)


def refuse_contradictions(form: RuleFields) -> None:
    """Raises Invalid at the field that does not fit the rule."""
    refuse_unfit(form)
    if form.hands:
        _refuse_hands(form)
    if form.extension and form.quorum == "none":
        raise wrong("extension", _(NO_EXTENSION))
    if form.preset == "budget" and form.budget is None:
        raise wrong("budget", _(NO_BUDGET))
    if form.preset == "criteria":
        _refuse_criteria(form)
    if PRESETS[form.preset].form == "consent":
        _refuse_consent(form)
    elif form.overruling:
        raise wrong("overruling", _(NO_OVERRULING))
    _refuse_uncountable(form)
    if form.ties == "chair" and not chair_settles(_card(form)):
        raise wrong("ties", _(NO_CASTING))


def _card(form: RuleFields) -> dict[str, Any]:
    return card_of(PRESETS[form.preset], form.quorum, form.ties, form.seats, **particulars(form))


def _refuse_uncountable(form: RuleFields) -> None:
    """What the counting would refuse is refused before it is kept: no card is saved that cannot be counted."""
    try:
        card_for(_card(form))
    except Refusal as refusal:
        field = refusal.field if refusal.field in type(form).model_fields else "preset"
        raise wrong(field, refused(refusal)) from None


def _refuse_consent(form: RuleFields) -> None:
    """By consent everybody speaks by name and for themselves."""
    if form.level != "open":
        raise wrong("level", _(BY_NAME))
    if form.quorum != "none":
        raise wrong("quorum", _(NO_QUORUM))
    if form.proxies or form.substitutes != "nobody":
        raise wrong("proxies", _(THEMSELVES))


def _refuse_hands(form: RuleFields) -> None:
    """Hands say yes or no, openly, of those who are there, once."""
    if PRESETS[form.preset].form != "yes-no":
        raise wrong("hands", _(NO_HANDS))
    if form.level != "open":
        raise wrong("level", _(HANDS_SEEN))
    if form.proxies or form.substitutes != "nobody":
        raise wrong("proxies", _(HANDS_PRESENT))
    if form.extension:
        raise wrong("extension", _(HANDS_ONCE))


def _refuse_criteria(form: RuleFields) -> None:
    """Names differ and scales have a beginning and an end: as the counting says it. Raises Invalid at the criteria."""
    if len(form.criteria) < 2:
        raise wrong("criteria", _(TWO_CRITERIA))
    try:
        card_for(card_of(PRESETS[form.preset], form.quorum, form.ties, **particulars(form)))
    except Refusal as refusal:
        raise wrong("criteria", refused(refusal)) from None
