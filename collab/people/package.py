"""What people offers to the house: directory, units, signing in, and the frame of every page."""

from collab.core.i18n import N_
from collab.core.package import Package, ShellEntry
from collab.core.sweeps import Sweep

from . import forgetting, mailing, throttling
from .api import api
from .api import bots as api_bots
from .api import certificates as api_certificates
from .api import me as api_me
from .api import people as api_people
from .api import requirements as api_requirements
from .api import skills as api_skills
from .api import units as api_units
from .certificates import certificates as proofs
from .queries.house import frame
from .queries.in_hand import in_hand
from .reseating import reseat_all, reseat_person
from .skill_notices import sweep_notices
from .sweeps import sweep_calendars, sweep_splits, sweep_tree
from .views import (
    access,
    access_pages,
    administering_bots,
    administering_calendars,
    administering_people,
    administering_posts,
    administering_skills,
    administering_units,
    administration,
    administration_pages,
    certificates,
    directory,
    me,
    people_pages,
    requirements,
    skills,
    splitting,
    units,
)

package = Package(  # noqa: S604 (the shell is the frame of every page)
    name="people",
    blueprints=(access_pages, people_pages, administration_pages, api),
    reactions=(reseat_person, reseat_all),
    in_hand=in_hand,
    sweeps=(
        Sweep("people.mail", 3, mailing.sweep),
        Sweep("people.links", 60, mailing.sweep_links),
        Sweep("people.tree", 60, sweep_tree),
        Sweep("people.splits", 60, sweep_splits),
        Sweep("people.attempts", 600, throttling.sweep),
        Sweep("people.doors", 600, forgetting.sweep),
        Sweep("people.calendars", 6 * 3600, sweep_calendars),
        Sweep("people.skills", 3600, sweep_notices),
    ),
    shell=(
        ShellEntry("people", N_("People"), "users", "people.directory", 80),
        ShellEntry(
            "administration",
            N_("Administration"),
            "settings",
            "administration.administration",
            95,
            shown_to=lambda actor: actor.is_administrator,
        ),
    ),
    tree=frame,
    holds=(proofs,),
    badges=mailing.badges,
    readiness=mailing.readiness,
)

VIEWS = (
    access, administering_bots, administering_calendars, administering_people, administering_posts,
    administering_skills, administering_units, administration, api_bots, api_certificates, api_me, api_people,
    api_requirements, api_skills, api_units, certificates, directory, me, requirements, skills, splitting, units,
)  # fmt: skip
"""The modules whose routes stand on the blueprints above."""

__all__ = ["VIEWS", "package"]
