"""What files offers to the house: bytes handed out and forgotten. Whose they are, others say (`Holds`)."""

from collab.core.package import Package
from collab.core.sweeps import Sweep

from .api import api
from .papers import sweep_papers
from .previewing import sweep_unseen
from .sweeps import sweep_strays, sweep_unneeded
from .views import pages

package = Package(
    name="files",
    blueprints=(pages, api),
    sweeps=(
        Sweep("files.unseen", 5, sweep_unseen),
        Sweep("files.papers", 1, sweep_papers),
        Sweep("files.unneeded", 60, sweep_unneeded),
        Sweep("files.strays", 12 * 3600, sweep_strays),
    ),
)
