"""What joined a talk and its work, in the past tense."""

from collab.core.facts import Fact, fact
from collab.core.i18n import N_


@fact("item-made-of-message", of="work-item", says=N_("%(actor)s made it of what was said in a conversation"))
class ItemMadeOfMessage(Fact):
    message: int
    owner_kind: str | None = None
    owner: int | None = None


@fact("point-made-of-message", of="work-item", says=N_("%(actor)s made a point of what was said in a conversation"))
class PointMadeOfMessage(Fact):
    message: int
    point: int
    owner_kind: str | None = None
    owner: int | None = None
