"""What the stories over two domains offer to the house."""

from collab.core.i18n import N_
from collab.core.package import MessageAct, Package

from . import decision_views as _decision_views  # noqa: F401 it hangs its routes on `flows`
from . import reactions
from .api import api
from .file_cards import unfurl_files
from .queries import origins, unfurl
from .views import flows

package = Package(
    name="flows",
    blueprints=(flows, api),
    reactions=(reactions.reply_ends_wait, reactions.hint_talk),
    unfurls=(unfurl, unfurl_files),
    origins=origins,
    message_acts=(
        MessageAct(N_("Make a task of it"), "square-check-big", "/messages/{id}/work/new?kind=task", "t"),
        MessageAct(N_("Make a pending item of it"), "hourglass", "/messages/{id}/work/new?kind=pending", "p"),
        MessageAct(N_("Want an answer by a day…"), "circle-question-mark", "/messages/{id}/work/new?kind=answer", "a"),
        MessageAct(N_("Put it on an agenda…"), "calendar", "/messages/{id}/points/new", "g"),
        MessageAct(N_("Decide this…"), "vote", "/messages/{id}/decisions/new", "d"),
    ),
)
