"""What would follow if a unit were split: done in full, counted, and taken back."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import attempt, command, session
from collab.core.i18n import in_language
from collab.core.package import WITH_UNIT, Kept

from ..forms.reorganising import SplitForm
from ..models import Party, Unit, UnitSplit
from ..organisation.splitting import Plan
from ..policy import may_administer
from ..policy import units as reach
from .splitting import plan_split

STAYS: Final = 0


class _TakenBackError(Exception):
    """Ends a rehearsal: nothing of it stays."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one part gets, or what stays (number 0): people and posts by name, what was set up, and how much work:
    with those who hold it, alone, and in the tray."""

    number: int
    unit: str
    new: bool
    head: str
    people: list[str]
    posts: list[str]
    things: list[Kept]
    items: int
    alone: int
    tray: int | None


@command(may_administer, on=reach)
def rehearse_split(actor: Actor, unit: Unit, form: SplitForm) -> list[Share]:
    """What each part would get, by number only where it is work. Raises Invalid as splitting it would."""
    held: dict[int | None, int] = {}
    for each in WITH_UNIT:
        for holder, number in (each.held(session(), unit.id) if each.held is not None else {}).items():
            held[holder] = held.get(holder, 0) + number
    things = [one for each in WITH_UNIT if each.kept is not None for one in each.kept(session(), unit.id)]
    unit_id = unit.id
    try:
        with attempt():
            split = session().get_one(UnitSplit, plan_split(actor, unit_id, form))
            alone: dict[int, int] = {}
            for each in WITH_UNIT:
                for one in each.alone(session(), split.id) if each.alone is not None else ():
                    alone[one.part] = alone.get(one.part, 0) + one.number
                    held[one.holder] = held.get(one.holder, 0) - one.number
            found = _shares(Plan.of(session(), split), held, things, alone)
            raise _TakenBackError
    except _TakenBackError:
        return found


def _shares(plan: Plan, held: dict[int | None, int], things: list[Kept], alone: dict[int, int]) -> list[Share]:
    ids = {plan.split.unit_id, *(part.unit_id for part in plan.parts), *(part.head_id for part in plan.parts)}
    ids |= {id_ for sort, id_ in plan.lines if sort in ("person", "post")}
    rows = session().execute(select(Party.id, Party.label, Party.names).where(Party.id.in_(ids - {None})))
    called = {row.id: in_language(row.names, row.label) for row in rows}
    goes = {(sort, id_): plan.part(sort, id_) for sort, id_ in plan.lines}
    holders = {id_ for sort, id_ in goes if sort in ("person", "post")}
    found = [
        Share(
            STAYS, called[plan.split.unit_id], new=False, head="", people=[], posts=[], things=[],
            items=sum(number for holder, number in held.items() if holder is not None and holder not in holders),
            alone=0, tray=None if ("tray", 0) in goes else held.get(None, 0),
        )
    ]  # fmt: skip
    for number, part in enumerate(plan.parts, start=1):
        here = [thing for thing, into in goes.items() if into is part]
        found.append(
            Share(
                number,
                called.get(part.unit_id or 0) or part.name or "",
                part.new,
                called.get(part.head_id or 0, ""),
                sorted(called[id_] for sort, id_ in here if sort == "person"),
                sorted(called[id_] for sort, id_ in here if sort == "post"),
                [one for one in things if (one.sort, one.id) in here],
                sum(held.get(id_, 0) for sort, id_ in here if sort in ("person", "post")),
                alone.get(part.id, 0),
                held.get(None, 0) if ("tray", 0) in here else None,
            )
        )
    return found
