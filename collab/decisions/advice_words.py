"""The words of advice and of objections."""

from typing import Final

from collab.core.i18n import N_

ADVISED_BECAUSE: Final = {
    "about": N_("works on something this is about"),
    "below": N_("stands below the unit that decides"),
    "above": N_("stands above the unit that decides"),
    "named": N_("was chosen by name"),
}
STANCES: Final = {"supports": N_("Supports it"), "concerns": N_("Has concerns"), "objects": N_("Objects")}
STANCE_ICONS: Final = {"supports": "thumbs-up", "concerns": "triangle-alert", "objects": "hand"}
STANCE_LOOKS: Final = {"supports": "done", "concerns": "waiting", "objects": "cancelled"}
USES: Final = {"taken-up": N_("Taken up"), "partly": N_("Taken up in part"), "not": N_("Not taken up")}
OBJECTION_STATES: Final = {
    "open": N_("stands"),
    "integrated": N_("the proposal was changed"),
    "withdrawn": N_("taken back"),
    "overruled": N_("overruled"),
}
OBJECTION_LOOKS: Final = {"open": "active", "integrated": "done", "withdrawn": "done", "overruled": "cancelled"}
