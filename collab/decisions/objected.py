"""Whether somebody's objection stands, for the verbs that would contradict it."""

from sqlalchemy import select

from collab.core.envelope import session
from collab.core.i18n import N_, _

from .advice_models import Objection
from .refusals import NotNow

FIRST = N_("Your objection stands. Take it back first.")


def refuse_while_objecting(item_id: int, person_id: int) -> None:
    """Raises Conflict while an objection of this person stands."""
    query = select(Objection.id).where(
        Objection.item_id == item_id, Objection.by_id == person_id, Objection.state == "open"
    )
    if session().scalar(query.limit(1)) is not None:
        raise NotNow(_(FIRST))
