"""A tie in words: who stood equal, for what, and how it was settled, or that it was not."""

from typing import Final

from collab.core.i18n import N_, _, listed

from ..result import Tie
from .speaking import number

_STEPS: Final = {
    "seat": N_("%(names)s stand equal for a place."),
    "exclusion": N_("%(names)s stand equal for going out."),
    "surplus": N_("%(names)s have equal surpluses."),
    "pairs": N_("Equally strong victories among %(names)s contradict each other."),
    "money": N_("%(names)s have equal votes, and there is not money for all of them."),
    "question": N_("As many say yes as no."),
}
_BROKEN: Final = {
    "history": N_("It was settled by the rounds before."),
    "second": N_("It was settled by the second method."),
    "chair": N_("It was settled by the chair's casting vote."),
    "lot": N_("It was settled by lot."),
}
_WHY: Final = {
    "awaits-seed": N_("The rule draws a lot, and its seed is not known yet."),
    "awaits-chair": N_("The chair's casting vote decides, and it is not cast yet."),
    "beyond-chair": N_("More than one yes was missing, so the chair's casting vote could not make it pass."),
    "same-either-way": N_("Whatever the order, the same are elected."),
}


def tie_in_words(tie: Tie) -> list[str]:
    """Two or three sentences."""
    said = [_(_STEPS[tie.step], names=listed(tie.between))]
    if tie.round:
        said[0] = _("Round %(round)s: %(what)s", round=number(tie.round), what=said[0])
    said.extend(_(_BROKEN[step]) for step in tie.broken)
    if tie.why:
        said.append(_(_WHY[tie.why]))
    elif tie.open:
        said.append(_("The rule has no more to settle it: people must decide."))
    return said
