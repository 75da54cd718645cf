"""A refusal in the language being spoken."""

from collab.core.dates.shown import digits
from collab.core.i18n import _

from ..refusals import BadBallots, Refusal


def refused(refusal: Refusal) -> str:
    """Why, and which ballot, where one is at fault."""
    said = _(refusal.why, **refusal.values) if refusal.values else _(refusal.why)
    if isinstance(refusal, BadBallots) and refusal.row is not None:
        return _("Ballot %(row)s: %(why)s", row=digits(refusal.row), why=said)
    return said
