"""Help: the guides of `docs/guides` inside Collab, in the reader's language.

They stand in Markdown for those who read them in the repository too, with lines broken where they are long; a
paragraph is put together again before it is shown.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, make_response
from markupsafe import Markup
from PIL import Image

from collab.core.errors import NotFound
from collab.core.i18n import N_, _, locale
from collab.core.markdown import render

from .actors import actor
from .doors import door
from .pages import show

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
GUIDES: Final = {
    "employee": N_("For everybody"), "head": N_("For heads"), "administrator": N_("For administrators"),
}  # fmt: skip
IN_ENGLISH: Final = {"bring-in-data": N_("Lists brought in")}
"""What whoever runs the server needs, in English alone: offered to administrators."""
NAMED: Final = r"[a-z0-9-]+\.(?:png|webp)"
_PICTURE: Final = re.compile(rf"^!\[([^\]]*)\]\((?:\.\./)+images/({NAMED})\)$", re.M)
DOTS: Final = 1.6
"""How many dots of a picture that `bin/pictures` took stand side by side in one of the page, so that it is sharp."""
_ELSEWHERE: Final = re.compile(r"\[([^\]]+)\]\([^)\s]+\.md\)")
_BEGINS: Final = re.compile(r" {6}|\s*([-*] |\d+\. |#|\||```|!\[)")

pages = Blueprint("help", __name__)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture among the words, with the size at which it is shown, so that nothing moves when it comes."""

    name: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with what stands below it; before the first there is none."""

    title: str
    parts: tuple[Markup | Picture, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as it is shown."""

    title: str
    chapters: tuple[Chapter, ...]


@door(pages, "GET /help")
def help_page() -> Response:
    """How one works with Collab: what everybody needs."""
    return _page("employee")


@door(pages, "GET /help/<guide>")
def guide_page(guide: str) -> Response:
    """One of the guides."""
    return _page(guide)


@door(pages, "GET /help/pictures/<picture>")
def picture_of(picture: str) -> Response:
    """A picture of a guide."""
    if not re.fullmatch(NAMED, picture) or not (DOCS / "images" / picture).is_file():
        raise NotFound
    response = make_response((DOCS / "images" / picture).read_bytes())
    response.headers["Content-Type"] = f"image/{picture.rpartition('.')[2]}"
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def _page(name: str) -> Response:
    if name not in GUIDES and name not in IN_ENGLISH:
        raise NotFound
    english = name in IN_ENGLISH
    offered = GUIDES | (IN_ENGLISH if english or actor().is_administrator else {})
    return show(
        "web/help.html",
        guide=guide(name, "en" if english else locale()),
        name=name,
        foreign=english and locale() != "en",
        guides=[(code, _(word)) for code, word in offered.items()],
    )


def source(name: str, language: str) -> Path:
    """Where a guide stands in a language."""
    return DOCS / "guides" / ("" if language == "en" else language) / f"{name}.md"


@cache
def guide(name: str, language: str) -> Guide:
    """A guide in this language."""
    title, *chapters = re.split(r"^(#{1,2} .+)$", source(name, language).read_text(encoding="utf-8"), flags=re.M)[1:]
    heads = [title, *chapters[1::2]]
    found = [Chapter(head.lstrip("# ").strip(), _parts(body)) for head, body in zip(heads, chapters[::2], strict=True)]
    return Guide(found[0].title, (Chapter("", found[0].parts), *found[1:]))


def _parts(text: str) -> tuple[Markup | Picture, ...]:
    pieces = _PICTURE.split(text)
    found: list[Markup | Picture] = []
    for place in range(0, len(pieces), 3):
        if pieces[place].strip():
            shown = render(_together(_ELSEWHERE.sub(r"\1", pieces[place])))
            # What is wider than the page is moved with the keys as well.
            found.append(Markup(str(shown).replace("<pre", '<pre tabindex="0"')))  # noqa: S704 rendered to be safe
        if place + 2 < len(pieces):
            found.append(_picture(pieces[place + 2], pieces[place + 1]))
    return tuple(found)


def _picture(name: str, alt: str) -> Picture:
    with Image.open(DOCS / "images" / name) as drawn:
        dots = DOTS if drawn.format == "WEBP" else 1
        return Picture(name, alt, round(drawn.width / dots), round(drawn.height / dots))


def _together(text: str) -> str:
    """Each paragraph in a line of its own: a line that is broken there is not meant to be."""
    lines: list[str] = []
    as_written = False
    for line in text.split("\n"):
        goes_on = lines and lines[-1].strip() and line.strip() and not _BEGINS.match(line)
        if goes_on and not as_written and not lines[-1].startswith(("#", "|", "```")):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
        as_written ^= line.startswith("```")
    return "\n".join(lines)
