"""Links between items in the past tense. What the other item is, is said only where it may be seen."""

from collab.core.facts import Fact, code, fact, item
from collab.core.i18n import N_

RELATIONS = {
    "relates": N_("related"),
    "blocks": N_("blocks"),
    "blocked-by": N_("blocked by"),
    "duplicates": N_("same as"),
}


@fact("item-linked", of="work-item", says=N_("%(actor)s linked it with another item: %(relation)s"))
class ItemLinked(Fact):
    relation: str = code(labels=RELATIONS)
    other: int = item()


@fact("item-unlinked", of="work-item", says=N_("%(actor)s took a link to another item away"))
class ItemUnlinked(Fact):
    other: int = item()
