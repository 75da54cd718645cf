"""What was found as pages and the palette show it: words looked up once, found words marked, addresses made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.i18n import _, in_language
from collab.core.package import Kind
from collab.messaging.named import names_of
from collab.messaging.queries.conversations import Entry
from collab.people.queries.parties import Choice
from collab.people.queries.today import today
from collab.work.events import STATES
from collab.work.kinds import kinds
from collab.work.lines import Due, due_of, icon_of

from .asking import Asked
from .found import FoundFile, FoundItem, FoundMessage
from .marking import found_in, marked, snippet
from .results import Results

PARTY_ICONS: Final = {"person": "user", "unit": "building-2", "post": "id-card", "outsider": "globe"}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item: `text` is the part of its body that answers, empty where the title says it all."""

    reference: str
    title: Markup
    text: Markup
    href: str
    state: str
    icon: str
    word: str
    holder: str
    due: Due
    closed: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """A message or a file: what it says, who and when, and the item it belongs to."""

    text: Markup
    href: str
    who: str
    at: str
    iso: str
    reference: str
    about: str


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A person, unit, post or outsider; `href` is empty for outsiders, who have no page."""

    name: Markup
    hint: str
    href: str
    icon: str
    away: bool


def item_lines(actor: Actor, results: Results) -> list[ItemLine]:
    """The items found."""
    words = {code: _(label) for code, label in STATES.items()}
    day, known = today(), kinds()
    return [_item(actor, one, results.asked, day, words, known) for one in results.items.items]


def _item(
    actor: Actor, one: FoundItem, asked: Asked, today: date, words: dict[str, str], known: Mapping[str, Kind]
) -> ItemLine:
    closed = one.state_kind in ("done", "cancelled")
    return ItemLine(
        reference=one.reference,
        title=marked(one.title, asked),
        text=snippet(one.body if found_in(one.body, asked) else "", asked),
        href=f"/work-items/{one.reference}",
        state=one.state_kind,
        icon=icon_of(known.get(one.kind), one.state_kind),
        word=words[one.state_kind],
        holder=in_language(one.holder_names or {}, one.holder_label or ""),
        due=due_of(actor, None if closed else one.due_on, today),
        closed=closed,
    )


def message_lines(actor: Actor, results: Results) -> list[TextLine]:
    """The messages found."""
    now, called = clock.now(), talks_of(actor, results)
    return [_message(actor, one, results.asked, now, called) for one in results.messages.items]


def talks_of(actor: Actor, results: Results) -> dict[int, str]:
    """Conversation id → what it is called, of the messages found outside the talk of an item; two queries at most, none
    where there are none."""
    found = [one for one in results.messages.items if one.reference is None]
    entries = {one.talk_id: Entry(one.talk_id, one.talk_kind, one.talk_owner_id, one.talk_title) for one in found}
    return {id_: name for id_, (name, _page) in names_of(actor, entries.values()).items()} if entries else {}


def _message(actor: Actor, one: FoundMessage, asked: Asked, now: object, called: dict[int, str]) -> TextLine:
    return TextLine(
        text=snippet(one.spoken, asked),
        href=f"/messages/{one.id}",
        who=in_language(one.author_names, one.author_label),
        at=dates.near_instant(one.created_at, now, actor.time_zone, calendar=actor.calendar),  # type: ignore[arg-type]
        iso=one.created_at.isoformat(timespec="seconds"),
        reference=one.reference or "",
        about=one.title or called.get(one.talk_id, ""),
    )


def file_lines(actor: Actor, results: Results) -> list[TextLine]:
    """The files found; each leads to what it hangs on."""
    now = clock.now()
    return [_file(actor, one, results.asked, now) for one in results.files.items]


def _file(actor: Actor, one: FoundFile, asked: Asked, now: object) -> TextLine:
    at_message = one.owner_kind == "message"
    return TextLine(
        text=marked(one.name, asked),
        href=f"/messages/{one.owner_id}" if at_message else f"/work-items/{one.owner_id}",
        who="",
        at=dates.near_instant(one.added_at, now, actor.time_zone, calendar=actor.calendar),  # type: ignore[arg-type]
        iso=one.added_at.isoformat(timespec="seconds"),
        reference=one.reference or "",
        about=one.title or "",
    )


def party_lines(choices: list[Choice], asked: Asked) -> list[PartyLine]:
    """People, units, posts and outsiders."""
    return [
        PartyLine(marked(one.name, asked), one.hint, party_address(one), PARTY_ICONS[one.kind], one.away)
        for one in choices
    ]


def party_address(one: Choice) -> str:
    """Where somebody's page is: an outsider has none, and leads to what the registry has of them."""
    return f"/people/{one.id}" if one.kind == "person" else "" if one.kind == "outsider" else f"/mentions/{one.id}"
