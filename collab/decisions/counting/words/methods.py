"""What each method is called, and what it is for, in a sentence."""

from typing import Final

from collab.core.i18n import N_, _

METHODS: Final = {
    "yes-no": (N_("Yes or no"), N_("Everyone says yes, no, or abstains.")),
    "show-of-hands": (N_("Show of hands"), N_("Hands are counted in the room and the numbers typed in.")),
    "consent": (N_("Consent"), N_("Carried unless somebody has an objection with reasons that is not settled.")),
    "plurality": (N_("Most votes"), N_("Everyone names one option; most votes win.")),
    "approval": (N_("Approval voting"), N_("Everyone marks all options that will do; most marks win.")),
    "score": (N_("Scores"), N_("Everyone gives every option a score; the highest sum wins.")),
    "dots": (N_("Dots"), N_("Everyone spreads a number of dots over the options; most dots win.")),
    "borda": (N_("Borda points"), N_("Everyone ranks the options; each place is worth points, and most points win.")),
    "copeland": (N_("Duels won (Copeland)"), N_("Every two options are compared; whoever wins most duels wins.")),
    "schulze": (
        N_("Ranking (Schulze)"),
        N_("Everyone ranks the options; who beats all others wins, and circles are settled by the strongest paths."),
    ),
    "ranked-pairs": (
        N_("Ranked pairs"),
        N_("Every two options are compared; the clearest victories are fixed first, none that would close a circle."),
    ),
    "irv": (
        N_("Instant run-off"),
        N_("Everyone ranks the options; the weakest goes out and those votes go on, until one has more than half."),
    ),
    "stv": (
        N_("Transferable vote (STV)"),
        N_("Several seats in proportion: what one has too much, and whoever goes out, passes to the next choices."),
    ),
    "scottish-stv": (
        N_("Transferable vote, Scottish"),
        N_("The transferable vote exactly as Scottish councils are elected, to five decimals."),
    ),
    "budget": (
        N_("Participatory budget"),
        N_("Everyone marks proposals with a price; by votes from the top, each that still fits is taken."),
    ),
    "weighted-sum": (
        N_("Criteria with weights"),
        N_("Everyone scores every option on each criterion; the scores are weighted and summed."),
    ),
    "ahp": (
        N_("Criteria compared in pairs (AHP)"),
        N_("As criteria with weights, the weights coming from comparing every two criteria."),
    ),
}


def method_name(method: str) -> str:
    """The name of a method; what is not known is said as it is."""
    return _(METHODS[method][0]) if method in METHODS else method


def method_sentence(method: str) -> str:
    """What it does, in one sentence."""
    return _(METHODS[method][1]) if method in METHODS else ""
