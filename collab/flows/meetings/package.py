"""What meetings offer to the house."""

from collab.core.i18n import N_
from collab.core.package import Kind, Package, ShellEntry

from . import api_papers  # noqa: F401 it hangs its routes on `api`
from .api import api
from .policy import KIND
from .reactions import reactions
from .views import acting, page, pages, planning, points  # noqa: F401 they hang their routes on `pages`

package = Package(  # noqa: S604 (the shell is the frame of every page)
    name="meetings",
    blueprints=(pages, api),
    kinds=(Kind(KIND, N_("Meeting"), N_("Meetings"), "calendar", "meetings.meetings", page="/meetings"),),
    reactions=reactions,
    shell=(ShellEntry("meetings", N_("Meetings"), "calendar", "meetings.meetings", order=42),),
)
