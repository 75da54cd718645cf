"""What surrounds every page: navigation with badges, the tree of units, who you are."""

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from flask import current_app, g, request, url_for

from collab.core import clock, i18n
from collab.core.actor import Actor
from collab.core.dates import digits, shown
from collab.core.package import Package, ShellEntry

from .actors import actor_or_none
from .guard import csrf_token, nonce

BADGES: Final = "collab.badges"


@dataclass(frozen=True, slots=True)
class NavLine:
    key: str
    label: str
    href: str
    icon: str
    badge: str
    current: bool
    section: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the navigation; packages may give any object with these names."""

    depth: int
    code: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page as the layout template reads it."""

    nav: list[NavLine]
    kept: list[NavLine]
    units: list[Any]
    me: dict[str, str]
    inbox_count: str
    locale: str
    direction: str
    theme: str
    calendar: str
    locales: dict[str, str]
    organisation: str
    live: int
    """From which instant on (milliseconds) the page may not show what changes."""
    units_stand: bool = True
    today: str = ""
    time_zone: str = ""


def packages() -> tuple[Package, ...]:
    found: tuple[Package, ...] = current_app.extensions["collab"]
    return found


def shell() -> Shell | None:
    """The frame for this request's actor; None for strangers, who get the plain page."""
    actor = actor_or_none()
    if actor is None:
        return None
    badges = request.environ.get(BADGES) or badges_of(actor)
    tree = next((package.tree for package in packages() if package.tree is not None), None)
    frame = tree(actor) if tree else None
    zone = frame.time_zone if frame else actor.time_zone
    return Shell(
        nav=[_line(entry, badges) for entry in _entries() if entry.shown_to(actor)],
        kept=[_kept(label, href) for package in packages() if package.kept for label, href in package.kept(actor)],
        units=frame.units if frame else [],
        me={"name": actor.name, "initials": initials(actor.name), "href": _address("people.person", actor.person_id)},
        inbox_count=counted(badges.get("inbox", 0)),
        locale=actor.locale,
        direction=i18n.direction(actor.locale),
        theme=actor.theme,
        calendar=actor.calendar,
        locales=i18n.LOCALES,
        organisation=frame.organisation if frame else "",
        live=int(g.came_at * 1000),
        units_stand=frame.units_stand if frame else True,
        today=shown(clock.today(zone), "long", calendar=actor.calendar, locale=actor.locale),  # type: ignore[arg-type]
        time_zone=zone,
    )


def badges_of(actor: Actor) -> dict[str, int]:
    """Key of a line of the frame → how many of what it leads to. Asked by a page, its frame does not ask again."""
    badges: dict[str, int] = {}
    for package in packages():
        if package.badges is not None:
            badges |= package.badges(actor)
    request.environ[BADGES] = badges
    return badges


def _entries() -> Iterable[ShellEntry]:
    return sorted((entry for package in packages() for entry in package.shell), key=lambda entry: entry.order)


def _line(entry: ShellEntry, badges: dict[str, int]) -> NavLine:
    href = _address(entry.endpoint)
    return NavLine(
        key=entry.key,
        label=i18n._(entry.label),
        href=href,
        icon=entry.icon,
        badge=counted(badges.get(entry.key, 0)),
        current=_here(href) or any(_here(_address(one.endpoint)) for one in _entries() if one.section == entry.key),
        section=entry.section,
    )


def _here(href: str) -> bool:
    """Whether the page of this request stands at or below an address."""
    return request.path == href or (href != "/" and request.path.startswith(href + "/"))


def _kept(label: str, href: str) -> NavLine:
    """A line that somebody put into the sidebar themselves."""
    return NavLine(key="", label=label, href=href, icon="bookmark", badge="", current=False, section="kept")


@cache
def _address(endpoint: str, person_id: int | None = None) -> str:
    return url_for(endpoint, person_id=person_id) if person_id is not None else url_for(endpoint)


def counted(number: int) -> str:
    """A badge in the digits of the language: empty for none, 99+ where counting stopped."""
    return "" if number <= 0 else f"{digits(99)}+" if number >= 100 else digits(number)


@lru_cache(maxsize=20_000)
def initials(name: str) -> str:
    """The first letters of the first and the last word of a name, for its picture."""
    words = [word for word in name.split() if word[:1].isalpha()]
    letters = "".join(word[0] for word in (words[:1] + words[1:][-1:]))
    bare = unicodedata.normalize("NFD", letters)  # Greek capitals stand without accents
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).upper()


def stranger() -> dict[str, str]:
    """Language of the plain pages."""
    code = i18n.locale()
    return {"locale": code, "direction": i18n.direction(code)}


class _Lazy:
    """The shell, made when a template first asks: fragments never do."""

    def __getattr__(self, name: str) -> Any:
        if "shell" not in g:
            g.shell = shell()
        return getattr(g.shell, name)

    def __bool__(self) -> bool:
        return actor_or_none() is not None


LAZY = _Lazy()


def context() -> dict[str, Any]:
    """What every template may use."""
    actor = actor_or_none()
    return {
        "shell": LAZY,
        "plain": stranger,
        "actor": actor,
        "csrf_token": csrf_token(actor.session_id or 0) if actor else "",
        "once": secrets.token_hex(8) if actor else "",
        "nonce": nonce,
    }
