"""What happens in talks, in the past tense. What was said is prose: kept apart, so that it can be erased."""

from dataclasses import field

from collab.core.facts import Fact, code, day, fact, party, prose
from collab.core.i18n import N_

KINDS = {
    "group": N_("group"),
    "direct": N_("direct talk"),
    "announcement": N_("announcements"),
}


@fact("conversation-opened", of="conversation", says=N_("%(actor)s began this conversation"))
class ConversationOpened(Fact):
    talk: str = code(labels=KINDS)
    title: str = prose()


@fact("conversation-changed", of="conversation", says=N_("%(actor)s named this conversation %(title)s"))
class ConversationChanged(Fact):
    title: str = prose()
    topic: str = prose()


@fact("topic-set", of="conversation", says=N_("%(actor)s set the topic: %(topic)s"))
class TopicSet(Fact):
    topic: str = prose()


@fact("member-joined", of="conversation", says=N_("%(actor)s let %(member)s into this conversation"))
class MemberJoined(Fact):
    member: int | None = party()


@fact("member-left", of="conversation", says=N_("%(member)s is no longer in this conversation"))
class MemberLeft(Fact):
    member: int | None = party()


@fact("conversation-archived", of="conversation", says=N_("%(actor)s closed this conversation"))
class ConversationArchived(Fact):
    into: int | None = party()


@fact("conversation-reopened", of="conversation", says=N_("%(actor)s opened this conversation again"))
class ConversationReopened(Fact):
    pass


@fact("message-hidden", of="conversation", says=N_("%(actor)s hid a message of %(author)s: %(reason)s"))
class MessageHidden(Fact):
    message: int
    seq: int
    owner_kind: str | None = None
    owner: int | None = None
    author: int | None = party()
    reason: str = prose()


@fact("message-shown-again", of="conversation", says=N_("%(actor)s showed a hidden message of %(author)s again"))
class MessageShownAgain(Fact):
    message: int
    seq: int
    owner_kind: str | None = None
    owner: int | None = None
    author: int | None = party()


@fact("hidden-message-read", of="conversation", says=N_("%(actor)s read a hidden message of %(author)s as auditor"))
class HiddenMessageRead(Fact):
    message: int
    author: int | None = party()


@fact("messages-removed", of="conversation", says=N_("%(number)s messages from before %(before)s were removed by rule"))
class MessagesRemoved(Fact):
    """`messages` and `files` are their ids: the ledger says exactly what went."""

    number: int
    before: str | None = day()
    months: int
    messages: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)


@fact("conversation-copied", of="conversation", says=N_("%(actor)s took away a copy of what was said here"))
class ConversationCopied(Fact):
    """`upto`: the number of the last message in it."""

    copy: int
    upto: int


@fact("conversation-copy-failed", of="conversation", says=N_("A copy for %(person)s could not be made"))
class ConversationCopyFailed(Fact):
    copy: int
    person: int | None = party()


TALKS = {
    "unit": N_("conversations of units"),
    "group": N_("groups"),
    "announcement": N_("announcements"),
    "direct": N_("direct talks"),
    "item": N_("talks on work"),
}


@fact(
    "retention-rule-set", of="organisation",
    says=N_("%(actor)s decided that messages in %(talk)s are kept for %(months)s months, from %(begins)s on"),
)  # fmt: skip
class RetentionRuleSet(Fact):
    talk: str = code(labels=TALKS)
    months: int
    was: int | None = None
    begins: str | None = day()


@fact(
    "retention-rule-lifted", of="organisation",
    says=N_("%(actor)s decided that messages in %(talk)s are kept for ever"),
)  # fmt: skip
class RetentionRuleLifted(Fact):
    talk: str = code(labels=TALKS)
    was: int


@fact("conversation-held", of="conversation", says=N_("%(actor)s placed a legal hold on it: %(reason)s"))
class ConversationHeld(Fact):
    hold: int
    reason: str = prose()


@fact("conversation-hold-lifted", of="conversation", says=N_("%(actor)s lifted a legal hold on it: %(reason)s"))
class ConversationHoldLifted(Fact):
    hold: int
    reason: str = prose()


@fact("unit-held", of="unit", says=N_("%(actor)s placed a legal hold on what is said in this unit: %(reason)s"))
class UnitHeld(Fact):
    hold: int
    reason: str = prose()


@fact("unit-hold-lifted", of="unit", says=N_("%(actor)s lifted a legal hold on what is said in this unit: %(reason)s"))
class UnitHoldLifted(Fact):
    hold: int
    reason: str = prose()


