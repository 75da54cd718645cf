"""What meetings offer to the house."""

from collab.core.i18n import N_
from collab.core.package import Kind, Package, ShellEntry
from collab.core.sweeps import Sweep

from . import api_further, api_papers  # noqa: F401 they hang their routes on `api`
from .api import api
from .in_hand import in_hand
from .policy import KIND
from .reactions import reactions
from .sweeps import ask_for_letters, sweep_meetings
from .venue import attendance, venue
from .views import (  # noqa: F401 they hang their routes on `pages`
    acting,
    asking,
    page,
    pages,
    planning,
    points,
    publishing,
    repeating,
    voting,
)

package = Package(  # noqa: S604 (the shell is the frame of every page)
    name="meetings",
    blueprints=(pages, api),
    kinds=(
        Kind(
            KIND,
            N_("Meeting"),
            N_("Meetings"),
            "calendar",
            "meetings.meetings",
            page="/meetings",
            own_way=N_("A meeting changes and ends on its own page."),
        ),
    ),
    reactions=reactions,
    in_hand=in_hand,
    venue=venue,
    attendance=attendance,
    sweeps=(Sweep("meetings.series", 60, sweep_meetings), Sweep("meetings.letters", 5, ask_for_letters)),
    shell=(ShellEntry("meetings", N_("Meetings"), "calendar", "meetings.meetings", order=42),),
)
