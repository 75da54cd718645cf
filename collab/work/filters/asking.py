"""Who asks, and when: what a tree means depends on both. Names are looked up once for the whole tree."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from collab.core.actor import Actor
from collab.core.dates import instant_of
from collab.core.i18n import N_, _, listed
from collab.people.queries.today import today
from collab.people.queries.tree import tree as units

from ..queries.asked import Called, called, seen
from .errors import BadQuery
from .fields import FIELDS
from .tree import Leaf, Node, leaves
from .values import Speaker

KNOWN_WORDS = frozenset({"me", "mine", "nobody", "none", "any"})
STAFF = ("person", "unit", "post")
NOBODY_CALLED = N_("Nobody is called “%(name)s”.")
NO_UNIT = N_("No unit is called “%(name)s”.")
SEVERAL = N_("Several are called so: %(names)s. Write more of the name.")


@dataclass(frozen=True)
class Asking:
    """`parties`: whom a typed name stands for; `references`: ids of the items named, as far as they are seen."""

    actor: Actor
    today: date
    zone: str
    parties: dict[str, Called] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)

    def instant(self, day: date) -> datetime:
        """When that day begins in the organisation."""
        return instant_of(day, time(0), self.zone)

    def day(self, instant: datetime) -> date:
        """The organisation's day of an instant."""
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def party(self, leaf: Leaf) -> list[int]:
        """The ids that a leaf's party stands for. Raises BadQuery for nobody or several."""
        if leaf.value == "me":
            return sorted(self.actor.parties - self.actor.reach)
        if leaf.value == "mine":
            return sorted(self.actor.reach)
        found = self.parties.get(leaf.value)
        if found is None:
            raise BadQuery(_(NOBODY_CALLED, name=leaf.value), leaf.at)
        if len(found.names) > 1:
            raise BadQuery(_(SEVERAL, names=listed(found.names)), leaf.at)
        return [found.id]

    def units(self, leaf: Leaf) -> list[int]:
        """A unit with all below it. Raises BadQuery when there is no such unit."""
        if leaf.value == "mine":
            return sorted(self.actor.reach)
        today_tree = units()
        found = self.parties.get(leaf.value)
        if found is None:
            raise BadQuery(_(NO_UNIT, name=leaf.value), leaf.at)
        if len(found.names) > 1:
            raise BadQuery(_(SEVERAL, names=listed(found.names)), leaf.at)
        if found.id not in today_tree.nodes:
            return [found.id]
        return sorted(node.id for node in today_tree.walk([found.id]))


def speaker_of(actor: Actor) -> Speaker:
    """The language and calendar in which this actor writes."""
    return Speaker(actor.locale, actor.calendar, today())  # type: ignore[arg-type]


def asking(actor: Actor, tree: Node) -> Asking:
    """Everything a tree needs to be understood; a query when it names anybody, one when it names items, else none."""
    above = {leaf.value for leaf in leaves(tree) if leaf.field == "parent" and leaf.value not in KNOWN_WORDS}
    return Asking(actor, today(), units().time_zone, called(actor, _names(tree)), seen(actor, above))


def _names(tree: Node) -> dict[str, Sequence[str]]:
    """Typed name → the kinds of party that it may stand for."""
    found: dict[str, Sequence[str]] = {}
    for leaf in leaves(tree):
        takes = FIELDS[leaf.field].takes
        if takes in ("party", "unit") and leaf.value not in KNOWN_WORDS:
            kinds = ("unit",) if takes == "unit" else STAFF
            found[leaf.value] = tuple(dict.fromkeys((*found.get(leaf.value, ()), *kinds)))
    return found