@fact("webhook-made", of="conversation", says=N_("%(actor)s lets %(bot)s speak here through an address"))
class WebhookMade(Fact):
    hook: int
    bot: int | None = party()


@fact("webhook-ended", of="conversation", says=N_("%(actor)s ended the address of %(bot)s"))
class WebhookEnded(Fact):
    hook: int
    bot: int | None = party()


@fact("chat-imported", of="conversation", says=N_("%(actor)s brought in %(number)s messages"))
class ChatImported(Fact):
    number: int
    source: str


@fact("message-posted", of="conversation", says=N_("%(actor)s wrote: %(text)s"))
class MessagePosted(Fact):
    message: int
    seq: int
    owner_kind: str | None = None
    owner: int | None = None
    called: list[int] = field(default_factory=list)
    asks: bool = False  # whoever is asked hears of the question itself
    urgent: list[int] = field(default_factory=list)  # whom it reaches at once
    asks_receipt: bool = False  # everybody whom it is for is asked to confirm it
    text: str = prose(calls=True)


@fact("message-edited", of="conversation", says=N_("%(actor)s changed a message: %(text)s"))
class MessageEdited(Fact):
    """`called` are only those whom this message never called before; `text` is the new one, so the history is whole."""

    message: int
    seq: int
    owner_kind: str | None = None
    owner: int | None = None
    called: list[int] = field(default_factory=list)
    text: str = prose(calls=True)


@fact("message-deleted", of="conversation", says=N_("%(actor)s deleted a message"))
class MessageDeleted(Fact):
    message: int
    seq: int
    owner_kind: str | None = None
    owner: int | None = None


@fact("message-file-removed", of="conversation", says=N_("%(actor)s removed the file %(name)s"))
class MessageFileRemoved(Fact):
    message: int
    name: str = prose()
    owner_kind: str | None = None
    owner: int | None = None


SIGN_NAMES = {
    "agree": N_("agrees"),
    "done": N_("done"),
    "seen": N_("seen"),
    "thanks": N_("thank you"),
    "question": N_("not clear"),
    "well-done": N_("well done"),
}


@fact("message-signed", of="conversation", says=N_("%(actor)s put a sign on a message: %(sign)s"))
class MessageSigned(Fact):
    message: int
    owner_kind: str | None = None
    owner: int | None = None
    sign: str = code(labels=SIGN_NAMES)


@fact("message-sign-removed", of="conversation", says=N_("%(actor)s took a sign off a message: %(sign)s"))
class MessageSignRemoved(Fact):
    message: int
    owner_kind: str | None = None
    owner: int | None = None
    sign: str = code(labels=SIGN_NAMES)


@fact("message-receipt", of="conversation", says=N_("%(actor)s confirmed having read a message"))
class MessageReceiptGiven(Fact):
    message: int
    owner_kind: str | None = None
    owner: int | None = None


@fact("message-missing-nudged", of="conversation", says=N_("%(actor)s reminded those who had not confirmed a message"))
class MissingNudged(Fact):
    """`number`: of how many, without those who were away."""

    message: int
    owner_kind: str | None = None
    owner: int | None = None
    number: int = 0


@fact("message-reminder", of="conversation", says=N_("%(person)s was reminded of a message"))
class MessageReminderCame(Fact):
    message: int
    owner_kind: str | None = None
    owner: int | None = None
    person: int | None = party()


@fact("message-not-sent", of="conversation", says=N_("A message of %(person)s could not be sent at its time"))
class MessageNotSent(Fact):
    """`later` is what waits for its author now."""

    later: int
    person: int | None = party()


HELD_BACK = {
    "flood": N_("its author had said much just before"),
    "busy": N_("Collab was busy"),
}


@fact("message-held-back", of="conversation", says=N_("A message of %(person)s waits longer than chosen: %(why)s"))
class MessageHeldBack(Fact):
    """`later` is what waits, with what its author had due after it; `until` when it is tried again."""

    later: int
    person: int | None = party()
    why: str = code(labels=HELD_BACK)
    until: str = ""


@fact("message-pinned", of="conversation", says=N_("%(actor)s pinned a message"))
class MessagePinned(Fact):
    message: int
    owner_kind: str | None = None
    owner: int | None = None


@fact("message-unpinned", of="conversation", says=N_("%(actor)s took a message off the pins"))
class MessageUnpinned(Fact):
    message: int
    owner_kind: str | None = None
    owner: int | None = None
