"""What an open page may send up: "seen up to here" and "typing". Both are nothing but hints and may be lost."""

from typing import Any

from collab.core import broker, realtime
from collab.core.actor import Actor
from collab.core.errors import Forbidden, NotFound
from collab.core.forms import Form, PartyId, Short, parse

from . import commands
from .forms import ReadUpTo, Seq
from .owners import Owner, rooms
from .queries.called import named_in_languages
from .queries.talks import may_write
from .reading_told import tell_place

TYPING_EVERY_MS = 2_000


class SeenUpTo(Form):
    conversation: PartyId
    seq: Seq


class Typing(Form):
    """In the talk of which owner somebody is writing just now."""

    kind: Short
    id: PartyId


def seen(actor: Actor, data: Any) -> dict[str, Any]:
    """Somebody has the newest messages before their eyes. Answered with the number that stands then, which is never
    beyond the newest message."""
    form = parse(SeenUpTo, _object(data), typed=True)
    seq = commands.read(actor, form.conversation, ReadUpTo(seq=form.seq))
    return {"seq": tell_place(actor, form.conversation, seq)}


def typing(actor: Actor, data: Any) -> None:
    """Somebody is writing: told at most every two seconds, to those who may read what will be said."""
    form = parse(Typing, _object(data), typed=True)
    if not actor.may_scope("write"):
        raise Forbidden
    key = f"collab:typing:{actor.person_id}"
    if not broker.ask("set", key, "1", nx=True, px=TYPING_EVERY_MS):
        return
    owner = Owner(form.kind, form.id)
    if not may_write(actor, owner):
        raise NotFound
    # One frame serves readers of every language, so whoever writes comes with the names they have.
    name, names = named_in_languages(actor.person_id)
    said = {"kind": owner.kind, "id": owner.id, "person": actor.person_id, "name": name, "names": names}
    realtime.emit("typing", said, rooms(owner))


def _object(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}
