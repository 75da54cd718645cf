"""A message as it stands in a list of messages of many conversations: how it begins, whose it is and where it is."""

from dataclasses import dataclass
from datetime import datetime

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import in_language
from collab.files.shown import Line as Attached
from collab.web.shell import initials

from .lines import HUES
from .mentions import in_short
from .queries import Said


@dataclass(frozen=True, slots=True)
class Line:
    """A message in a list of messages of many conversations; `files` are named where it was searched for. `reference`:
    of the item in whose talk it stands. `asks`: its reader is to confirm it, and has not."""

    id: int
    author: str
    initials: str
    hue: int
    at: str
    iso: str
    text: str
    place: str
    icon: str
    reference: str = ""
    files: tuple[Attached, ...] = ()
    asks: bool = False


def hit_line(who: Actor, said: Said, now: datetime, place: tuple[str, str] = ("", ""), icon: str = "") -> Line:
    """`place`: the reference and the name of the conversation it stands in (`list_shown.apart`), where that is told."""
    name = in_language(said.names, said.label)
    return Line(
        said.id, name, initials(name), said.author_id % HUES,
        dates.near_instant(said.created_at, now, who.time_zone, calendar=who.calendar),  # type: ignore[arg-type]
        said.created_at.isoformat(timespec="seconds"),
        in_short(said.text, said.called_names, 280, said.file_names), place[1], icon, place[0],
    )  # fmt: skip
