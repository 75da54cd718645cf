"""What happens in talks, in the past tense. What was said is prose: kept apart, so that it can be erased."""

from dataclasses import field

from collab.core.facts import Fact, code, fact, party, prose
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
    text: str = prose()


@fact("message-edited", of="conversation", says=N_("%(actor)s changed a message: %(text)s"))
class MessageEdited(Fact):
    """`called` are only those who were not called before; `text` is the new one, so the history is whole."""

    message: int
    seq: int
    owner_kind: str | None = None
    owner: int | None = None
    called: list[int] = field(default_factory=list)
    text: str = prose()


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


@fact("message-reminder", of="conversation", says=N_("%(person)s was reminded of a message"))
class MessageReminderCame(Fact):
    message: int
    owner_kind: str | None = None
    owner: int | None = None
    person: int | None = party()


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
