"""The head's pages: what stands in a unit and below, who waits for whom, where the time went."""

from . import overview as overview
from . import waits as waits
