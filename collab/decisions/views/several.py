"""What fields say that choose several parties by typing."""

import re
from typing import Any, Final

from collab.core.errors import Invalid
from collab.core.forms import typed_id, wrong
from collab.people.queries.parties import party_called
from collab.web.actors import actor
from collab.work.queries.parties import Names

Typed = dict[str, Any]
MOST_TYPED: Final = 400
_NAMED: Final = {"people": ("person", "post", "unit"), "without": ("person",)}
"""Field of a draft → who may be typed in it by name."""


def several(typed: Typed, name: str) -> list[str]:
    """The ids that were chosen, each once."""
    value = typed.get(name)
    boxes = [value] if isinstance(value, str) else list(value or [])
    return list(dict.fromkeys(one for one in boxes if str(one).strip()))


def with_typed(typed: Typed, name: str, kinds: tuple[str, ...]) -> list[str]:
    """Those chosen, and whoever was only typed, with commas between. Raises Invalid at the field, which names all of
    whom it is not known who is meant."""
    more = re.split("[,،;]", str(typed.get(f"{name}_more", ""))[:MOST_TYPED])
    called, faults = [], []
    for one in filter(str.strip, more):
        try:
            called.append(str(party_called(actor(), one, name, kinds)))
        except Invalid as problem:
            faults += problem.fields[name]
    if faults:
        raise wrong(name, " ".join(dict.fromkeys(faults)))
    return list(dict.fromkeys([*several(typed, name), *called]))


def one_named(typed: Typed, name: str) -> Typed:
    """With whoever was typed by name where nobody was chosen. Raises Invalid at the field."""
    called = str(typed.get(f"{name}_name", "")).strip()
    if not called or str(typed.get(name) or "").strip():
        return typed
    return typed | {name: str(party_called(actor(), called, name, ("person",)))}


def named_in(typed: Typed) -> tuple[Typed, dict[str, list[str]]]:
    """What was typed in a draft, with whoever was typed by name and not chosen; and at which fields it is not known
    who is meant."""
    said, faults = dict(typed), dict[str, list[str]]()
    # The form has no field of the chair otherwise: a name left in it is nobody's.
    if typed.get("ties") == "chair" or typed.get("preset") == "consent":
        try:
            said = one_named(said, "chair")
        except Invalid as problem:
            faults |= problem.fields
    for name, kinds in _NAMED.items():
        try:
            said[name] = with_typed(typed, name, kinds)
        except Invalid as problem:
            faults |= problem.fields
    return said, faults


def chips(typed: Typed, name: str, names: Names) -> list[tuple[str, str]]:
    """Id and name of each that was chosen."""
    found = [id_ for one in several(typed, name) if (id_ := typed_id(one)) is not None]
    return [(str(id_), names.one(id_).name) for id_ in found]
