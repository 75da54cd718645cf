"""The words of skills."""

from typing import Final

from collab.core.i18n import N_

LEVELS: Final = {
    "1": N_("1 · Basics"),
    "2": N_("2 · Works alone"),
    "3": N_("3 · Experienced"),
    "4": N_("4 · Teaches others"),
}
GAPS: Final = {
    "over": N_("ended"),
    "missing": N_("lacking"),
    "low": N_("level too low"),
    "vacant": N_("nobody holds the post"),
    "soon": N_("ends soon"),
    "unconfirmed": N_("not confirmed"),
    "met": N_("as required"),
}
"""How somebody stands to what their post requires, the most pressing first."""
FAMILIES: Final = {
    "licence": N_("Licence"),
    "language": N_("Language"),
    "training": N_("Training"),
    "safety": N_("Health and safety"),
    "other": N_("Other skill"),
}
