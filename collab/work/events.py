"""What happens to work items, in the past tense, and how it reads in a history."""

from typing import Any

from collab.core.facts import Fact, code, day, fact, item, party, prose
from collab.core.i18n import N_

STATES = {
    "new": N_("new"),
    "active": N_("in progress"),
    "waiting": N_("waiting"),
    "done": N_("done"),
    "cancelled": N_("cancelled"),
}
FIELD_NAMES = {
    "title": N_("title"), "body": N_("description"), "priority": N_("priority"), "start_on": N_("start"),
    "due_on": N_("due date"), "reach": N_("who may see it"), "labels": N_("labels"), "parent": N_("parent"),
    "details": N_("details"), "effort_minutes": N_("planned time"), "spent_minutes": N_("spent time"),
}  # fmt: skip
UNDONE_NAMES = {
    "item-completed": N_("finishing it"), "item-cancelled": N_("cancelling it"), "item-taken": N_("taking it"),
    "item-assigned": N_("giving it"), "item-merged": N_("the merging"), "item-begun": N_("beginning it"),
    "item-edited": N_("the change"), "handover-offered": N_("the offer"),
}  # fmt: skip
KIND_NAMES = {"task": N_("task"), "pending": N_("pending item"), "decision": N_("decision"), "meeting": N_("meeting")}


@fact("item-opened", of="work-item", says=N_("%(actor)s created it in %(unit)s"))
class ItemOpened(Fact):
    item_kind: str = code(labels=KIND_NAMES)
    unit: int = party()
    holder: int | None = party()


@fact("item-edited", of="work-item", says=N_("%(actor)s changed: %(fields)s"))
class ItemEdited(Fact):
    fields: str = code(labels=FIELD_NAMES)
    due_on: str | None = day()
    was: dict[str, Any] | None = None  # what stood in the fields that can be undone (collab.work.undoing)


@fact("item-assigned", of="work-item", says=N_("%(actor)s gave it to %(holder)s"))
class ItemAssigned(Fact):
    holder: int | None = party()
    before: int | None = party()
    unit: int | None = party()
    left: int | None = party()  # the unit in which it lay before
    was: str = ""  # its state before
    offer: int | None = None  # the offer that ended with it
    decided: list[int] | None = None  # the questions to a superior that ended with it


@fact("item-taken", of="work-item", says=N_("%(actor)s took it"))
class ItemTaken(Fact):
    before: int | None = party()
    unit: int | None = party()
    was: str = ""


@fact("item-begun", of="work-item", says=N_("%(actor)s began it"))
class ItemBegun(Fact):
    was: str = ""


@fact("item-completed", of="work-item", says=N_("%(actor)s finished it: %(outcome)s"))
class ItemCompleted(Fact):
    outcome: str = prose()
    was: str = ""
    waits: list[int] | None = None  # the questions that ended with it
    offer: int | None = None


@fact("item-cancelled", of="work-item", says=N_("%(actor)s cancelled it: %(reason)s"))
class ItemCancelled(Fact):
    reason: str = prose()
    was: str = ""
    waits: list[int] | None = None
    offer: int | None = None


@fact("item-merged", of="work-item", says=N_("%(actor)s merged it into another item, which goes on"))
class ItemMerged(Fact):
    other: int = item()
    was: str = ""
    waits: list[int] | None = None  # the questions that ended with it
    moved: list[int] | None = None  # and those that went along
    ending: list[int] | None = None  # what waited for its end and waits for the other's since
    met: list[int] | None = None  # what waited for the end of one on the other, and ended
    joined: list[int] | None = None  # who reads the other because of it
    again: list[int] | None = None  # and who had done so before
    role: str = ""  # as what they do
    offer: int | None = None


@fact("item-merged-here", of="work-item", says=N_("%(actor)s merged another item into this one"))
class ItemMergedHere(Fact):
    other: int = item()


@fact("item-parted", of="work-item", says=N_("%(actor)s took the merging of another item back"))
class ItemParted(Fact):
    other: int = item()


