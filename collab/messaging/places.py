"""In which conversations a search looks: those called as stands after `in:`, a slip of the keyboard forgiven."""

from typing import Final, NamedTuple

from collab.core.actor import Actor
from collab.core.text.fold import fold
from collab.core.text.slipped import slipped_in
from collab.core.text.stem import words

from . import queries
from .named import names_of
from .seeking import Sought

MOST_NEAR: Final = 5


class Places(NamedTuple):
    """Where is looked, None being everywhere; `instead`: how those are called that were taken for the name typed."""

    ids: list[int] | None
    instead: list[str]


def places_of(who: Actor, wanted: Sought, talk: int | None) -> Places:
    """The conversation that is open, or those of the reader whose name holds what stands after `in:`; where none is
    called so, those a slip away. Names of conversations that the reader may not see are never compared."""
    if talk is not None:
        return Places([talk], [])
    if not wanted.place:
        return Places(None, [])
    names = {id_: name for id_, (name, _page) in names_of(who, queries.conversations_of(who)).items()}
    asked = fold(wanted.place).strip()
    found = [id_ for id_, name in names.items() if asked and asked in fold(name)]
    if found:
        return Places(found, [])
    near = _nearest(wanted.place, names)
    return Places(near, [names[id_] for id_ in near])


def _nearest(typed: str, names: dict[int, str]) -> list[int]:
    said = [word.folded for word in words(typed)]
    if not said:
        return []
    counted = [(slipped_in(said, [word.folded for word in words(name)]), id_) for id_, name in names.items()]
    near = [(slipped, id_) for slipped, id_ in counted if slipped is not None]
    least = min(near, default=(0, 0))[0]
    return [id_ for slipped, id_ in near if slipped == least][:MOST_NEAR]
