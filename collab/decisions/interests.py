"""Who has to do with what an option is about: whether they stand aside is asked of them, and never done for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from collab.feed.audience import people_behind
from collab.people.models import Party
from collab.work.models import Wait, WorkItem

WAYS: Final = ("holder", "part", "awaited")
"""How somebody has to do with an item, the weightiest first: they hold it, they hold a part of it, something is awaited
of them on it. Who only opened it does not count: that is often the registry, or the head who gave it out."""
_AWAITED: Final = ("answer", "assessment", "approval", "advice", "handover")


@dataclass(frozen=True, slots=True)
class Interest:
    """What somebody has to do with the item that an option is about, by the weightiest of the ways."""

    person_id: int
    option_id: int
    because: str

    def as_json(self) -> dict[str, Any]:
        return {"option": self.option_id, "because": self.because}


def interests(session: Session, about: Mapping[int, int | None], among: Iterable[int]) -> dict[int, list[Interest]]:
    """Person → what they have to do with these options, for those of `among` who have; `about`: option → item.

    A post that holds an item is whoever holds the post today. A unit that holds one is nobody in particular, else its
    whole staff would be asked. Two queries, none where no option is about anything.
    """
    options: dict[int, list[int]] = {}
    for option, item in about.items():
        if item is not None:
            options.setdefault(item, []).append(option)
    if not options:
        return {}
    rows = session.execute(_hands(sorted(options))).all()
    behind, known = people_behind(session, {row.party_id for row in rows}), set(among)
    best: dict[tuple[int, int], str] = {}
    for row in rows:
        for person in behind.get(row.party_id, set()) & known:
            for option in options[row.item_id]:
                had = best.get((person, option))
                if had is None or WAYS.index(row.because) < WAYS.index(had):
                    best[person, option] = row.because
    found: dict[int, list[Interest]] = {}
    for (person, option), because in sorted(best.items()):
        found.setdefault(person, []).append(Interest(person, option, because))
    return found


def _hands(ids: list[int]) -> Any:
    """(item, party, way) of everybody who has to do with these items."""
    awaited = func.coalesce(Wait.taken_by, Wait.of_id)
    parts = union_all(
        select(WorkItem.id.label("item_id"), WorkItem.holder_id.label("party_id"), literal("holder").label("because"))
        .where(WorkItem.id.in_(ids)),
        select(WorkItem.parent_id, WorkItem.holder_id, literal("part")).where(WorkItem.parent_id.in_(ids)),
        select(Wait.item_id, awaited, literal("awaited"))
        .where(Wait.item_id.in_(ids), Wait.sense.in_(_AWAITED), Wait.ended_at.is_(None)),
    ).subquery()  # fmt: skip
    found = select(parts).join(Party, Party.id == parts.c.party_id)
    return found.where(Party.kind.in_(("person", "post"))).distinct()
