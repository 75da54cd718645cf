"""Messages as lines ready for a template: names, times, signs and what hangs on them, formatted once."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from markupsafe import Markup

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, in_language, ngettext
from collab.core.package import Card
from collab.files.queries import File, files_on
from collab.files.shown import Line as Attached
from collab.files.shown import line as attached_line
from collab.web.shell import initials

from .belated import both
from .cards import named_of
from .events import SIGN_NAMES
from .gone import NOTHING, gone_how, gone_says
from .owners import MESSAGE
from .queries import Said, confirmed
from .quoting import Quote, quoted_of
from .rendering import html_of, linked
from .signs import ICONS, ORDER

TOGETHER = timedelta(minutes=5)
HUES = 8
LONG = 2_000
LONG_LINES = 24
"""From so many characters or lines on a message is shown folded."""
LAST = N_("%(answers)s, last %(when)s")
BEHALF = N_("writes down the answer of %(name)s")


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
    words the author wrote down. `urgent`: it was marked so, and begins anew under its author's name. `long`: it is
    shown folded. `number` is `seq` in the digits of the language. `at` also says when it was written, where it could
    not be sent then, and it begins anew as well.
    """

    id: int
    seq: int
    number: str
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
    urgent: bool = False
    long: bool = False


def one_line(actor: Actor, said: Said, *, more: bool = False) -> Line:
    """A message by itself, in its place on an open page; `more`: it continues what its author said before."""
    line = lines_of(actor, [said], None)[0]
    return replace(line, day="", more=more)


def lines_of(actor: Actor, messages: list[Said], divider: int | None, *, quotes: bool = True) -> list[Line]:
    """Messages in order as lines. `quotes`: those that answer another show what it said."""
    attached = files_on(actor, MESSAGE, [said.id for said in messages])
    named = named_of(actor, messages)
    receipts = confirmed(actor, [said.id for said in messages if said.asks_receipt])
    lines: list[Line] = []
    before: Said | None = None
    day_before: date | None = None
    divided = not divider
    for said in messages:
        mine = said.author_id == actor.person_id
        is_new = not divided and not mine and divider is not None and said.seq >= divider
        divided = divided or is_new
        day = dates.local_day(said.created_at, actor.time_zone)
        line = _line(actor, said, before if day == day_before else None, day, is_new, attached.get(said.id, []))
        if said.id in named:
            line = replace(line, cards=named[said.id].cards, html=linked(line.html, named[said.id].links))
        if said.asks_receipt and not said.gone:
            count, me = receipts.get(said.id, (0, False))
            words = ngettext("%(count)s has confirmed", "%(count)s have confirmed", count, count=dates.digits(count))
            line = replace(line, asks=True, confirmed=words, confirmed_me=me or said.author_id == actor.person_id)
        lines.append(line if quotes else replace(line, quote=None, answers=""))
        before, day_before = said, day
    return lines


def _line(actor: Actor, said: Said, before: Said | None, day: date, is_new: bool, files: list[File]) -> Line:
    """`before`: what was said before it on the same day."""
    more = (
        before is not None
        and not is_new
        and not said.urgent
        and not said.written
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
        number=dates.digits(said.seq),
        author=name,
        initials=initials(name),
        hue=said.author_id % HUES,
        iso=said.created_at.isoformat(timespec="seconds"),
        at=_time(actor, said),
        html=NOTHING if gone else html_of(actor, said),
        day="" if before is not None else _day_words(actor, said.created_at),
        day_iso=day.isoformat(),
        new=is_new,
        more=more,
        mine=said.author_id == actor.person_id and not gone,
        edited=said.edited_at is not None and not gone,
        gone=gone,
        gone_says=gone_says(actor, said) if gone else NOTHING,
        own_words=gone == "hidden" and (actor.is_auditor or said.author_id == actor.person_id),
        files=[] if gone else [attached_line(actor, each) for each in files],
        quote=quoted_of(said),
        signs=[] if gone else _signs(actor, said.signs or {}),
        answers=_answers(actor, said) if said.answers else "",
        pinned=said.pinned_at is not None,
        bot=said.bot,
        urgent=said.urgent and not gone,
        long=len(said.text) > LONG or said.text.count("\n") >= LONG_LINES,
        behalf=_(BEHALF, name=in_language(said.behalf_names or {}, said.behalf_label)) if said.behalf_label else "",
    )


def _time(actor: Actor, said: Said) -> str:
    if said.written_at is not None:
        return both(actor, said.written_at, said.created_at)
    return dates.clock(said.created_at, actor.time_zone)


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
