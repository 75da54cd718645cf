"""A quick line for a certain writer: names looked up, and everything said back before anything is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import instant_of, local_day, shown, shown_instant
from collab.core.db import db
from collab.core.i18n import N_, _, in_language
from collab.core.text.fold import fold
from collab.people.models import Membership, Party, Person, Post, Unit
from collab.people.policy import may_administer
from collab.people.queries.parties import Choice, find_parties, offer_parties
from collab.people.queries.today import today
from collab.people.standing import valid_on
from collab.work.effort import short
from collab.work.lines import PRIORITIES
from collab.work.models import WorkItem
from collab.work.policy import among, visible_to

from ..policy import gives_at_once
from ..quick import Piece, Repeat, Today, Understood, read
from ..recurring_forms import NEVER, RecurrenceForm, repeated
from ..recurring_words import sentence
from .choices import units_for

ICONS = {
    "due": "calendar", "priority": "flag", "holder": "user", "label": "tag", "unit": "building-2", "parent": "network",
    "time": "alarm-clock", "effort": "clock", "repeat": "repeat",
}  # fmt: skip
ME = frozenset(map(fold, ("me", "εγώ", "εμένα", "من", "خودم")))
NOBODY = N_("Nobody who could have it is called “%(name)s”.")
SEVERAL = N_("Which “%(name)s”?")
NOT_YOUR_UNIT = N_("%(code)s is none of your units; name it with @ to give it to them.")
NO_PARENT = N_("There is no %(reference)s that you may see.")
REMINDED = N_("you are reminded %(when)s")
NO_UNIT = N_("A task stands in a unit, and you belong to none yet: an administrator puts you into one.")
NO_UNIT_OWN = N_(
    "A task stands in a unit, and you belong to none yet: put yourself into one on your page of Administration."
)
NOTHING_TO_DO = N_("Say what is to be done.")
TOO_LONG = N_("What is to be done is said in at most 200 characters; the rest goes into the description.")
FIRST = N_("first on %(day)s")
MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """One of several whom a name may mean. `written` replaces the piece in the line."""

    name: str
    hint: str
    written: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A piece as it is said back. `problem` says why it cannot be kept as it is."""

    kind: str
    icon: str
    text: str
    start: int
    end: int
    problem: str = ""
    choices: tuple[Meant, ...] = ()


@dataclass(slots=True)
class Draft:
    """What a line would make. `fields` are those of NewTask; `problem` the first reason why it cannot be made;
    `unplaced` that there is no unit in which it could stand."""

    understood: Understood
    fields: dict[str, Any]
    chips: list[Chip] = field(default_factory=list)
    holder: str = ""
    unit: str = ""
    reminder: tuple[date, time] | None = None
    repeat: RecurrenceForm | None = None
    offered: bool = False
    unplaced: str = ""

    @property
    def problem(self) -> str:
        title = self.understood.title
        if not title:
            return _(NOTHING_TO_DO)
        if len(title) > 200:
            return _(TOO_LONG)
        return self.unplaced or next((chip.problem for chip in self.chips if chip.problem), "")


def draft_of(actor: Actor, line: str) -> Draft:
    """Read a line for this writer. At most six queries, whatever it says."""
    said = read(line, Today(today(), actor.calendar))  # type: ignore[arg-type]
    due = said.due or (said.repeat.first(today()) if said.repeat else None)
    units = units_for(actor)
    made = Draft(
        said,
        {
            "title": said.title[:200],
            "unit": units[0].id if units else None,
            "holder": actor.person_id,
            "due_on": due,
            "priority": said.value("priority") or 0,
            "labels": list(said.labels)[:20],
            "parent": None,
            "effort_minutes": said.value("effort"),
        },
        holder=actor.name,
        unit=units[0].name if units else "",
        repeat=repeated(said.repeat) if said.repeat else None,
        unplaced="" if units else _(NO_UNIT_OWN if may_administer(actor) else NO_UNIT),
    )
    labels = list(said.labels)
    for piece in said.pieces:
        if piece.kind == "label" and piece.value not in labels:
            continue  # it was said already
        if piece.kind == "label":
            labels.remove(piece.value)
        made.chips.append(_chip(actor, piece, made))
    if made.fields["unit"] is not None:  # one that the line names, where somebody stands in for a member of it
        made.unplaced = ""
    made.offered = _is_offered(actor, made.fields["holder"], made.fields["unit"])
    return made


def _is_offered(actor: Actor, holder: int, unit: int | None) -> bool:
    """Whether it is offered to the holder and stays with the writer until they accept; no question for oneself."""
    if holder == unit or actor.acts_for(holder):
        return False
    member = valid_on(Membership, today()) & (Membership.person_id == holder)
    nearest = (Membership.unit_id == unit).desc(), Membership.main.desc(), Membership.id
    of_person = select(Membership.unit_id).where(member).order_by(*nearest).limit(1).scalar_subquery()
    of_post = select(Post.unit_id).where(Post.id == holder).scalar_subquery()
    desk = db.session.scalar(select(func.coalesce(of_person, of_post, holder)))
    return not gives_at_once(actor, holder, int(desk or holder))


