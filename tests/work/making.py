"""Items for tests: any kind, opened by the building block that every kind uses."""

from datetime import date
from typing import Any

from collab.core.actor import Actor
from collab.core.envelope import anyone, open_command, session
from collab.core.text.fold import fold
from collab.people.models import Outsider, Party
from collab.work.forms import ItemFields
from collab.work.models import Participant
from collab.work.opening import Opening, open_item
from collab.work.taking_part import join


@open_command(anyone)
def make(actor: Actor, unit: int, holder: int | None = None, title: str = "Fallen branches", **fields: Any) -> int:
    """A new item; returns its id. `fields` are those of ItemFields, and `kind`."""
    kind = fields.pop("kind", "task")
    return open_item(actor, ItemFields(title=title, **fields), Opening(kind, unit, holder)).id


@open_command(anyone)
def take_part(_actor: Actor, item: int, party: int, role: str, at: Any, until: Any = None) -> None:
    """Let a party take part, or have taken part, as `role`."""
    join(item, party, role, at)
    row = session().get_one(Participant, (party, item, role))
    row.until = until


@open_command(anyone)
def outsider(_actor: Actor, name: str) -> int:
    """Somebody outside."""
    party = Party(kind="outsider", label=name, sort_key=fold(name), folded=fold(name))
    session().add(party)
    session().flush()
    session().add(Outsider(id=party.id))
    return party.id


def day(number: int) -> date:
    """A day of November 2026: Monday is the 23rd."""
    return date(2026, 11, number)
