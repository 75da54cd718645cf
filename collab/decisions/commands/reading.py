"""Who is entitled reads what they are to decide: from the discussion on, and whoever is found at the opening."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.envelope import session
from collab.work.audience import today
from collab.work.models import Participant, WorkItem

from ..electing import electors, entitled
from ..forms import Electorate
from ..models import Decision


def let_entitled_read(item: WorkItem, row: Decision) -> None:
    """Whoever would be entitled today may read, from whichever unit they are: they are to argue as well as to vote."""
    query = Electorate.model_validate(row.electorate)
    found = entitled(electors(session(), query, item.unit_id, today(session())))
    let_read(item.id, [one.person_id for one in found], clock.now())


def let_read(item_id: int, people: Iterable[int], at: datetime) -> None:
    """These people take part as those who are asked; who did before does again."""
    parts = [{"party_id": one, "item_id": item_id, "role": "asked", "since": at, "until": None} for one in people]
    if not parts:
        return
    joining = insert(Participant).on_conflict_do_update(
        index_elements=["party_id", "item_id", "role"], set_={"until": None}
    )
    session().connection().execute(joining, parts)
