"""From one department to another"""

from collab.core.facts import Fact, fact, party, prose
from collab.core.i18n import N_


@fact("handover-offered", of="work-item", says=N_("%(actor)s offered it to %(to)s: %(note)s"))
class HandoverOffered(Fact):
    handover: int
    to: int | None = party()
    to_unit: int | None = party()
    from_unit: int | None = party()
    note: str = prose()


@fact("handover-accepted", of="work-item", says=N_("%(actor)s accepted it; %(holder)s has it now"))
class HandoverAccepted(Fact):
    handover: int
    holder: int | None = party()
    to_unit: int | None = party()
    from_unit: int | None = party()
    offered_by: int | None = party()


@fact("handover-returned", of="work-item", says=N_("%(actor)s returned it: %(reason)s"))
class HandoverReturned(Fact):
    handover: int
    to_unit: int | None = party()
    from_unit: int | None = party()
    offered_by: int | None = party()
    reason: str = prose()


@fact("handover-withdrawn", of="work-item", says=N_("%(actor)s took the offer back"))
class HandoverWithdrawn(Fact):
    handover: int
    to_unit: int | None = party()


@fact(
    "handover-disputed", of="work-item", says=N_("Returned for the third time: %(superior)s decides where it belongs")
)
class HandoverDisputed(Fact):
    superior: int | None = party()


@fact("dispute-settled", of="work-item", says=N_("Where it belongs is decided; %(superior)s is asked no more"))
class DisputeSettled(Fact):
    wait: int
    superior: int | None = party()
