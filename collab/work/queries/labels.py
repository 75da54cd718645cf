"""Labels by the beginning of their names."""

from sqlalchemy import or_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.text.fold import fold

from ..models import Label
from ..policy import among


def labels_like(actor: Actor, typed: str, most: int) -> list[str]:
    """Names of labels, of the house and of the actor's units, that begin with what was typed; one query."""
    begun = fold(typed)
    near = or_(Label.unit_id.is_(None), Label.unit_id == among(actor.reach))
    query = select(Label.name).where(Label.folded.startswith(begun, autoescape=True), near)
    query = query.order_by(Label.folded, Label.id)
    return list(dict.fromkeys(db.session.scalars(query.limit(3 * most))))[:most]
