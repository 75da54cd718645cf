"""What a unit set up for its work, one by one, so that each can go elsewhere when the unit is split."""

from typing import Any, Final

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from collab.core.i18n import N_, _
from collab.core.package import Kept

from .kinds import kinds
from .models import OPEN_STATES, EscalationRule, Label, SavedView, WorkItem

MOST: Final = 200
WORDS: Final = {"label": N_("Label"), "view": N_("Shared view"), "rule": N_("Rule of reminding")}

# Where the unit that takes it has its own of the same name, that one holds. A label that items which stay have too is
# there in both from then on.
_GIVES: Final = {
    "label": (
        """
        insert into label (unit_id, name, folded)
        select :into, name, folded from label where id = :id and unit_id = :unit
        on conflict do nothing
        """,
        """
        delete from label old where id = :id and unit_id = :unit
          and not exists (select from work_item_label where label_id = :id)
        """,
    ),
    "view": ("update saved_view set unit_id = :into, version = version + 1 where id = :id and unit_id = :unit",),
    "rule": (
        """
        update escalation_rule old set unit_id = :into, version = version + 1
        where id = :id and unit_id = :unit and retired_at is null and not exists (
          select from escalation_rule same where same.unit_id = :into and same.retired_at is null
            and same.item_kind is not distinct from old.item_kind)
        """,
    ),
}


def kept(session: Session, unit: int) -> list[Kept]:
    """Labels, shared views and rules of reminding of a unit."""
    found = [
        Kept(sort, row.id, _(WORDS[sort]), row.name)
        for sort, model in (("label", Label), ("view", SavedView))
        for row in session.execute(_named(model, unit))
    ]
    standing = (EscalationRule.unit_id == unit) & EscalationRule.retired_at.is_(None)
    for id_, kind in session.execute(select(EscalationRule.id, EscalationRule.item_kind).where(standing).limit(MOST)):
        name = _(kinds()[kind].many) if kind in kinds() else _(N_("Every kind"))
        found.append(Kept("rule", id_, _(WORDS["rule"]), name))
    return found


def _named(model: Any, unit: int) -> Any:
    return select(model.id, model.name).where(model.unit_id == unit).order_by(model.name, model.id).limit(MOST)


def gives(session: Session, sort: str, id_: int, unit: int, into: int) -> None:
    """Hand one of them on; nothing where it is no longer the unit's, or of another package."""
    for statement in _GIVES.get(sort, ()):
        session.execute(text(statement), {"id": id_, "unit": unit, "into": into})


def held(session: Session, unit: int) -> dict[int | None, int]:
    """How many open items lie in a unit, by holder; its tray under None."""
    holder = func.nullif(WorkItem.holder_id, unit).label("holder")
    query = (
        select(holder, func.count())
        .where(WorkItem.desk_unit_id == unit, WorkItem.state_kind.in_(OPEN_STATES))
        .group_by(holder)
    )
    return {row[0]: row[1] for row in session.execute(query)}
