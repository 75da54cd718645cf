"""A talk as a page shows it: the lines of a stretch with their divider, and where its neighbours and its news are."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from collab.core.actor import Actor
from collab.core.i18n import ngettext
from collab.web.shell import counted

from .forms import Stretch
from .lines import Line, lines_of
from .queries import Head, Thread, page_of
from .queries import alone as is_alone
from .quoting import Quote
from .reactions import talk_kind

LIVE = 200
AROUND = 20


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk for its template. `action` is the address of its messages; `live` the hint it answers to; `anew`: more
    was said since than an open page asks for, and it begins again with the newest; `alone`: nothing was said yet, and
    nobody but its reader ever reads it."""

    head: Head
    action: str
    live: str
    lines: list[Line]
    refresh: str
    earlier: str
    unread: int
    nonce: str
    text: str = ""
    first: int = 0
    later: str = ""
    reasons: list[str] = field(default_factory=list)
    key: str = "talk"
    reply: Quote | None = None
    announces: bool = False
    waits: int = 0
    urgent: bool = False
    anew: bool = False
    alone: bool = False

    @property
    def badge(self) -> str:
        """How many are unread, in the digits of the language."""
        return counted(self.unread)

    @property
    def waiting(self) -> str:
        """How many messages of the reader wait here for their time."""
        shown = counted(self.waits)
        return ngettext(
            "%(count)s message waits to be sent", "%(count)s messages wait to be sent", self.waits, count=shown
        )

    @property
    def watched(self) -> str:
        """What an open page listens to: the talk, and the things whose cards stand in it."""
        subjects = dict.fromkeys(card.subject for line in self.lines for card in line.cards)
        return " ".join([self.live, *subjects])


def talk(
    actor: Actor, head: Head, action: str, stretch: Stretch, *, new: int | None = None, nonce: str | None = None
) -> Talk:
    """The talk behind `head`, from `stretch` on. `new` holds the divider where it stood when the page was opened."""
    page = page_of(head, stretch)
    anew = stretch.after is not None and page.later
    if anew:
        page = page_of(head, Stretch())
    divider = new if new is not None else _first_unread(head)
    first = page.messages[0].seq if page.messages else head.last_seq + 1
    return Talk(
        head=head,
        action=action,
        live=f"{talk_kind(head.owner.kind)}:{head.owner.id}",
        lines=lines_of(actor, page.messages, divider),
        refresh=f"{action}?after={first - 1}&new={divider or 0}&limit={LIVE}",
        earlier=f"{action}?before={first}&new=0" if page.earlier else "",
        unread=head.unread,
        nonce=nonce or new_nonce(),
        first=first,
        anew=anew,
        alone=bool(head.id) and not head.last_seq and is_alone(actor, head.id or 0),
    )


def talk_at(actor: Actor, head: Head, action: str, seq: int | None) -> Talk:
    """The newest part of a talk, or the part around message `seq`, with the way on to what followed."""
    if seq is None or seq > head.last_seq:
        return talk(actor, head, action, Stretch())
    page = page_of(head, Stretch(after=max(0, seq - AROUND), limit=3 * AROUND))
    if not page.later:
        first = page.messages[0].seq if page.messages else 1
        return talk(actor, head, action, Stretch(after=first - 1, limit=LIVE))
    first, last = page.messages[0].seq, page.messages[-1].seq
    return Talk(
        head=head,
        action=action,
        live="",
        lines=lines_of(actor, page.messages, _first_unread(head)),
        refresh="",
        earlier=f"{action}?before={first}&new=0" if page.earlier else "",
        unread=0,
        nonce=new_nonce(),
        first=first,
        later=f"{action.removesuffix('/messages')}?at={last + AROUND}",
    )


def empty(head: Head, action: str, nonce: str, **more: Any) -> Talk:
    """A talk without its messages, for the composer alone."""
    live = f"{talk_kind(head.owner.kind)}:{head.owner.id}"
    return Talk(head, action, live, [], refresh=action, earlier="", unread=0, nonce=nonce, **more)


def new_nonce() -> str:
    """A nonce for the next message of this page."""
    return secrets.token_urlsafe(12)


def _first_unread(head: Head) -> int | None:
    """Where the divider stands; nowhere for somebody who has not read here yet, or has read all."""
    return head.read_seq + 1 if head.read_seq is not None and head.unread else None


def thread_of(actor: Actor, head: Head, found: Thread, text: str = "") -> Talk:
    """The answers to a message as a talk of their own, the message itself first; `text` stands in its composer."""
    address = f"/messages/{found.root.id}/thread"
    answers = found.answers.messages
    return Talk(
        head=head,
        action=address,
        live=f"{talk_kind(head.owner.kind)}:{head.owner.id}",
        lines=lines_of(actor, [found.root, *answers], None, quotes=False),
        refresh=f"{address}/answers",
        earlier=f"{address}?before={answers[0].seq}" if found.answers.earlier and answers else "",
        unread=0,
        nonce=new_nonce(),
        text=text,
        key="thread",
    )