@fact("item-reopened", of="work-item", says=N_("%(actor)s opened it again"))
class ItemReopened(Fact):
    pass


@fact("item-undone", of="work-item", says=N_("%(actor)s undid: %(what)s"))
class ItemUndone(Fact):
    undone: int  # the fact
    what: str = code(labels=UNDONE_NAMES)
    holder: int | None = party()
    before: int | None = party()
    unit: int | None = party()
    left: int | None = party()


@fact("item-kind-changed", of="work-item", says=N_("%(actor)s made it a %(item_kind)s"))
class ItemKindChanged(Fact):
    item_kind: str = code(labels=KIND_NAMES)


@fact("item-watched", of="work-item", says=N_("%(actor)s follows it"))
class ItemWatched(Fact):
    pass


@fact("item-unwatched", of="work-item", says=N_("%(actor)s no longer follows it"))
class ItemUnwatched(Fact):
    pass


@fact("item-read-by-auditor", of="work-item", says=N_("%(actor)s read it as auditor"))
class ItemReadByAuditor(Fact):
    pass


@fact("ledger-read", of="organisation", says=N_("%(actor)s read the ledger"))
class LedgerRead(Fact):
    """What was asked for: by whom, of which kind, about which item, from and to which day."""

    person: int | None = party()
    of_kind: str = ""
    item: str = ""
    since: str | None = day()
    until: str | None = day()


@fact("list-read-by-auditor", of="organisation", says=N_("%(actor)s read a list of %(number)s lines: %(asked)s"))
class ListReadByAuditor(Fact):
    """An auditor was shown a list, a search, a sheet or a feed: through which door, asked what, with how many lines."""

    door: str = ""
    number: int = 0
    asked: str = prose()


@fact("file-added", of="work-item", says=N_("%(actor)s added the file %(name)s"))
class FileAdded(Fact):
    file: int
    name: str = prose()


@fact("file-replaced", of="work-item", says=N_("%(actor)s added version %(version)s of the file %(name)s"))
class FileReplaced(Fact):
    file: int
    version: int
    name: str = prose()


@fact("file-removed", of="work-item", says=N_("%(actor)s removed the file %(name)s"))
class FileRemoved(Fact):
    version: int
    name: str = prose()


@fact("items-imported", of="organisation", says=N_("%(actor)s brought in %(number)s items"))
class ItemsImported(Fact):
    number: int = 0


@fact("items-edited", of="organisation", says=N_("%(actor)s changed %(number)s items at once"))
class ItemsEdited(Fact):
    number: int = 0
    items: list[int] | None = None  # those that changed, for the way back
    job: int | None = None  # the change of a whole list of which this is a part
    handle: int | None = None  # by which it is undone


@fact("wait-opened", of="work-item", says=N_("%(actor)s awaits %(awaited)s: %(what)s"))
class WaitOpened(Fact):
    wait: int
    sense: str
    awaited: int | None = party()
    what: str = prose()
    until: str | None = day()
    stops_clock: bool = False


@fact("wait-answered", of="work-item", says=N_("%(actor)s wrote down the answer of %(awaited)s"))
class WaitAnswered(Fact):
    wait: int
    awaited: int | None = party()
    asker: int | None = party()


@fact("answer-arrived", of="work-item", says=N_("The answer of %(awaited)s had arrived on %(arrived_on)s"))
class AnswerArrived(Fact):
    wait: int
    awaited: int | None = party()
    arrived_on: str | None = day()


@fact("wait-withdrawn", of="work-item", says=N_("%(actor)s no longer awaits %(awaited)s"))
class WaitWithdrawn(Fact):
    wait: int
    awaited: int | None = party()


@fact("wait-taken", of="work-item", says=N_("%(actor)s took it out of the tray"))
class WaitTaken(Fact):
    wait: int


@fact("wait-nudged", of="work-item", says=N_("%(actor)s reminded %(awaited)s"))
class WaitNudged(Fact):
    wait: int
    awaited: int | None = party()


