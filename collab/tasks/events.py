"""What happens to pending items beyond what happens to every work item, and how it reads in a history."""

from collab.core.facts import Fact, code, day, fact
from collab.core.i18n import N_

DETAIL_NAMES = {
    "source": N_("source"),
    "protocol_number": N_("protocol number"),
    "protocol_on": N_("protocol date"),
    "counterpart": N_("counterpart"),
    "legal_basis": N_("legal basis"),
    "allowed_days": N_("allowed days"),
    "in_working_days": N_("how the days are counted"),
}
MEASURES = {"days": N_("calendar days"), "working-days": N_("working days")}


@fact("pending-item-edited", of="work-item", says=N_("%(actor)s changed: %(fields)s"))
class PendingItemEdited(Fact):
    fields: str = code(labels=DETAIL_NAMES)


@fact(
    "deadline-reckoned",
    of="work-item",
    says=N_("The deadline is %(due_on)s: %(days)s %(measure)s from %(from_on)s"),
)
class DeadlineReckoned(Fact):
    """A deadline followed from what the law gives."""

    due_on: str | None = day()
    from_on: str | None = day()
    days: int = 0
    measure: str = code(labels=MEASURES)


@fact(
    "deadline-moved",
    of="work-item",
    says=N_(
        "The deadline moved from %(before)s to %(due_on)s: the clock stood still for %(days)s %(measure)s, "
        "from %(stopped_on)s to %(resumed_on)s"
    ),
)
class DeadlineMoved(Fact):
    """The clock stood still and runs again; what stood still was added."""

    before: str | None = day()
    due_on: str | None = day()
    days: int = 0
    measure: str = code(labels=MEASURES)
    stopped_on: str | None = day()
    resumed_on: str | None = day()
