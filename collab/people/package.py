"""What people offers to the house: directory, units, signing in, and the frame of every page."""

from collab.core.package import Package
from collab.core.sweeps import Sweep

from . import throttling

package = Package(
    name="people",
    sweeps=(Sweep("people.attempts", 600, throttling.sweep),),
)