@fact(
    "stand-in-nudged",
    of="work-item",
    says=N_("%(actor)s reminded %(stand_in)s, who stands in for %(awaited)s"),
)
class StandInNudged(Fact):
    wait: int
    awaited: int | None = party()
    stand_in: int | None = party()


@fact("asker-reminded", of="work-item", says=N_("%(actor)s told %(asker)s that it is time to ask %(awaited)s again"))
class AskerReminded(Fact):
    """Nobody outside is written to by itself: whoever asked is told."""

    wait: int
    awaited: int | None = party()
    asker: int | None = party()


@fact("wait-day-came", of="work-item", says=N_("The day came for which it waited"))
class WaitDayCame(Fact):
    wait: int
    asker: int | None = party()


@fact(
    "wait-lapsed",
    of="work-item",
    says=N_("Overdue, and expected of %(awaited)s: it goes up to %(to)s (level %(level)s)"),
)
class WaitLapsed(Fact):
    wait: int
    awaited: int | None = party()
    to: int | None = party()
    level: int = 1


@fact("wait-escalated", of="work-item", says=N_("%(actor)s took it up to %(to)s: %(reason)s"))
class WaitEscalated(Fact):
    wait: int
    to: int | None = party()
    level: int = 1
    reason: str = prose()


@fact("clock-stopped", of="work-item", says=N_("The clock stopped: %(awaited)s is awaited"))
class ClockStopped(Fact):
    wait: int
    awaited: int | None = party()


@fact("clock-resumed", of="work-item", says=N_("The clock runs again"))
class ClockResumed(Fact):
    wait: int
    stopped_on: str | None = day()
    resumed_on: str | None = day()


@fact("handover-offered", of="work-item", says=N_("%(actor)s offered it to %(to)s: %(note)s"))
class HandoverOffered(Fact):
    handover: int
    to: int | None = party()
    to_unit: int | None = party()
    from_unit: int | None = party()
    note: str = prose()


@fact("handover-accepted", of="work-item", says=N_("%(actor)s accepted it; %(holder)s has it now"))
class HandoverAccepted(Fact):
    handover: int
    holder: int | None = party()
    to_unit: int | None = party()
    from_unit: int | None = party()
    offered_by: int | None = party()


@fact("handover-returned", of="work-item", says=N_("%(actor)s returned it: %(reason)s"))
class HandoverReturned(Fact):
    handover: int
    to_unit: int | None = party()
    from_unit: int | None = party()
    offered_by: int | None = party()
    reason: str = prose()


@fact("handover-withdrawn", of="work-item", says=N_("%(actor)s took the offer back"))
class HandoverWithdrawn(Fact):
    handover: int
    to_unit: int | None = party()


@fact(
    "handover-disputed", of="work-item", says=N_("Returned for the third time: %(superior)s decides where it belongs")
)
class HandoverDisputed(Fact):
    superior: int | None = party()


@fact("dispute-settled", of="work-item", says=N_("Where it belongs is decided; %(superior)s is asked no more"))
class DisputeSettled(Fact):
    wait: int
    superior: int | None = party()


@fact("item-followed", of="work-item", says=N_("%(closed)s was closed; this went to %(unit)s"))
class ItemFollowed(Fact):
    closed: int | None = party()
    unit: int | None = party()
    holder: int | None = party()


@fact("item-split-off", of="work-item", says=N_("%(split)s was split; this went to %(unit)s"))
class ItemSplitOff(Fact):
    split: int | None = party()
    unit: int | None = party()


@fact(
    "expected-split-off",
    of="work-item",
    says=N_("%(split)s was split; what it was asked or awaits here went along"),
)
class ExpectedSplitOff(Fact):
    split: int | None = party()


@fact(
    "expected-followed",
    of="work-item",
    says=N_("%(closed)s was closed; what it was asked or awaits here went to %(unit)s"),
)
class ExpectedFollowed(Fact):
    closed: int | None = party()
    unit: int | None = party()


