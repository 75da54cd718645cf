"""What fields say that choose several parties by typing."""

import re
from typing import Any, Final

from collab.core.forms import typed_id
from collab.people.queries.parties import party_called
from collab.web.actors import actor
from collab.work.queries.parties import Names

Typed = dict[str, Any]
MOST_TYPED: Final = 400


def several(typed: Typed, name: str) -> list[str]:
    """The ids that were chosen, each once."""
    value = typed.get(name)
    boxes = [value] if isinstance(value, str) else list(value or [])
    return list(dict.fromkeys(one for one in boxes if str(one).strip()))


def with_typed(typed: Typed, name: str, kinds: tuple[str, ...]) -> list[str]:
    """Those chosen, and whoever was only typed, with commas between. Raises Invalid at the field."""
    more = re.split("[,،;]", str(typed.get(f"{name}_more", ""))[:MOST_TYPED])
    called = [str(party_called(actor(), one, name, kinds)) for one in more if one.strip()]
    return list(dict.fromkeys([*several(typed, name), *called]))


def one_named(typed: Typed, name: str) -> Typed:
    """With whoever was typed by name where nobody was chosen. Raises Invalid at the field."""
    called = str(typed.get(f"{name}_name", "")).strip()
    if not called or str(typed.get(name) or "").strip():
        return typed
    return typed | {name: str(party_called(actor(), called, name, ("person",)))}


def chips(typed: Typed, name: str, names: Names) -> list[tuple[str, str]]:
    """Id and name of each that was chosen."""
    found = [id_ for one in several(typed, name) if (id_ := typed_id(one)) is not None]
    return [(str(id_), names.one(id_).name) for id_ in found]