def _chip(actor: Actor, piece: Piece, made: Draft) -> Chip:
    text, problem = str(piece.value), ""
    choices: tuple[Meant, ...] = ()
    if piece.kind == "due":
        text = shown(piece.value, "weekday", calendar=actor.calendar)  # type: ignore[arg-type]
    elif piece.kind == "repeat":
        text, problem = _repeat(actor, piece.value, made)
    elif piece.kind == "time":
        text = _(REMINDED, when=_reminded(actor, made))
    elif piece.kind == "priority":
        text = _(PRIORITIES[piece.value])
    elif piece.kind == "effort":
        text = short(piece.value, actor.locale)
    elif piece.kind == "unit":
        text, problem = _unit(actor, text, made)
    elif piece.kind == "parent":
        text, problem = _parent(actor, text, made)
    elif piece.kind == "holder":
        text, problem, choices = _holder(actor, text, made)
    return Chip(piece.kind, ICONS[piece.kind], text, piece.start, piece.end, problem, choices)


def _repeat(actor: Actor, said: Repeat, made: Draft) -> tuple[str, str]:
    """When it comes again, and where the line names no day of its own, on which it comes first."""
    text = sentence(actor, said.rule, said.mode, "no", said.times)
    due = made.fields["due_on"]
    if due is None:
        return text, _(NEVER)
    if made.understood.due is not None:
        return text, ""
    day = shown(due, "weekday", calendar=actor.calendar)  # type: ignore[arg-type]
    return f"{text} · {_(FIRST, day=day)}", ""


def _reminded(actor: Actor, made: Draft) -> str:
    """When, on the writer's own clock. Without a day it is the next such time."""
    wall, zone = made.understood.value("time"), actor.time_zone
    due = made.fields["due_on"]
    day = due or local_day(clock.now(), zone)
    at = instant_of(day, wall, zone)
    if due is None and at <= clock.now():
        day += timedelta(days=1)
        at = instant_of(day, wall, zone)
    made.reminder = (day, wall)
    return shown_instant(at, zone, "weekday", calendar=actor.calendar)  # type: ignore[arg-type]


def _unit(actor: Actor, code: str, made: Draft) -> tuple[str, str]:
    row = db.session.execute(
        select(Unit.id, Party.label, Party.names)
        .join(Party, Party.id == Unit.id)
        .where(func.upper(Unit.code) == code, Unit.id == among(actor.reach))
    ).first()
    if row is None:
        return code, _(NOT_YOUR_UNIT, code=code)
    made.fields["unit"], made.unit = row.id, in_language(row.names, row.label)
    return made.unit, ""


def _parent(actor: Actor, reference: str, made: Draft) -> tuple[str, str]:
    row = db.session.execute(
        select(WorkItem.id, WorkItem.title).where(WorkItem.reference == reference, visible_to(actor))
    ).first()
    if row is None:
        return reference, _(NO_PARENT, reference=reference)
    made.fields["parent"] = row.id
    return f"{reference} {row.title}", ""


def _holder(actor: Actor, name: str, made: Draft) -> tuple[str, str, tuple[Meant, ...]]:
    if fold(name) in ME:
        return actor.name, "", ()
    found = _called(actor, name)
    if len(found) == 1:
        made.fields["holder"], made.holder = found[0].id, found[0].name
        return found[0].name, "", ()
    if not found:
        near = offer_parties(actor, name, ("person", "unit", "post"), MOST_CHOICES)
        return name, _(NOBODY, name=name), tuple(_meant(one, near) for one in near)
    return name, _(SEVERAL, name=name), tuple(_meant(one, found) for one in found[:MOST_CHOICES])


def _called(actor: Actor, name: str) -> Sequence[Choice]:
    """Who may be meant: by number, address or unit code exactly, by whole name, else by the beginning of words."""
    exact = _exactly(name)
    if exact is not None:
        return [exact]
    found = find_parties(actor, name, ("person", "unit", "post"), MOST_CHOICES + 1)
    whole = [one for one in found if fold(one.name) == fold(name)]
    return whole if len(whole) == 1 else found


def _exactly(name: str) -> Choice | None:
    who = select(Party.id, Party.kind, Party.label, Party.names).outerjoin(Person, Person.id == Party.id)
    if name.isascii() and name.isdigit() and len(name) < 16:
        query = who.where(Party.id == int(name), Party.kind.in_(("person", "unit", "post")))
    elif "@" in name:
        query = who.where(Person.email == name.lower(), Person.active)
    else:
        query = who.join(Unit, Unit.id == Party.id).where(func.upper(Unit.code) == name.upper())
    row = db.session.execute(query).first()
    return Choice(row.id, row.kind, in_language(row.names, row.label), "", False) if row else None


def _meant(one: Choice, found: Sequence[Choice]) -> Meant:
    """A name that several bear, or that reads like something else, is written as a number."""
    alone = sum(fold(other.name) == fold(one.name) for other in found) == 1
    plain = alone and len(one.name) < 60 and not any(sign in one.name for sign in '"_,;.:،؛')
    return Meant(one.name, one.hint, "@" + (one.name.replace(" ", "_") if plain else str(one.id)))