@fact("item-handed-on", of="work-item", says=N_("%(actor)s passed it on to %(holder)s with the desk of %(before)s"))
class ItemHandedOn(Fact):
    holder: int | None = party()
    before: int | None = party()
    unit: int | None = party()
    left: int | None = party()


@fact(
    "question-passed-on",
    of="work-item",
    says=N_("%(actor)s passed the question to %(before)s on to %(awaited)s, with the desk"),
)
class QuestionPassedOn(Fact):
    wait: int
    awaited: int | None = party()
    before: int | None = party()


@fact("asker-changed", of="work-item", says=N_("%(asker)s now awaits the answer instead of %(before)s, with the desk"))
class AskerChanged(Fact):
    wait: int
    asker: int | None = party()
    before: int | None = party()


@fact(
    "offer-passed-on", of="work-item", says=N_("%(actor)s passed the offer to %(before)s on to %(to)s, with the desk")
)
class OfferPassedOn(Fact):
    handover: int
    to: int | None = party()
    before: int | None = party()


@fact("offerer-changed", of="work-item", says=N_("%(to)s now answers for the offer of %(before)s, with the desk"))
class OffererChanged(Fact):
    handover: int
    to: int | None = party()
    before: int | None = party()


DESK_KINDS = {"leaving": N_("leaving"), "transfer": N_("transfer to another unit")}


@fact(
    "desk-handed-over",
    of="desk-handover",
    says=N_("%(actor)s handed over the desk of %(person)s in %(unit)s: %(number)s lines"),
)
class DeskHandedOver(Fact):
    person: int | None = party()
    unit: int | None = party()
    why: str = code(labels=DESK_KINDS)
    number: int = 0
    watched: int = 0
    last_day: str | None = day()


@fact("desk-signed", of="desk-handover", says=N_("%(actor)s signed the handover of the desk of %(person)s"))
class DeskSigned(Fact):
    person: int | None = party()


@fact("person-transferred", of="desk-handover", says=N_("%(actor)s put %(person)s into %(into)s, from %(since)s"))
class PersonTransferred(Fact):
    person: int | None = party()
    unit: int | None = party()
    into: int | None = party()
    since: str | None = day()


@fact("desk-closed", of="desk-handover", says=N_("%(actor)s ended the memberships and the account of %(person)s"))
class DeskClosed(Fact):
    person: int | None = party()


@fact("view-saved", of="saved-view", says=N_("%(actor)s saved the view %(name)s"))
class ViewSaved(Fact):
    name: str = prose()
    unit: int | None = party()


@fact("view-changed", of="saved-view", says=N_("%(actor)s changed the view %(name)s"))
class ViewChanged(Fact):
    name: str = prose()
    unit: int | None = party()


@fact("view-deleted", of="saved-view", says=N_("%(actor)s deleted the view %(name)s"))
class ViewDeleted(Fact):
    name: str = prose()


@fact("feed-opened", of="saved-view", says=N_("%(actor)s made a calendar address for the view %(name)s"))
class FeedOpened(Fact):
    name: str = prose()


@fact("feed-closed", of="saved-view", says=N_("%(actor)s withdrew the calendar address of the view %(name)s"))
class FeedClosed(Fact):
    name: str = prose()


_RULE_FIELDS = {
    "nudge_every": N_("how often reminders go out"), "nudge_most": N_("how many reminders"),
    "first_after": N_("when it first goes up"), "then_every": N_("when it goes further up"),
    "levels": N_("how far it goes up"),
}  # fmt: skip


@fact("escalation-rule-made", of="escalation-rule", says=N_("%(actor)s made a rule for reminders and escalation"))
class EscalationRuleMade(Fact):
    unit: int | None = party()
    item_kind: str = code(labels=KIND_NAMES)


@fact("escalation-rule-changed", of="escalation-rule", says=N_("%(actor)s changed the rule: %(fields)s"))
class EscalationRuleChanged(Fact):
    fields: str = code(labels=_RULE_FIELDS)


@fact("escalation-rule-retired", of="escalation-rule", says=N_("%(actor)s retired the rule"))
class EscalationRuleRetired(Fact):
    pass
