"""What a message looks like: safe HTML, made once per message, change of it and language, kept in memory.

The HTML is the same for all who read one language; only the mark on a mention of the reader is put in afterwards.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime
from html import escape, unescape
from itertools import count
from threading import Lock
from typing import Final

from markupsafe import Markup

from collab.core import markdown
from collab.core.actor import Actor
from collab.core.i18n import _
from collab.core.markdown import Kind, Target

from .addresses import found_in, named, whole
from .cards import REFERENCE, Led, stored
from .mentions import FORWARDED, MENTION, WITHOUT_FILE, called, passed_on, spoken
from .queries import Said

MOST_KEPT: Final = 4_000
_JOINER: Final = "\u2060"
_TAG: Final = re.compile(r"(<[^>]*>)")
_BARE: Final = re.compile(r'<a href="[^"<>]*" rel="noopener nofollow">([^<>]*)</a>')
"""A link as the renderer makes one of an address; one that somebody wrote with words has those in it."""
_PART_OF_MORE: Final = re.compile(r"[?#][\w%&=/+-]")
"""What goes on behind an address: it leads to a part of a page, and stays as it was written."""
_SHUT: Final = re.compile(r"<(/?)(?:a|code|pre)[ >]")

Key = tuple[int, datetime | None, int]


class _Kept:
    """The newest renderings of this process, the longest unused dropped first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._html: OrderedDict[Key, Markup] = OrderedDict()
        self._lock = Lock()

    def of(self, said: Said, text: str) -> Markup:
        key = (said.id, said.edited_at, hash(text))  # a restored database may use a number again
        with self._lock:
            if key in self._html:
                self._html.move_to_end(key)
                return self._html[key]
        html = _rendered(text)
        with self._lock:
            self._html[key] = html
            while len(self._html) > self._most:
                self._html.popitem(last=False)
        return html


_KEPT: Final = _Kept(MOST_KEPT)


def html_of(actor: Actor, said: Said) -> Markup:
    """A message as HTML for this reader."""
    if not said.text and not said.file_names:
        return Markup('<p class="muted">{}</p>').format(_(WITHOUT_FILE))
    text, there = passed_on(spoken(said.text, said.called_names))
    return marked(actor, _KEPT.of(said, text), text) + _leading(there)


def marked(actor: Actor, html_for_all: Markup, text: str) -> Markup:
    """The HTML of `text` with a mark where it calls this reader."""
    if 'class="mention"' not in html_for_all:
        return html_for_all
    html = str(html_for_all)
    for party in actor.parties & called(text).keys():
        mine = f'href="{address_of(party)}" class="mention'
        html = html.replace(f'{mine}"', f'{mine} mention-me"')
    return Markup(html)  # noqa: S704 (safe HTML with one more class in it)


def address_of(party_id: int) -> str:
    """Where a mention leads."""
    return f"/mentions/{party_id}"


def rendered(text: str) -> Markup:
    """The text of a message as safe HTML, every block in its own direction, mentions as links."""
    said, there = passed_on(text)
    return _rendered(said) + _leading(there)


def _leading(there: int | None) -> Markup:
    """The line that leads to a message that is passed on, in the reader's language."""
    if there is None:
        return Markup()
    return Markup('<p class="message-passed"><a href="/messages/{}/place">{}</a></p>').format(there, _(FORWARDED))


def _rendered(text: str) -> Markup:
    names = called(text)
    if not names:
        return markdown.render(text)
    # The renderer knows people as @word: each mention becomes a word that nobody wrote in this text.
    mark = next(mark for mark in (f"p{n}." for n in count()) if f"@{mark}" not in text)
    words = {f"{mark}{party}": (party, f"@{name}") for party, name in names.items()}

    def resolve(kind: Kind, word: str) -> Target | None:
        found = words.get(word) if kind == "person" else None
        return Target(address_of(found[0]), found[1]) if found else None

    marked = MENTION.sub(lambda match: f"@{mark}{match[2]}{_JOINER}" if int(match[2]) in names else match[0], text)
    html = str(markdown.render(marked, resolve))
    # Inside code and links a mention stays words.
    for word in sorted(words, key=len, reverse=True):
        html = html.replace(f"@{word}{_JOINER}", escape(words[word][1]))
    return Markup(html.replace(f"</a>{_JOINER}", "</a>"))  # noqa: S704 (safe HTML with escaped names in it)


def linked(html: Markup, links: dict[str, Led]) -> Markup:
    """The HTML of a message with its references as links, as they were typed, and with addresses of ours under the name
    of what they lead to; in code and in links under other words they stay as they are."""
    if not links:
        return html
    parts, shut = _TAG.split(_BARE.sub(lambda match: _named(match, links), str(html))), 0
    for at, part in enumerate(parts):
        if at % 2:
            found = _SHUT.match(part)
            shut += 0 if found is None else -1 if found[1] else 1
        elif not shut:
            parts[at] = "".join(_led(part, links))
    return Markup("".join(parts))  # noqa: S704 (safe HTML with addresses of our own in it)


def _named(match: re.Match[str], links: dict[str, Led]) -> str:
    """A bare address, under the name of what it leads to where the reader may see that."""
    address = whole(unescape(match[1]))
    return _address(address, links) or match[0] if address is not None else match[0]


def _led(part: str, links: dict[str, Led]) -> Iterator[str]:
    """Running text with links in it: addresses from the root on, and references between them. One that words were
    written for and that became no link, and one that goes on behind, stays whole."""
    done = 0
    for match in found_in(part):
        if part.endswith("](", 0, match.start()) or _PART_OF_MORE.match(part, match.end()):
            continue
        yield _references(part[done : match.start()], links)
        yield _address(match, links) or match[0]
        done = match.end()
    yield _references(part[done:], links)


def _references(part: str, links: dict[str, Led]) -> str:
    def link(match: re.Match[str]) -> str:
        there = links.get(stored(match) or "")
        return _link(there.href, match[0]) if there else match[0]

    return REFERENCE.sub(link, part)


def _address(match: re.Match[str], links: dict[str, Led]) -> str:
    """Nothing where it leads to what the reader does not see."""
    there = links.get(named(match))
    return _link(there.href, escape(there.words)) if there else ""


def _link(href: str, words: str) -> str:
    return f'<a href="{escape(href)}" class="reference" dir="auto">{words}</a>'
