"""Before an item is kept to named people: who goes on seeing it."""

from typing import Any, Final

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import N_, _, listed, ngettext

from ..policy import heads
from ..queries.shapes import Item

STAY: Final = N_("Kept to named people, these go on seeing it: %(names)s. Whoever only follows it does not.")
MOST: Final = 8


def who_stays(actor: Actor, item: Item) -> str:
    """In a sentence; empty for what is kept to named people already, and for whoever may not narrow it."""
    it: Any = item  # carries the columns the rule looks at
    if item.reach == "named" or not (it.created_by == actor.person_id or heads(actor, it)):
        return ""
    stay = {actor.person_id: ""} | {
        part.party.id: part.party.name
        for part in item.participants
        if part.until is None and part.role != "watcher" and part.party.kind == "person"
    }
    names = [f"\u2068{name}\u2069" for name in [_(N_("you")), *(stay[id_] for id_ in stay if id_ != actor.person_id)]]
    more = len(names) - MOST
    if more > 0:
        names = [*names[:MOST], ngettext("%(count)s more", "%(count)s more", more, count=digits(more))]
    return _(STAY, names=listed(names))
