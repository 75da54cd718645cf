"""What may come next in a query: words of the language, then names that only the database knows."""

from typing import Any

from collab.core.actor import Actor
from collab.people.queries.parties import offer_parties

from .filters.asking import STAFF, speaker_of
from .filters.complete import MOST, Wanted, complete
from .filters.parse import is_plain
from .queries.labels import labels_like


def completions(actor: Actor, text: str) -> list[dict[str, Any]]:
    """`text` to write, a `note` that says what it is, and where in what was typed it begins; the best first."""
    found, wanted = complete(text, speaker_of(actor))
    items = [{"text": each.text, "note": each.note, "begin": each.begin, "done": each.done} for each in found]
    return (items + (_names(actor, wanted) if wanted else []))[:MOST]


def _names(actor: Actor, wanted: Wanted) -> list[dict[str, Any]]:
    if wanted.field.code == "label":
        named = [(name, "") for name in labels_like(actor, wanted.typed, MOST)]
    else:
        kinds = ("unit",) if wanted.field.takes == "unit" else STAFF
        choices = offer_parties(actor, wanted.typed.strip('"'), kinds, MOST)
        named = [(each.hint if each.kind == "unit" else each.name, each.name if each.kind == "unit" else each.hint)
                 for each in choices]  # fmt: skip
    return [
        {"text": name if is_plain(name) else f'"{name}"', "note": note, "begin": wanted.begin, "done": True}
        for name, note in named
    ]
