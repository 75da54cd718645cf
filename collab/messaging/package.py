"""What messaging offers to the house: talks of anything, and what open pages may say up the line."""

from collab.core.package import Package

from . import reactions, sockets
from .api import api
from .views import talks

package = Package(
    name="messaging",
    blueprints=(talks, api),
    reactions=(reactions.hint_readers,),
    sockets={"seen": sockets.seen, "typing": sockets.typing},
)
