"""The head's pages: what stands in a unit and below, who waits for whom, where the time went."""

from . import entry as entry
from . import overview as overview
from . import past as past
from . import taking as taking
from . import waits as waits
