"""Files as a page shows them: lines ready for the template, words and sizes made once."""

from dataclasses import dataclass, field
from datetime import datetime

from collab.core import dates
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import N_, _

from .queries import File, files_on
from .receiving import accepts

UNITS = (N_("%(number)s bytes"), N_("%(number)s kB"), N_("%(number)s MB"), N_("%(number)s GB"))
STEP = 1000
WIDEST, HIGHEST = 320, 256
"""Pixels of a picture in a talk, at most."""
ICONS = (("image/", "image"), ("application/pdf", "file-text"), ("text/", "file-text"), ("audio/", "music"),
         ("video/", "film"), ("application/zip", "file-archive"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One file on a page. `look` is the address of its first picture, empty when there is none; `wide` and `high` the
    room in pixels that it takes where a picture is shown as one, 0 for what is none; `note`: what else its owner says
    of it."""

    id: int
    name: str
    icon: str
    size: str
    giver: str
    at: str
    iso: str
    version: str
    versions: str
    pages: str
    look: str
    may_remove: bool
    note: str = ""
    wide: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Files:
    """The files on a thing. `action` is where more are sent to, `archive` where all are had at once.

    `counted` is their number in the digits of the language, empty where there are none.
    """

    lines: list[Line]
    counted: str
    action: str
    live: str
    home: str
    may_add: bool
    most: int
    most_words: str
    archive: str = ""
    reasons: list[str] = field(default_factory=list)


def files_shown(
    actor: Actor,
    owner_kind: str,
    owner_id: int,
    action: str,
    *,
    may_add: bool,
    reasons: list[str] | None = None,
    none: bool = False,
) -> Files:
    """The files on a thing the actor has found, for its page. One query; none where there are known to be `none`."""
    found = [] if none else files_on(actor, owner_kind, [owner_id]).get(owner_id, [])
    return Files(
        lines=[line(actor, each) for each in found],
        counted=digits(len(found)) if found else "",
        action=action,
        live=f"{owner_kind}:{owner_id}",
        home=action.removesuffix("/files"),
        may_add=may_add,
        archive=f"{action}/archive" if len(found) > 1 else "",
        reasons=reasons or [],
        **accepts(),
    )


def line(actor: Actor, file: File) -> Line:
    """One file, ready to be shown."""
    wide, high = _room(file)
    return Line(
        id=file.id,
        name=file.name,
        icon=icon_of(file.media_type),
        size=size_words(file.size),
        giver=file.giver,
        at=_at(actor, file.added_at),
        iso=file.added_at.isoformat(timespec="seconds"),
        version=digits(file.version),
        versions=digits(file.versions) if file.versions > 1 else "",
        pages=digits(file.previews) if file.previews > 1 else "",
        look=f"/files/{file.id}/previews/1" if file.previews else "",
        may_remove=file.may_remove,
        wide=wide,
        high=high,
    )


def _room(file: File) -> tuple[int, int]:
    """A picture as large as it may stand in a talk, never larger than it is; nothing for a file that is none."""
    if not (file.wide and file.high and file.media_type.startswith("image/")):
        return 0, 0
    by = min(WIDEST / file.wide, HIGHEST / file.high, 1)
    return max(1, round(file.wide * by)), max(1, round(file.high * by))


def icon_of(media_type: str) -> str:
    return next((icon for start, icon in ICONS if media_type.startswith(start)), "paperclip")


def size_words(size: int) -> str:
    """A size as people read it: 340 bytes, 12 kB, 3.4 MB."""
    number, unit = float(size), 0
    while number >= STEP and unit < len(UNITS) - 1:
        number, unit = number / STEP, unit + 1
    text = f"{number:.1f}" if unit > 1 and number < 10 else f"{number:.0f}"
    return _(UNITS[unit], number=digits(text))


def _at(actor: Actor, at: datetime) -> str:
    return dates.shown(dates.local_day(at, actor.time_zone), calendar=actor.calendar)  # type: ignore[arg-type]
