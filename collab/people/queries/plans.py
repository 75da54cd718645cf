"""What is planned for a unit, and what became of it when it was split."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.package import WITH_UNIT, Kept

from ..models import UnitPlan, UnitSplit, UnitSplitPart
from ..organisation import splitting
from .names import names


@dataclass(frozen=True, slots=True)
class Planned:
    """One plan: `kind` is close, move or split; `others` are the units that take over, take it in, or are split off.

    `refused`: why it could not be carried out on its day. `carried`: it has been.
    """

    kind: str
    id: int
    unit_id: int
    unit: str
    on: date
    others: tuple[str, ...]
    refused: str
    carried: bool


def planned(actor: Actor, unit_id: int, day: date) -> list[Planned]:
    """What is planned after `day` for a unit, or for others that go into it, and into what it was split. Three queries
    at most."""
    mine = or_(UnitPlan.unit_id == unit_id, UnitPlan.into_id == unit_id)
    plans = db.session.execute(
        select(UnitPlan.id, UnitPlan.kind, UnitPlan.unit_id, UnitPlan.into_id, UnitPlan.on_day)
        .where(mine, UnitPlan.taken_back_at.is_(None), UnitPlan.on_day > day)
        .order_by(UnitPlan.on_day, UnitPlan.id)
        .limit(100)
    ).all()
    of_parts = select(UnitSplitPart.split_id).where(UnitSplitPart.unit_id == unit_id)
    splits = db.session.execute(
        select(
            UnitSplit.id, UnitSplit.unit_id, UnitSplit.on_day, UnitSplit.refused, UnitSplit.carried_at,
            UnitSplitPart.unit_id.label("into"), UnitSplitPart.name,
        )
        .join(UnitSplitPart, UnitSplitPart.split_id == UnitSplit.id)
        .where(or_(UnitSplit.unit_id == unit_id, UnitSplit.id.in_(of_parts)), UnitSplit.taken_back_at.is_(None))
        .order_by(UnitSplit.on_day, UnitSplit.id, UnitSplitPart.position)
        .limit(200)
    ).all()  # fmt: skip
    known = names(actor, [id_ for row in plans for id_ in (row.unit_id, row.into_id)] + [
        id_ for row in splits for id_ in (row.unit_id, row.into)
    ])  # fmt: skip

    def name(id_: int | None) -> str:
        return known[id_].name if id_ is not None and id_ in known else ""

    found = [
        Planned(
            row.kind, row.id, row.unit_id, name(row.unit_id), row.on_day, (name(row.into_id),) if row.into_id else (),
            "", carried=False,
        )
        for row in plans
    ]  # fmt: skip
    for id_ in dict.fromkeys(row.id for row in splits):
        parts = [row for row in splits if row.id == id_]
        one = parts[0]
        others = tuple(name(row.into) or row.name or "" for row in parts)
        found.append(
            Planned(
                "split", id_, one.unit_id, name(one.unit_id), one.on_day, others, one.refused or "",
                carried=one.carried_at is not None,
            )
        )  # fmt: skip
    return found


def set_up(_actor: Actor, unit_id: int) -> list[Kept]:
    """What a unit set up for itself and what can go elsewhere one by one."""
    return [one for each in WITH_UNIT if each.kept is not None for one in each.kept(db.session(), unit_id)]


def held(_actor: Actor, unit_id: int) -> dict[int | None, int]:
    """How many open things lie in a unit, by holder; the tray under None."""
    found: dict[int | None, int] = {}
    for each in WITH_UNIT:
        if each.held is not None:
            for holder, number in each.held(db.session(), unit_id).items():
                found[holder] = found.get(holder, 0) + number
    return found


def who_can_go(_actor: Actor, unit_id: int, on: date) -> tuple[Sequence[int], Sequence[int]]:
    """People and posts that can go when a unit is split on a day."""
    there = splitting.standing(db.session(), unit_id, on)
    return sorted(there["person"]), sorted(there["post"])


def find_split(_actor: Actor, split_id: int) -> UnitSplit:
    """One split. Raises NotFound."""
    found = db.session.get(UnitSplit, split_id)
    if found is None:
        raise NotFound
    return found
