"""What is asked where the house itself asks: said in the language of whoever reads it, so no words of it are stored."""

from collab.core.dates import digits
from collab.core.i18n import N_, _

DECIDE_WHERE = N_("Returned three times: decide where it belongs.")


def asked_words(sense: str, what: str) -> str:
    """What a wait of this sense asks for: `what` as people wrote it; without it the question of the house, if any.

    An invitation says when and where (10:30 · Town hall), the hour in the reader's digits.
    """
    if sense == "invitation":
        hour, dot, place = what.partition(" · ")
        return digits(hour) + dot + place
    return what or (_(DECIDE_WHERE) if sense == "approval" else "")
