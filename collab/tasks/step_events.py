"""What happens to the checklist of an item, and how it reads in a history."""

from collab.core.facts import Fact, fact, item, prose
from collab.core.i18n import N_


@fact("checklist-lines-added", of="work-item", says=N_("%(actor)s added %(number)s lines to the checklist"))
class LinesAdded(Fact):
    number: int = 0


@fact("checklist-line-ticked", of="work-item", says=N_("%(actor)s ticked off: %(text)s"))
class LineTicked(Fact):
    text: str = prose()


@fact("checklist-line-unticked", of="work-item", says=N_("%(actor)s took the tick away: %(text)s"))
class LineUnticked(Fact):
    text: str = prose()


@fact("checklist-line-worded", of="work-item", says=N_("%(actor)s worded a line of the checklist: %(text)s"))
class LineWorded(Fact):
    text: str = prose()


@fact("checklist-line-removed", of="work-item", says=N_("%(actor)s removed from the checklist: %(text)s"))
class LineRemoved(Fact):
    text: str = prose()


@fact("checklist-ordered", of="work-item", says=N_("%(actor)s put the checklist in order"))
class ChecklistOrdered(Fact):
    pass


@fact("checklist-line-became-task", of="work-item", says=N_("%(actor)s made a task of: %(text)s"))
class LineBecameTask(Fact):
    task: int = item()
    text: str = prose()
