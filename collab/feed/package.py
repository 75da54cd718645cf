"""What feed offers to the house: My day, the inbox and their numbers; what people hear of."""

from collab.core.i18n import N_
from collab.core.package import Package, ShellEntry
from collab.core.sweeps import Sweep

from . import queries, reactions
from .api import api
from .pushing.api import api as pushing_api
from .pushing.sending import ask_for_pop_ups, forget_ended
from .search import lag
from .search.api import api as search_api
from .search.indexing import keep_up
from .search.names import named
from .search.views import pages as search_pages
from .sweeps import ask_for_letters, wake
from .view_letters.api import api as view_letters_api
from .view_letters.sending import ask_for_lists
from .view_letters.views import pages as view_letters
from .views import feed

package = Package(  # noqa: S604 (the shell is the frame of every page)
    name="feed",
    blueprints=(feed, api, pushing_api, search_pages, search_api, view_letters, view_letters_api),
    reactions=(
        reactions.notify,
        reactions.bring_back,
        reactions.read_what_was_confirmed,
        reactions.hint_my_day,
        reactions.hint_own_day,
        reactions.hint_days_of_asked,
    ),
    shell=(
        ShellEntry("my-day", N_("My day"), "sunrise", "feed.my_day", order=0),
        ShellEntry("hearing", N_("Notifications"), "bell", "feed.hearing", order=96, section="profile"),
    ),
    sweeps=(
        Sweep("feed.search", 1, keep_up),
        Sweep("feed.snoozed", 20, wake),
        Sweep("feed.letters", 5, ask_for_letters),
        Sweep("feed.lists-by-mail", 20, ask_for_lists),
        Sweep("feed.pop-ups", 3, ask_for_pop_ups),
        Sweep("feed.pop-ups-ended", 600, forget_ended),
    ),
    badges=queries.badges,
    named=named,
    readiness=lag.readiness,
)
