"""Addresses, people and references inside running text.

What `@maria` and `PARKS-214` stand for is not known here: a resolver tells, or leaves them as they are.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from markdown_it.token import Token

Kind = Literal["person", "reference"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a mention or a reference leads: an address on this site, and the text to show instead, if any."""

    address: str
    text: str | None = None

    def __post_init__(self) -> None:
        if not self.address.startswith("/") or self.address.startswith(("//", "/\\")):
            raise ValueError("a mention leads to an address on this site")


Resolver = Callable[[Kind, str], Target | None]
"""("person", "maria.p") or ("reference", "PARKS-214") → where it leads, None when unknown or not to be seen."""


class Mentioned(NamedTuple):
    """People and references named in a text, each once, in order: enough to look them all up in one query."""

    people: tuple[str, ...]
    references: tuple[str, ...]


MOST_LINKS: Final = 500
"""Links made of running text in one text; what follows stays text."""

# Each way begins with a character and only then looks behind it, so that most places fail at once.
_FOUND: Final = re.compile(
    r"(?P<url>(?:h(?<![\w/]h)ttps?://|w(?<![\w/]w)ww\.)[^\s<>\"'`|\\^{}]{1,2000})"
    r"|(?P<mail>\w(?<![\w.+-]\w)[\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4})"
    r"|@(?<![\w@./-]@)(?P<person>\w[\w.\-]{0,62}\w)"
    r"|(?P<reference>[A-Z](?<![\w/.-][A-Z])[A-Z0-9]{1,9}-[0-9]{1,9})(?![\w-])"
)
_TAIL: Final = ".,;:!?»“”’·؟،؛*_~"


def mentioned(text: str) -> Mentioned:
    """Who and what `text` names, code and links included: a superset of what `render` asks its resolver."""
    people: dict[str, None] = {}
    references: dict[str, None] = {}
    for match in _FOUND.finditer(text):
        if match["person"]:
            people[match["person"]] = None
        elif match["reference"]:
            references[match["reference"]] = None
    return Mentioned(tuple(people), tuple(references))


def linked(children: list[Token], resolve: Resolver | None, places: Iterator[int]) -> list[Token]:
    """The tokens of one block with links put in; text that is part of a link already is left alone.

    `places` yields once for each link that may still be made.
    """
    inside, out = 0, list[Token]()
    for token in children:
        if token.type == "link_open":
            inside += 1
        elif token.type == "link_close":
            inside -= 1
        if token.type == "text" and not inside and _FOUND.search(token.content):
            out.extend(_split(token, resolve, places))
        else:
            out.append(token)
    return out


def _split(token: Token, resolve: Resolver | None, places: Iterator[int]) -> Iterator[Token]:
    text, done = token.content, 0
    for match in _FOUND.finditer(text):
        link = _link(match, resolve)
        if link is None:
            continue
        if next(places, None) is None:
            break
        address, shown, length, name = link
        if match.start() > done:
            yield _text(text[done : match.start()])
        opening = Token("link_open", "a", 1, attrs={"href": address})
        if name:  # a name in another script says nothing of the direction of what is written around it
            opening.attrs |= {"class": name, "dir": "auto"}
        yield opening
        yield _text(shown)
        yield Token("link_close", "a", -1)
        done = match.start() + length
    if done < len(text):
        yield _text(text[done:])


def _link(match: re.Match[str], resolve: Resolver | None) -> tuple[str, str, int, str] | None:
    """Address, text shown, characters taken from the source, class."""
    whole = match[0]
    if match["url"]:
        shown = _without_tail(whole)
        if shown in ("http:/", "https:/", "www", ""):
            return None
        address = shown if shown.startswith("http") else f"https://{shown}"
        return address, shown, len(shown), ""
    if match["mail"]:
        return f"mailto:{whole}", whole, len(whole), ""
    if resolve is None:
        return None
    kind: Kind = "person" if match["person"] else "reference"
    target = resolve(kind, match[kind])
    if target is None:
        return None
    return target.address, target.text or whole, len(whole), "mention" if kind == "person" else "reference"


def _without_tail(url: str) -> str:
    """Without the punctuation of the sentence around it; a closing bracket stays if it was opened inside."""
    unopened = {")": url.count(")") - url.count("("), "]": url.count("]") - url.count("[")}
    end = len(url)
    while end:
        last = url[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in _TAIL:
            break
        end -= 1
    return url[:end]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
