"""A talk as a page shows it: lines ready for the template, formatted once, none of it in the template's loops."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from markupsafe import Markup, escape

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, in_language, ngettext
from collab.core.package import Card
from collab.files.queries import File, files_on
from collab.files.shown import Line as Attached
from collab.files.shown import line as attached_line
from collab.web.shell import counted, initials

from .cards import cards_of
from .events import SIGN_NAMES
from .forms import Stretch
from .mentions import excerpt
from .owners import MESSAGE
from .queries import Head, Said, Thread, confirmed, page_of
from .reactions import talk_kind
from .rendering import html_of
from .signs import ICONS, ORDER

TOGETHER = timedelta(minutes=5)
HUES = 8
LIVE = 200
AROUND = 20
GONE = N_("This message is gone.")
DELETED = N_("This message was deleted.")
REMOVED = N_("Removed by the retention rule on %(day)s.")
HIDDEN = N_("Hidden by %(name)s: %(reason)s")
LAST = N_("%(answers)s, last %(when)s")
BEHALF = N_("writes down the answer of %(name)s")


@dataclass(frozen=True, slots=True)
class Quote:
    """What a message answers: who said it and how it begins."""

    id: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SignLine:
    """A sign on a message: how many put it, and whether the reader did."""

    sign: str
    icon: str
    word: str
    count: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One message on the page. `day` opens a new day; `more` continues what its author said just before.

    `answers` says how many answers hang under it and when the last one came. `gone_says` stands in the place of one
    that is gone; `own_words`: what it said may still be read by this reader, on a page of its own. `behalf`: whose
    words the author wrote down.
    """

    id: int
    seq: int
    author: str
    initials: str
    hue: int
    iso: str
    at: str
    html: Markup
    day: str
    day_iso: str
    new: bool
    more: bool
    mine: bool
    edited: bool
    gone: str
    gone_says: Markup
    own_words: bool
    files: list[Attached]
    quote: Quote | None
    signs: list[SignLine]
    answers: str
    pinned: bool
    cards: tuple[Card, ...] = ()
    asks: bool = False
    confirmed: str = ""
    confirmed_me: bool = False
    behalf: str = ""
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk for its template. `action` is the address of its messages; `live` the hint it answers to."""

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

    @property
    def badge(self) -> str:
        """How many are unread, in the digits of the language."""
        return counted(self.unread)

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
    if stretch.after is not None and page.later:
        page = page_of(head, Stretch(limit=LIVE))
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


def empty(head: Head, action: str, nonce: str) -> Talk:
    """A talk without its messages, for the composer alone."""
    live = f"{talk_kind(head.owner.kind)}:{head.owner.id}"
    return Talk(head, action, live, [], refresh=action, earlier="", unread=0, nonce=nonce)


def new_nonce() -> str:
    """A nonce for the next message of this page."""
    return secrets.token_urlsafe(12)


def _first_unread(head: Head) -> int | None:
    """Where the divider stands; nowhere for somebody who has not read here yet, or has read all."""
    return head.read_seq + 1 if head.read_seq is not None and head.unread else None


def thread_of(actor: Actor, head: Head, found: Thread, nonce: str | None = None) -> Talk:
    """The answers to a message as a talk of their own, the message itself first."""
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
        nonce=nonce or new_nonce(),
        key="thread",
    )


def one_line(actor: Actor, said: Said, *, more: bool = False) -> Line:
    """A message by itself, in its place on an open page; `more`: it continues what its author said before."""
    line = lines_of(actor, [said], None)[0]
    return replace(line, day="", more=more)


def lines_of(actor: Actor, messages: list[Said], divider: int | None, *, quotes: bool = True) -> list[Line]:
    """Messages in order as lines. `quotes`: those that answer another show what it said."""
    attached = files_on(actor, MESSAGE, [said.id for said in messages])
    drawn = cards_of(actor, messages)
    receipts = confirmed(actor, [said.id for said in messages if said.asks_receipt])
    lines: list[Line] = []
    before: Said | None = None
    divided = not divider
    for said in messages:
        mine = said.author_id == actor.person_id
        is_new = not divided and not mine and divider is not None and said.seq >= divider
        divided = divided or is_new
        line = _line(actor, said, before, is_new, attached.get(said.id, []))
        line = replace(line, cards=drawn.get(said.id, ()))
        if said.asks_receipt and not said.gone:
            count, me = receipts.get(said.id, (0, False))
            words = ngettext("%(count)s has confirmed", "%(count)s have confirmed", count, count=dates.digits(count))
            line = replace(line, asks=True, confirmed=words, confirmed_me=me or said.author_id == actor.person_id)
        lines.append(line if quotes else replace(line, quote=None, answers=""))
        before = said
    return lines


def _line(actor: Actor, said: Said, before: Said | None, is_new: bool, files: list[File]) -> Line:
    day = dates.local_day(said.created_at, actor.time_zone)
    same_day = before is not None and dates.local_day(before.created_at, actor.time_zone) == day
    more = (
        before is not None
        and same_day
        and not is_new
        and before.author_id == said.author_id
        and said.reply_to_id is None
        and said.behalf_id == before.behalf_id
        and said.created_at - before.created_at <= TOGETHER
    )
    name = in_language(said.names, said.label)
    gone = gone_how(said)
    return Line(
        id=said.id,
        seq=said.seq,
        author=name,
        initials=initials(name),
        hue=said.author_id % HUES,
        iso=said.created_at.isoformat(timespec="seconds"),
        at=dates.clock(said.created_at, actor.time_zone),
        html=Markup() if gone else html_of(actor, said),
        day="" if same_day else _day_words(actor, said.created_at),
        day_iso=day.isoformat(),
        new=is_new,
        more=more,
        mine=said.author_id == actor.person_id and not gone,
        edited=said.edited_at is not None and not gone,
        gone=gone,
        gone_says=gone_says(actor, said) if gone else Markup(),
        own_words=gone == "hidden" and (actor.is_auditor or said.author_id == actor.person_id),
        files=[] if gone else [attached_line(actor, each) for each in files],
        quote=quoted_of(said),
        signs=[] if gone else _signs(actor, said.signs or {}),
        answers=_answers(actor, said) if said.answers else "",
        pinned=said.pinned_at is not None,
        bot=said.bot,
        behalf=_(BEHALF, name=in_language(said.behalf_names or {}, said.behalf_label)) if said.behalf_label else "",
    )


def gone_how(said: Said) -> str:
    """deleted, removed (by a rule of retention) or hidden; nothing while it stands."""
    if said.removed_at is not None:
        return "removed"
    return "deleted" if said.deleted_at is not None else "hidden" if said.hidden_reason is not None else ""


def gone_says(actor: Actor, said: Said) -> Markup:
    """What stands in the place of a message that is gone; names and reasons in their own direction."""
    if said.removed_at is not None:
        day = dates.local_day(said.removed_at, actor.time_zone)
        shown = dates.shown(day, "long", calendar=actor.calendar)  # type: ignore[arg-type]
        return escape(_(REMOVED, day=shown))
    if said.deleted_at is not None:
        return escape(_(DELETED))
    by = Markup("<bdi>{}</bdi>").format(in_language(said.hidden_names, said.hidden_label or ""))
    reason = Markup("<bdi>{}</bdi>").format(said.hidden_reason or "")
    return escape(_(HIDDEN)) % {"name": by, "reason": reason}


def quoted(said: Said) -> Quote:
    """A message as it is quoted in an answer to it."""
    text = _(GONE) if said.gone else excerpt(said.text)
    return Quote(said.id, in_language(said.names, said.label), text)


def quoted_of(said: Said) -> Quote | None:
    """What a message answers, if it does."""
    if said.reply_to_id is None or said.answered_label is None:
        return None
    text = _(GONE) if said.answered_gone else excerpt(said.answered_text or "")
    return Quote(said.reply_to_id, in_language(said.answered_names or {}, said.answered_label), text)


def _signs(actor: Actor, signs: dict[str, list[int]]) -> list[SignLine]:
    return [
        SignLine(sign, ICONS[sign], _(SIGN_NAMES[sign]), dates.digits(len(signs[sign])), actor.person_id in signs[sign])
        for sign in ORDER
        if sign in signs
    ]


def _answers(actor: Actor, said: Said) -> str:
    count = ngettext("%(count)s answer", "%(count)s answers", said.answers, count=dates.digits(said.answers))
    if said.answered_at is None:
        return count
    last = dates.near_instant(said.answered_at, clock.now(), actor.time_zone, calendar=actor.calendar)  # type: ignore[arg-type]
    return _(LAST, answers=count, when=last)


def _day_words(actor: Actor, at: datetime) -> str:
    day = dates.local_day(at, actor.time_zone)
    today = clock.today(actor.time_zone)
    if abs((today - day).days) <= 1:
        return dates.near_day(day, today)
    return dates.shown(day, "weekday", calendar=actor.calendar)  # type: ignore[arg-type]
