"""What messages name and what came out of them, as cards that show how it stands now."""

import re
from collections.abc import Iterable, Iterator
from heapq import merge
from operator import itemgetter
from typing import Final, NamedTuple

from collab.core.actor import Actor
from collab.core.i18n import N_, _, in_language
from collab.core.package import UNFURL, Card

from .addresses import places_in, work_in
from .file_addresses import files_in
from .mentions import in_short
from .queries import Said, said_among

REFERENCE: Final = re.compile(r"(?<![\w./%-])([^\W_][\w.]{0,39})-(\d{1,10})(?![\w-])")
MOST_NAMED: Final = 40
"""References that are looked up of one text; six of them are shown."""
MOST_CARDS: Final = 6
SAID: Final = N_("Message")
SAID_BY: Final = N_("Message of %(name)s")
MESSAGE: Final = "message:"
NOT_YOURS: Final = N_("It stands where you may not read it, or is gone.")


class Led(NamedTuple):
    """Where something leads that is named, and what its address is shown as."""

    href: str
    words: str


class Named(NamedTuple):
    """What a message names that its reader may see: as cards, and reference or address → where it leads."""

    cards: tuple[Card, ...]
    links: dict[str, Led]


NOTHING_NAMED: Final = Named((), {})


def named_of(actor: Actor, messages: Iterable[Said]) -> dict[int, Named]:
    """Message id → what it names, of cards those that came out of it first: only of what the reader may see."""
    standing = [said for said in messages if not said.gone]
    texts = {said.id: said.text for said in standing}
    return _cards(actor, texts, [said.id for said in standing if said.made])


def named_in(actor: Actor, text: str) -> Named:
    """The same of a text that was not said yet."""
    return _cards(actor, {0: text}, []).get(0, NOTHING_NAMED)


def named_by(text: str) -> list[str]:
    """References and files in `text` as they are stored, in the order of first mention; neither takes the places of
    the other. A reference is in the capitals of any script, where it has such, and in any digits (`PARKS-214`,
    `ΠΡΑΣΙΝΟ-7`, `پارک-۲۱۴`)."""
    found = _first(_references(text)) | _first(files_in(text))
    return sorted(found, key=lambda name: found[name])


def _references(text: str) -> Iterator[tuple[int, str]]:
    """References in the order of the text, typed ones and those of addresses that were copied."""
    typed = ((match.start(), stored(match)) for match in REFERENCE.finditer(text))
    copied = ((at, _stored(said)) for at, said in work_in(text))
    for at, reference in merge(typed, copied, key=itemgetter(0)):
        if reference is not None:
            yield at, reference


def _first(found: Iterable[tuple[int, str]]) -> dict[str, int]:
    """What was found, each where it stands first, as far as it is looked up."""
    first: dict[str, int] = {}
    for at, name in found:
        first.setdefault(name, at)
        if len(first) == MOST_NAMED:
            break
    return first


def stored(match: re.Match[str]) -> str | None:
    """A reference as it is stored, of what looks like one; None where it is none."""
    prefix, number = match[1], str(int(match[2]))
    known = prefix == prefix.upper() and not prefix.isdecimal() and len(number) == len(match[2]) and number != "0"
    return f"{prefix}-{number}" if known else None


def _stored(typed: str) -> str | None:
    match = REFERENCE.fullmatch(typed)
    return stored(match) if match is not None else None


def _cards(actor: Actor, texts: dict[int, str], led_on: list[int]) -> dict[int, Named]:
    named = {id_: named_by(text) for id_, text in texts.items()}
    names = {name for found in named.values() for name in found}
    cards: dict[int, dict[str, Card]] = _forwarded(actor, texts)
    links: dict[int, dict[str, Led]] = {}
    known: dict[str, Card] = {}
    made: dict[int, list[Card]] = {}
    for unfurl in UNFURL:
        named_cards, made_cards = unfurl(actor, names, led_on)
        known |= named_cards
        for id_, some in made_cards.items():
            made.setdefault(id_, []).extend(some)
    for id_, found in named.items():
        for card in [*made.get(id_, []), *(known[name] for name in found if name in known)]:
            cards.setdefault(id_, {}).setdefault(card.href, card)
        links[id_] = {name: Led(known[name].href, name) for name in found if name in known} | {
            href: Led(href, _(SAID_BY, name=card.reference) if card.reference else _(SAID))
            for href, card in cards.get(id_, {}).items()
            if card.subject.startswith(MESSAGE)
        }
    return {id_: Named(tuple(found.values())[:MOST_CARDS], links.get(id_, {})) for id_, found in cards.items()}


def _forwarded(actor: Actor, texts: dict[int, str]) -> dict[int, dict[str, Card]]:
    """What stands where a message leads to, for those alone who may read it there. No query where none leads away."""
    leads = {id_: list(places_in(text))[:MOST_CARDS] for id_, text in texts.items()}
    wanted = {there for found in leads.values() for there in found}
    if not wanted:
        return {}
    known = {said.id: said for said in said_among(actor, wanted)}
    return {
        id_: {f"/messages/{there}/place": _card(known[there]) if there in known else _shut() for there in found}
        for id_, found in leads.items()
    }


def _shut() -> Card:
    """Where what is led to is not the reader's to see: nothing of it, neither whose it is nor whether it is there."""
    return Card(reference="", href="", title=_(NOT_YOURS), icon="lock", state="", word="", holder="", subject="")


def _card(said: Said) -> Card:
    return Card(
        reference=in_language(said.names, said.label), href=f"/messages/{said.id}/place",
        title=in_short(said.text, said.called_names, files=said.file_names), icon="text-quote", state="", word="",
        holder="", subject=f"{MESSAGE}{said.id}",
    )  # fmt: skip
