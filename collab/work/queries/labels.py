"""Labels by the beginning of their names."""

from sqlalchemy import and_, exists, or_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.text.fold import fold

from ..models import Label, WorkItem, WorkItemLabel
from ..policy import among, visible_to


def labels_like(actor: Actor, typed: str, most: int) -> list[str]:
    """Names of labels, of the house and of the actor's units, that begin with what was typed; one query.

    A label of a unit was made by whoever first wrote it on an item: it is told to those who see one that carries it.
    """
    begun = fold(typed)
    carried = exists(
        select(WorkItemLabel.item_id)
        .join(WorkItem, WorkItem.id == WorkItemLabel.item_id)
        .where(WorkItemLabel.label_id == Label.id, visible_to(actor))
    )
    near = or_(Label.unit_id.is_(None), and_(Label.unit_id == among(actor.reach), carried))
    query = select(Label.name).where(Label.folded.startswith(begun, autoescape=True), near)
    query = query.order_by(Label.folded, Label.id)
    return list(dict.fromkeys(db.session.scalars(query.limit(3 * most))))[:most]
