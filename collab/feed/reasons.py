"""Why somebody hears of something: the codes that notifications keep, and how they read."""

from typing import Final

from collab.core.i18n import N_

REASONS: Final[dict[str, str]] = {
    "mentioned": N_("called you"),
    "assigned": N_("gave it to you"),
    "unassigned": N_("gave it to somebody else"),
    "offered": N_("offers it to you"),
    "accepted": N_("accepted what you offered"),
    "returned": N_("returned what you offered"),
    "taken-back": N_("took the offer back"),
    "asked": N_("waits for you"),
    "nudged": N_("reminds you"),
    "answered": N_("answered you"),
    "withdrawn": N_("no longer waits for you"),
    "completed": N_("finished it"),
    "cancelled": N_("cancelled it"),
    "reopened": N_("opened it again"),
    "said": N_("wrote"),
}
"""Code → what the actor did, in the order in which several are told."""

ORDER: Final = {code: place for place, code in enumerate(REASONS)}
