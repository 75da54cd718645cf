"""What decisions offer to the house."""

from collab.core.i18n import N_
from collab.core.package import Kind, Package, ShellEntry
from collab.core.sweeps import Sweep

from . import advice_api, api_evidence, api_hands, api_papers  # noqa: F401 they hang their routes on `api`
from .api import api
from .evidence import of_options, of_questions
from .policy import KIND
from .printed import printed
from .queries.in_hand import in_hand
from .reactions import reactions
from .sweeps import sweep_awaiting, sweep_chairs, sweep_keys, sweep_revisits, sweep_votes
from .views import (  # noqa: F401 they hang their routes on `pages`
    advising,
    comparing,
    concluding,
    drafting,
    evidence,
    lists,
    objecting,
    page,
    pages,
    papers,
    voting,
)

package = Package(  # noqa: S604 (the shell is the frame of every page)
    name="decisions",
    blueprints=(pages, api),
    kinds=(
        Kind(
            KIND,
            N_("Decision"),
            N_("Decisions"),
            "vote",
            "decisions.decisions",
            page="/decisions",
            own_way=N_("A decision changes on its own page, and ends by its vote."),
        ),
    ),
    reactions=reactions,
    papers=printed,
    holds=(of_options, of_questions),
    in_hand=in_hand,
    sweeps=(
        Sweep("decisions.votes", 1, sweep_votes),
        Sweep("decisions.chairs", 30, sweep_chairs),
        Sweep("decisions.awaiting", 10, sweep_awaiting),
        Sweep("decisions.keys", 600, sweep_keys),
        Sweep("decisions.revisits", 600, sweep_revisits),
    ),
    shell=(ShellEntry("decisions", N_("Decisions"), "vote", "decisions.decisions", order=40),),
)
