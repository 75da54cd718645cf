"""What happens to pending items beyond what happens to every work item, and how it reads in a history."""

from collab.core.facts import Fact, code, day, fact, party, prose
from collab.core.i18n import N_

DETAIL_NAMES = {
    "source": N_("source"),
    "protocol_number": N_("protocol number"),
    "protocol_on": N_("protocol date"),
    "counterpart": N_("counterpart"),
    "legal_basis": N_("legal basis"),
    "allowed": N_("what the law gives"),
    "measure": N_("how the days are counted"),
    "first_day_counts": N_("whether the first day counts"),
    "last_day_free": N_("whether the last day counts"),
    "rolls": N_("what happens on days not worked"),
    "least_working_days": N_("least working days"),
    "stopped_by": N_("what stops the clock"),
    "rule": N_("deadline rule"),
    "silence": N_("what silence means"),
    "electronic_allowed": N_("what electronic applications get"),
    "electronic_priority": N_("the priority of electronic applications"),
}
CONTACT_NAMES = {"email": N_("mail"), "phone": N_("phone"), "address": N_("address")}
MEASURES = {
    "days": N_("calendar days"),
    "working-days": N_("working days"),
    "weeks": N_("weeks"),
    "months": N_("months"),
    "years": N_("years"),
}
CAUSES = {
    "entered": N_("entered"),
    "rule": N_("the rule was changed"),
    "calendar": N_("the working calendar was changed"),
    "electronic": N_("an electronic application"),
}
OUTCOMES = {
    "approved": N_("approved"),
    "refused": N_("refused"),
    "closed": N_("closed"),
}
BEGINNINGS = {
    "deadline": N_("the deadline"),
    "asking": N_("the question"),
}
PRIORITIES = {"1": N_("low"), "2": N_("medium"), "3": N_("high"), "4": N_("urgent")}


@fact("pending-item-edited", of="work-item", says=N_("%(actor)s changed: %(fields)s"))
class PendingItemEdited(Fact):
    fields: str = code(labels=DETAIL_NAMES)


@fact(
    "counterpart-completed",
    of="work-item",
    says=N_("%(actor)s added to what is known of %(counterpart)s: %(added)s"),
)
class CounterpartCompleted(Fact):
    """What was missing of a counterpart on the list of those outside, and was entered on this item."""

    counterpart: int | None = party()
    added: str = code(labels=CONTACT_NAMES)


@fact(
    "deadline-reckoned",
    of="work-item",
    says=N_("The deadline is %(due_on)s: %(days)s %(measure)s from %(from_on)s (%(cause)s)"),
)
class DeadlineReckoned(Fact):
    """A deadline followed from what the law gives; `cause` says what made it be reckoned."""

    due_on: str | None = day()
    from_on: str | None = day()
    days: int = 0
    measure: str = code(labels=MEASURES)
    cause: str = code(labels=CAUSES)


@fact(
    "deadline-moved",
    of="work-item",
    says=N_(
        "The deadline moved from %(before)s to %(due_on)s: the clock stood still for %(days)s %(measure)s, "
        "from %(stopped_on)s to %(resumed_on)s"
    ),
)
class DeadlineMoved(Fact):
    """The clock stood still and runs again; what stood still was added. `by_law`: the day is the statute's own, and not
    one that was set by hand and moved."""

    before: str | None = day()
    due_on: str | None = day()
    days: int = 0
    measure: str = code(labels=MEASURES)
    stopped_on: str | None = day()
    resumed_on: str | None = day()
    by_law: bool = True


@fact("deadline-rule-made", of="deadline-rule", says=N_("%(actor)s made this deadline rule"))
class DeadlineRuleMade(Fact):
    unit: int | None = party()


@fact("deadline-rule-changed", of="deadline-rule", says=N_("%(actor)s changed: %(fields)s"))
class DeadlineRuleChanged(Fact):
    """`fields`: which of the terms; empty where only the name was changed."""

    fields: str = code(labels=DETAIL_NAMES)


FOLLOWED = N_("Deadlines of open items were reckoned again")


@fact("deadline-rule-followed", of="deadline-rule", says=FOLLOWED)
class DeadlineRuleFollowed(Fact):
    """A batch of the items that follow a rule was reckoned again; what comes after the item `reached` is still due."""

    reached: int = 0


@fact("calendar-followed", of="calendar", says=FOLLOWED)
class CalendarFollowed(Fact):
    """The same for the items of units that go by a calendar."""

    reached: int = 0


@fact("deadline-rule-retired", of="deadline-rule", says=N_("%(actor)s retired this deadline rule"))
class DeadlineRuleRetired(Fact):
    pass


@fact(
    "item-silenced",
    of="work-item",
    says=N_("Nothing came by %(by)s (%(days)s %(measure)s after %(after)s), so it counts as %(outcome)s: %(basis)s"),
)
class ItemSilenced(Fact):
    """The rule of its deadline says what silence means; `letter` is the draft that was made ready."""

    by: str | None = day()
    outcome: str = code(labels=OUTCOMES)
    after: str = code(labels=BEGINNINGS)
    days: int = 0
    measure: str = code(labels=MEASURES)
    rule: int = 0
    letter: int = 0
    basis: str = prose()


@fact("silence-held", of="work-item", says=N_("%(actor)s holds back what would follow from silence: %(reason)s"))
class SilenceHeld(Fact):
    reason: str = prose()


@fact("silence-let", of="work-item", says=N_("%(actor)s lets silence count again"))
class SilenceLet(Fact):
    pass


@fact(
    "electronic-first",
    of="work-item",
    says=N_("Electronic applications go first under its deadline rule: the priority is now %(priority)s"),
)
class ElectronicFirst(Fact):
    priority: str = code(labels=PRIORITIES)
    before: int = 0
    rule: int = 0
