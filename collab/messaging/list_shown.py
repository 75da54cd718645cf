"""The list of somebody's conversations as a page shows it: by kind, units as they stand in the tree."""

from dataclasses import dataclass, field, replace
from typing import Final

from collab.core.actor import Actor
from collab.core.i18n import N_, _, ngettext
from collab.people.presence_shown import Shown, shown
from collab.people.queries.tree import tree
from collab.web.shell import counted

from . import queries
from .named import Members, names_of
from .queries import Entry
from .queries.conversations import MOST_WORK_UNREAD

HEADINGS: Final = (
    ("unit", N_("Units")),
    ("group", N_("Groups")),
    ("direct", N_("Direct talks")),
    ("announcement", N_("Announcements")),
    ("item", N_("On work")),
)
ICONS: Final = {
    "unit": "building-2", "group": "users", "direct": "user", "announcement": "flag", "item": "message-square",
}  # fmt: skip
MOST_UNITS: Final = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One conversation in the list. `depth` is how far its unit stands below the topmost one shown; `present`: of a
    talk with one other person, whether they are here; `unread_said` is the number as a sentence says it; `drafted`:
    something is written there and not sent, which is seen where the talk is open."""

    href: str
    name: str
    icon: str
    unread: str
    hears: str
    current: bool
    depth: int = 0
    reference: str = ""
    unread_said: str = ""
    present: Shown | None = None
    drafted: bool = False

    @property
    def muted(self) -> bool:
        return self.hears == "muted"


@dataclass(slots=True)
class Listed:
    """The parts of the list; `closed` are those that take nothing more; `next` leads to the next unread one; `more`:
    others on work are unread as well, and come up once these are read.

    `present`: of the open talk with one other person, whether they are here.
    """

    parts: list[tuple[str, list[Line]]] = field(default_factory=list)
    closed: list[Line] = field(default_factory=list)
    next: str = ""
    more: bool = False
    present: Shown | None = None
    refresh: str = "/conversations/list"


def listed(actor: Actor, current: int | None = None, unit: int | None = None) -> Listed:
    """Everything `actor` takes part in; `current` (or `unit`, not begun yet) is the one that is open."""
    entries = queries.conversations_of(actor)
    members = queries.members_of([one.id for one in entries if one.kind == "direct"])
    names = names_of(actor, entries, members)
    here = _present(actor, members)
    found = Listed(present=here.get(current or 0))
    if current:
        found.refresh = f"/conversations/list?at={current}"
    for kind, heading in HEADINGS:
        standing = [one for one in entries if one.kind == kind and one.archived_at is None and one.id in names]
        if kind == "unit":
            lines = _units(actor, standing, names, current, unit)
        else:
            lines = [replace(_line(one, *names[one.id], current), present=here.get(one.id)) for one in standing]
        if lines:
            found.parts.append((_(heading), lines))
    closed = [one for one in entries if one.archived_at is not None and one.last_seq and one.id in names]
    found.closed = [replace(_line(one, *names[one.id], current), unread="") for one in closed]
    waiting = [one for _title, lines in found.parts for one in lines if one.unread and not one.muted]
    found.more = sum(one.waits for one in entries if one.kind == "item") > MOST_WORK_UNREAD
    found.next = next((one.href for one in waiting if not one.current), "")
    return found


def apart(kind: str, name: str) -> tuple[str, str]:
    """The reference in the name of an item's talk and its title, which each run in their own direction."""
    reference, _space, title = name.partition(" ") if kind == "item" else ("", "", "")
    return (reference, title) if title else ("", name)


def _present(actor: Actor, members: Members) -> dict[int, Shown]:
    """Direct talk → whether the other one is here, where there is one other."""
    others = {talk: [one.id for one in listed if one.id != actor.person_id] for talk, listed in members.items()}
    alone = {talk: ids[0] for talk, ids in others.items() if len(ids) == 1}
    found = shown(actor, alone.values())
    return {talk: found[person] for talk, person in alone.items() if person in found}


def _line(one: Entry, name: str, href: str, current: int | None, depth: int = 0) -> Line:
    here = one.id == current
    reference, title = apart(one.kind, name)
    unread = "" if here else counted(one.unread)
    said = ngettext("%(count)s unread message", "%(count)s unread messages", one.unread, count=unread) if unread else ""
    return Line(href, title, ICONS[one.kind], unread, one.hears or "usual", here, depth, reference, said,
                drafted=one.drafted and not here)  # fmt: skip


def _units(
    actor: Actor, begun: list[Entry], names: dict[int, tuple[str, str]], current: int | None, unit: int | None
) -> list[Line]:
    """The units somebody lives in, talked in or not, and those below in which something was said; by the tree."""
    here = tree()
    known = {one.owner_id: one for one in begun if one.owner_id in here.nodes}
    shown = frozenset((actor.units | actor.heads) & here.nodes.keys()) | known.keys() | ({unit} if unit else set())
    lines: list[Line] = []
    depths: dict[int, int] = {}
    for node in here.walk():
        if node.id not in shown:
            continue
        above = [each.id for each in here.above(node.id) if each.id in depths]
        depths[node.id] = depths[above[-1]] + 1 if above else 0
        if node.id in known:
            lines.append(_line(known[node.id], *names[known[node.id].id], current, depths[node.id]))
        else:
            href = f"/conversations/units/{node.code}"
            lines.append(Line(href, node.name(), ICONS["unit"], "", "usual", node.id == unit, depths[node.id]))
    # What is unread falls out last, or the number beside the list would lead nowhere.
    kept = sorted(range(len(lines)), key=lambda at: not (lines[at].unread or lines[at].current))[:MOST_UNITS]
    return [lines[at] for at in sorted(kept)]
