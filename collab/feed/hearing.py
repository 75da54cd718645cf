"""What a fact says to whom: parties it addresses, and whether everybody with an interest hears too. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from collab.core.facts import Fact
from collab.messaging.events import (
    ConversationCopyFailed,
    MessageEdited,
    MessageHidden,
    MessageNotSent,
    MessagePosted,
    MessageReminderCame,
    MissingNudged,
)
from collab.work import events as work
from collab.work import reading_events as reading
from collab.work.reminder_events import ReminderCame

from .topics import URGENT

WORK_ITEM: Final = "work-item"
CONVERSATION: Final = "conversation"
LATER: Final = "later-message"
_HEADING: Final = frozenset({URGENT})


@dataclass(frozen=True, slots=True)
class Hearing:
    """`addressed`: (party, reason) pairs. `interested`: the reason for all who hold, asked or follow the item.

    `item_id` is the item, or with `about` a conversation that is no item's, or a message that was to be sent later.
    `heading`: reasons that concern of a unit only those who head it, even with `whole_units`. `message`: whoever
    follows its conversation or its thread hears of it as well. `to_confirm`: a message; whoever is asked to confirm it
    and has not is told so, by the reason `confirming`.
    """

    item_id: int
    addressed: tuple[tuple[int, str], ...] = ()
    interested: str | None = None
    whole_units: bool = False
    private: bool = False  # nobody hears of it in their place
    about: str = WORK_ITEM
    heading: frozenset[str] = frozenset()
    message: int | None = None
    to_confirm: int | None = None
    confirming: str = "to-read"


def _to(*pairs: tuple[int | None, str]) -> tuple[tuple[int, str], ...]:
    return tuple((party, reason) for party, reason in pairs if party)


def _said(fact: Any, interested: str | None) -> Hearing | None:
    called = tuple((party, "mentioned") for party in fact.called)
    called += tuple((party, URGENT) for party in getattr(fact, "urgent", ()))
    message = fact.message if isinstance(fact, MessagePosted) else None
    if fact.owner_kind != WORK_ITEM:
        # What stands in the list of conversations is unread there; whoever is called, follows or is to confirm is told.
        return Hearing(
            fact.subject, called, whole_units=True, private=True, about=CONVERSATION, heading=_HEADING, message=message,
            to_confirm=message if getattr(fact, "asks_receipt", False) else None,
        )  # fmt: skip
    if not fact.owner:
        return None
    return Hearing(fact.owner, called, interested, whole_units=True, heading=_HEADING, message=message)


def _recalled(fact: Any) -> Hearing | None:
    whom = _to((fact.person, "reminder"))
    if fact.owner_kind == WORK_ITEM:
        return Hearing(fact.owner, whom, private=True)
    return Hearing(fact.subject, whom, private=True, about=CONVERSATION)


def _hidden(fact: Any) -> Hearing | None:
    whom = _to((fact.author, "hidden"))
    if fact.owner_kind == WORK_ITEM:
        return Hearing(fact.owner, whom, private=True)
    return Hearing(fact.subject, whom, private=True, about=CONVERSATION)


Heard = Callable[[Any], Hearing | None]

HEARD: Final[dict[type[Any], Heard]] = {
    work.ItemOpened: lambda f: Hearing(f.subject, _to((f.holder, "assigned"))),
    work.ItemAssigned: lambda f: Hearing(f.subject, _to((f.holder, "assigned"), (f.before, "unassigned"))),
    work.ItemTaken: lambda f: Hearing(f.subject, _to((f.before, "unassigned"))),
    work.ItemCompleted: lambda f: Hearing(f.subject, interested="completed"),
    work.ItemCancelled: lambda f: Hearing(f.subject, interested="cancelled"),
    work.ItemMerged: lambda f: Hearing(f.subject, interested="cancelled"),
    work.ItemReopened: lambda f: Hearing(f.subject, interested="reopened"),
    work.ItemUndone: lambda f: Hearing(f.subject, _to((f.before, "undone"), (f.holder, "undone")), "undone"),
    work.WaitOpened: lambda f: Hearing(f.subject, _to((f.awaited, "asked"))),
    work.WaitNudged: lambda f: Hearing(f.subject, _to((f.awaited, "nudged"))),
    work.StandInNudged: lambda f: Hearing(f.subject, _to((f.stand_in, "nudged"))),
    work.AskerReminded: lambda f: Hearing(f.subject, _to((f.asker, "ask-again"))),
    work.WaitDayCame: lambda f: Hearing(f.subject, _to((f.asker, "day-came"))),
    work.WaitLapsed: lambda f: Hearing(f.subject, _to((f.to, "lapsed"))),
    work.WaitEscalated: lambda f: Hearing(f.subject, _to((f.to, "escalated"))),
    work.WaitAnswered: lambda f: Hearing(f.subject, _to((f.asker, "answered"))),
    work.WaitWithdrawn: lambda f: Hearing(f.subject, _to((f.awaited, "withdrawn"))),
    work.HandoverOffered: lambda f: Hearing(f.subject, _to((f.to, "offered"))),
    work.HandoverAccepted: lambda f: Hearing(f.subject, _to((f.offered_by, "accepted"), (f.holder, "assigned"))),
    work.HandoverReturned: lambda f: Hearing(f.subject, _to((f.offered_by, "returned"))),
    work.HandoverWithdrawn: lambda f: Hearing(f.subject, _to((f.to_unit, "taken-back"))),
    work.ItemHandedOn: lambda f: Hearing(f.subject, _to((f.holder, "desk"), (f.before, "desk-gone"))),
    work.QuestionPassedOn: lambda f: Hearing(f.subject, _to((f.awaited, "desk"))),
    work.AskerChanged: lambda f: Hearing(f.subject, _to((f.asker, "desk"))),
    work.OfferPassedOn: lambda f: Hearing(f.subject, _to((f.to, "desk"))),
    work.OffererChanged: lambda f: Hearing(f.subject, _to((f.to, "desk"))),
    reading.AcknowledgementAsked: lambda f: Hearing(f.subject, tuple((party, "to-read") for party in f.asked)),
    reading.AllAcknowledged: lambda f: Hearing(f.subject, _to((f.asker, "all-read"))),
    ReminderCame: lambda f: Hearing(f.about, _to((f.person, "reminder")), private=True),
    MessageReminderCame: _recalled,
    MessagePosted: lambda f: _said(f, None if f.asks else "said"),
    MissingNudged: lambda f: Hearing(
        f.subject, private=True, about=CONVERSATION, to_confirm=f.message, confirming="nudged"
    ),
    MessageEdited: lambda f: _said(f, None),
    MessageHidden: _hidden,
    ConversationCopyFailed: lambda f: Hearing(
        f.subject, _to((f.person, "copy-failed")), private=True, about=CONVERSATION
    ),
    MessageNotSent: lambda f: Hearing(f.later, _to((f.person, "not-sent")), private=True, about=LATER),
}
"""Fact → what it says to whom."""


def hearing(fact: Fact) -> Hearing | None:
    """Whom `fact` concerns; None when it is about nothing that people are told of."""
    heard = HEARD.get(type(fact))
    found = heard(fact) if heard else None
    return found if found and found.item_id else None
