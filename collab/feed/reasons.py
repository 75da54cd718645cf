"""Why somebody hears of something: the codes that notifications keep, and how they read.

One event is told with who did it. A line that gathers several, perhaps of several people, says only what happened.
"""

from collections.abc import Collection
from typing import Final

from collab.core.i18n import N_

REASONS: Final[dict[str, str]] = {
    "urgent": N_("called you urgently"),
    "mentioned": N_("mentioned you"),
    "direct": N_("wrote to you"),
    "assigned": N_("gave it to you"),
    "desk": N_("passed a desk on to you: this and perhaps more"),
    "desk-gone": N_("passed your desk on: this and perhaps more; sign the protocol"),
    "unassigned": N_("gave it to somebody else"),
    "offered": N_("offers it to you"),
    "accepted": N_("accepted what you offered"),
    "returned": N_("returned what you offered"),
    "taken-back": N_("took the offer back"),
    "asked": N_("waits for you"),
    "invited": N_("invites you to a meeting"),
    "meeting-changed": N_("changed a meeting"),
    "objection-integrated": N_("says that the proposal was changed for your objection"),
    "vote-opened": N_("opened a vote and waits for yours"),
    "to-open": N_("put a decision up for discussion; you may open its vote"),
    "aside-asked": N_("has to know whether you stand aside: you have to do with what an option is about"),
    "tie": N_("closed a vote that is even: as chair you break the tie"),
    "chairs": N_("says that you chair a vote now, since whoever did has left"),
    "chairs-tie": N_("says that you chair a vote now that is even: you break the tie"),
    "revisit": N_("says that a decision is to be looked at again"),
    "proxy-asked": N_("asks you to vote for them"),
    "proposal-changed": N_("changed the proposal for an objection"),
    "vote-extended": N_("keeps the vote open: too few have voted"),
    "unopened": N_("ended the vote without an outcome: its ballots are not opened"),
    "to-read": N_("asks you to confirm that you have read it"),
    "reminder": N_("reminds you, as you wished"),
    "nudged": N_("reminds you"),
    "lapsed": N_("brings what is overdue before you"),
    "escalated": N_("took it up to you"),
    "ask-again": N_("says it is time to ask again"),
    "day-came": N_("says that the day has come"),
    "series-failed": N_("could not call the next meeting; the series ended"),
    "answered": N_("answered you"),
    "objected": N_("objected"),
    "overruled": N_("overruled your objection"),
    "advice-used": N_("said what became of your advice"),
    "all-read": N_("was the last of those you asked to read it"),
    "withdrawn": N_("no longer waits for you"),
    "vote-closed": N_("closed the vote"),
    "hands-corrected": N_("corrected the numbers of a show of hands"),
    "minutes-ready": N_("approved the minutes"),
    "decided": N_("wrote down what was decided"),
    "completed": N_("finished it"),
    "cancelled": N_("cancelled it"),
    "reopened": N_("opened it again"),
    "undone": N_("took back what they did"),
    "hidden": N_("hid what you said, with a reason"),
    "not-sent": N_("could not send what you wrote"),
    "copy-failed": N_("could not make the copy you asked for; you may ask for it again"),
    "thread": N_("wrote in a thread you follow"),
    "followed": N_("wrote where you hear everything"),
    "said": N_("wrote"),
}
"""Code → what the actor did, in the order in which several are told."""

GATHERED: Final[dict[str, str]] = {
    "urgent": N_("you were called urgently"),
    "mentioned": N_("you were mentioned"),
    "direct": N_("you were written to"),
    "assigned": N_("given to you"),
    "desk": N_("a desk came to you: this and perhaps more"),
    "desk-gone": N_("your desk was passed on: this and perhaps more; sign the protocol"),
    "unassigned": N_("given to somebody else"),
    "offered": N_("offered to you"),
    "accepted": N_("your offer was accepted"),
    "returned": N_("your offer was returned"),
    "taken-back": N_("an offer was taken back"),
    "asked": N_("you are awaited"),
    "invited": N_("you are invited to a meeting"),
    "meeting-changed": N_("a meeting was changed"),
    "vote-opened": N_("your vote is awaited"),
    "to-open": N_("a decision is in discussion; you may open its vote"),
    "aside-asked": N_("you are asked whether you stand aside: you have to do with what an option is about"),
    "tie": N_("a vote is even: as chair you break the tie"),
    "chairs": N_("you chair a vote now, since whoever did has left"),
    "chairs-tie": N_("you chair a vote now that is even: you break the tie"),
    "revisit": N_("a decision is to be looked at again"),
    "proxy-asked": N_("you are asked to vote for somebody"),
    "proposal-changed": N_("the proposal was changed for an objection"),
    "objection-integrated": N_("the proposal was changed for your objection; you may object again"),
    "vote-extended": N_("the vote stays open: too few have voted"),
    "unopened": N_("ended without an outcome: the ballots were not opened"),
    "to-read": N_("you are asked to confirm that you have read it"),
    "reminder": N_("the time came of which you wanted to be reminded"),
    "nudged": N_("you were reminded"),
    "lapsed": N_("overdue, and come up to you"),
    "escalated": N_("taken up to you"),
    "ask-again": N_("time to ask again"),
    "day-came": N_("the day has come"),
    "series-failed": N_("a series of meetings could not go on"),
    "answered": N_("you have an answer"),
    "objected": N_("there are objections"),
    "overruled": N_("your objection was overruled"),
    "advice-used": N_("you were told what became of your advice"),
    "all-read": N_("everybody you asked has read it"),
    "withdrawn": N_("you are no longer awaited"),
    "vote-closed": N_("the vote closed"),
    "hands-corrected": N_("the numbers of a show of hands were corrected"),
    "minutes-ready": N_("the minutes are approved"),
    "decided": N_("it was decided"),
    "completed": N_("finished"),
    "cancelled": N_("cancelled"),
    "reopened": N_("opened again"),
    "undone": N_("something was taken back"),
    "hidden": N_("something you said was hidden, with a reason"),
    "not-sent": N_("what you wrote could not be sent"),
    "copy-failed": N_("a copy you asked for could not be made"),
    "thread": N_("new answers in a thread you follow"),
    "followed": N_("new messages where you hear everything"),
    "said": N_("new messages"),
}
"""Code → what happened, where a line gathers several events."""

ORDER: Final = {code: place for place, code in enumerate(REASONS)}

HOLDS_NOT: Final[dict[str, frozenset[str]]] = {
    "done": frozenset({"cancelled", "reopened", "undone"}),
    "cancelled": frozenset({"completed", "reopened", "undone"}),
}
"""State of an item → what is told of it no more in a line that gathers several events: a later one took it back."""
ENDED: Final = frozenset({"completed", "cancelled"})


def standing(reasons: Collection[str], state_kind: str) -> set[str]:
    """Those of several reasons that still hold, as the item stands now; all of them where none would be left."""
    gone = HOLDS_NOT.get(state_kind, ENDED)
    return set(reasons) - gone or set(reasons)
