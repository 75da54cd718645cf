"""What happens to series of tasks that come again."""

from collab.core.facts import Fact, fact, item
from collab.core.i18n import N_


@fact("recurrence-set", of="work-item", says=N_("%(actor)s lets it come again"))
class RecurrenceSet(Fact):
    series: int = 0


@fact("recurrence-changed", of="work-item", says=N_("%(actor)s changed when it comes again"))
class RecurrenceChanged(Fact):
    series: int = 0


@fact("recurrence-stopped", of="work-item", says=N_("%(actor)s stopped it: it comes no more"))
class RecurrenceStopped(Fact):
    series: int = 0


@fact("recurrence-over", of="work-item", says=N_("It comes no more: the rule is at its end"))
class RecurrenceOver(Fact):
    series: int = 0


@fact(
    "recurrence-failed", of="work-item", says=N_("It comes no more: its unit is closed, or nobody is left to hold it")
)
class RecurrenceFailed(Fact):
    series: int = 0


@fact("item-came-again", of="work-item", says=N_("It came again by its rule"))
class ItemCameAgain(Fact):
    series: int = 0
    before: int = item()
