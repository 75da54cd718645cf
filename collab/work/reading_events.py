"""Facts of being asked to read something and of having read it."""

from collab.core.facts import Fact, day, fact, party, prose
from collab.core.i18n import N_


@fact(
    "acknowledgement-asked",
    of="work-item",
    says=N_("%(actor)s asked for a confirmation of reading (people and posts asked: %(number)s)"),
)
class AcknowledgementAsked(Fact):
    """`asked`: the people and posts of whom it is expected."""

    asked: list[int]
    number: int
    what: str = prose()
    until: str | None = day()


@fact("item-acknowledged", of="work-item", says=N_("%(actor)s confirmed having read it"))
class ItemAcknowledged(Fact):
    wait: int
    asker: int | None = party()


@fact("all-acknowledged", of="work-item", says=N_("Everybody whom %(asker)s asked has confirmed having read it"))
class AllAcknowledged(Fact):
    asker: int | None = party()
