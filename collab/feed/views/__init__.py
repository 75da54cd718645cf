"""Pages of what people hear of: My day, the inbox, and how one wants to hear."""

from flask import Blueprint

feed = Blueprint("feed", "collab.feed", template_folder="templates")

# They hang their routes on `feed`.
from . import counts as counts  # noqa: E402
from . import day as day  # noqa: E402
from . import hearing as hearing  # noqa: E402
from . import inbox as inbox  # noqa: E402
from . import pop_ups as pop_ups  # noqa: E402
from . import putting_off as putting_off  # noqa: E402
from . import unsubscribing as unsubscribing  # noqa: E402
