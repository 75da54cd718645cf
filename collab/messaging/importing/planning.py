"""What bringing an export in comes to, compared with what is here: who is who, which conversations are new.

People are known by mail address, else as they were known the last time, else outsiders: whoever is not on the staff but
wrote there. Of a direct talk among people who are all known here it stays one, unless they talk here already.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collab.core.i18n import N_, _
from collab.people.importing.report import Fault, Outcome
from collab.people.models import Outsider, Party, Person

from ..models import Conversation, Message
from ..origin import ChatOrigin
from .shapes import Chat, Room, Spoken, Writer

MARK: Final = "import:"
MOST_DIRECT: Final = 9
AT_ONCE: Final = 5_000
NOBODY: Final = N_("Nobody who takes part in this conversation is known here. Say who is to keep it with --as.")


@dataclass(slots=True)
class RoomPlan:
    """A conversation to be brought in. `here` is its id when it is known, `known` its messages by nonce: the id of each
    and of the message under which it hangs."""

    room: Room
    title: str
    direct: bool
    members: list[int]
    here: int | None
    new: list[Spoken]
    known: dict[str, tuple[int, int]]


@dataclass(slots=True)
class ChatPlan:
    """`parties` says who each writer is here; those in `outsiders` are yet to be written down.

    `names` are those of the people among them, `there` what everybody was called in the other system.
    """

    outcome: Outcome
    parties: dict[str, int]
    names: dict[int, str]
    there: dict[str, str]
    outsiders: list[Writer]
    rooms: list[RoomPlan] = field(default_factory=list)


def plan_chat(session: Session, chat: Chat, keeper: int | None) -> ChatPlan:
    """Compare the export with what is here. `keeper` takes part in what nobody known takes part in."""
    parties, names = _who(session, chat)
    people = names.keys()
    here = _origins(session, chat.source, "conversation")
    rooms, faults = [], list(chat.faults)
    created = unchanged = 0
    for key, room in chat.rooms.items():
        said = chat.said.get(key, {})
        if not said:
            continue
        talk = here.get(key)
        known = _known(session, talk) if talk is not None else {}
        new = [one for one in said.values() if nonce_of(chat.source, key, one.key) not in known]
        members = _members(room, said.values(), parties, people)
        if not members and keeper is not None:
            members = [keeper]
        if talk is None and not members and not room.open:
            faults.append(_fault(room))
            continue
        created, unchanged = created + len(new), unchanged + len(said) - len(new)
        if new:
            new.sort(key=lambda one: one.at)  # of one instant they stay in the order of the file
            direct = talk is None and room.direct and _is_direct(session, room, parties, people, members)
            rooms.append(RoomPlan(room, _title(chat, room), direct, members, talk, new, known))
    outsiders = [writer for key, writer in chat.writers.items() if key not in parties]
    needed = {one.author for plan in rooms for one in plan.new}
    outsiders = [writer for writer in outsiders if writer.key in needed]
    rooms.sort(key=lambda plan: plan.new[0].at)
    there = {key: writer.name for key, writer in chat.writers.items()}
    return ChatPlan(Outcome(created, 0, unchanged, tuple(faults)), parties, names, there, outsiders, rooms)


def nonce_of(source: str, room: str, key: str) -> str:
    """Under which nonce a message of another system stands here."""
    return MARK + sha256(f"{source}\0{room}\0{key}".encode()).hexdigest()[:40]


def _fault(room: Room) -> Fault:
    return Fault(room.place[1], room.place[0], _(NOBODY))


def _who(session: Session, chat: Chat) -> tuple[dict[str, int], dict[int, str]]:
    """Key of a writer → party; and of those parties that have an account, what they are called."""
    found = _origins(session, chat.source, "author")
    mails = {writer.email: None for writer in chat.writers.values() if writer.email}
    outside: dict[str | None, int] = {}
    persons: dict[str | None, int] = {}
    names: dict[int, str] = {}
    people = select(Person.email, Person.id, Party.label).join(Party, Party.id == Person.id)
    for some in _some(mails, AT_ONCE):
        outsiders = select(Outsider.email, Outsider.id).where(Outsider.email.in_(some), Outsider.private_to.is_(None))
        outside |= {row.email: row.id for row in session.execute(outsiders.order_by(Outsider.id.desc()))}
        for email, id_, label in session.execute(people.where(Person.email.in_(some))):
            persons[email], names[id_] = id_, label
    for key, writer in chat.writers.items():
        if writer.email in persons:
            found[key] = persons[writer.email]
        elif key not in found and writer.email in outside:
            found[key] = outside[writer.email]
    for some in _some(set(found.values()) - names.keys(), AT_ONCE):
        names |= {id_: label for _email, id_, label in session.execute(people.where(Person.id.in_(some)))}
    return found, names


def _origins(session: Session, source: str, kind: str) -> dict[str, int]:
    column = ChatOrigin.party_id if kind == "author" else ChatOrigin.conversation_id
    rows = session.execute(
        select(ChatOrigin.external, column).where(ChatOrigin.source == source, ChatOrigin.kind == kind)
    )
    return {external: id_ for external, id_ in rows if id_ is not None}


def _known(session: Session, talk: int) -> dict[str, tuple[int, int]]:
    rows = session.execute(
        select(Message.nonce, Message.id, func.coalesce(Message.root_id, Message.id)).where(
            Message.conversation_id == talk, Message.nonce.startswith(MARK)
        )
    )
    return {nonce: (id_, root) for nonce, id_, root in rows}


def _members(room: Room, said: Iterable[Spoken], parties: dict[str, int], people: Container[int]) -> list[int]:
    """Those listed; where nobody is listed, those who wrote. Only people with an account."""
    keys = room.members or tuple(one.author for one in said)
    return [id_ for id_ in dict.fromkeys(parties.get(key, 0) for key in keys) if id_ in people]


def _is_direct(
    session: Session, room: Room, parties: dict[str, int], people: Container[int], members: Sequence[int]
) -> bool:
    if any(parties.get(key) not in people for key in room.members) or not 1 <= len(members) <= MOST_DIRECT:
        return False
    taken = select(Conversation.id).where(Conversation.direct_key == direct_key(members))
    return session.scalar(taken) is None


def direct_key(members: Sequence[int]) -> str:
    return "-".join(map(str, sorted(members)))


def _title(chat: Chat, room: Room) -> str:
    names = [chat.writers[key].name for key in room.members if key in chat.writers]
    return (room.title or ", ".join(names))[:200] or room.key[:200]


def _some(values: Iterable[Any], number: int) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, number)):
        yield some
