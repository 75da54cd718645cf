"""What is read beside a result: open ballots by name, dissent, what follows."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.core.paging import Page
from collab.core.prepared import Fixed, Prepared
from collab.people.models import Party
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from ..forms import BallotsPart
from ..models import FollowUp, Roll
from ..words import COUNTED
from .page import Found
from .roll import BY_NAME

_DECISION: Final[Any] = bindparam("decision", type_=BigInteger)


@dataclass(frozen=True, slots=True)
class Follower:
    """A task that follows from this decision, where the reader may see it."""

    reference: str
    title: str
    state_kind: str
    due_on: Any = None
    holder: str = ""


@dataclass(frozen=True, slots=True)
class NamedBallot:
    """What somebody voted in an open vote; `by`: who cast it, where it was not they themselves."""

    person_id: int
    name: str
    choice: dict[str, Any]
    by: str = ""
    weight: int = 1


BESIDE: Final = 50
"""So many ballots stand under the result itself; the rest are a page further."""


def _named_ballots() -> Any:
    by = aliased(Party)
    return (
        select(
            Party.id, Party.label, Party.names, Party.sort_key, Roll.choice, Roll.cast_by, Roll.weight,
            by.label.label("by_label"), by.names.label("by_names"),
        )
        .join(Roll, Roll.person_id == Party.id)
        .outerjoin(by, by.id == Roll.cast_by)
        .where(Roll.item_id == _DECISION, Roll.choice.is_not(None), Roll.recused_at.is_(None))
    )  # fmt: skip


_BESIDE: Final = BY_NAME.window(None, BESIDE)
FIRST_BALLOTS: Final = Fixed(lambda: _BESIDE.applied(_named_ballots()))


def named_ballots(_actor: Actor, found: Found, part: BallotsPart) -> Page[NamedBallot]:
    """The ballots of an open vote that was found and has closed, by name, a page at a time; one query."""
    if found.level != "open" or found.stage not in COUNTED:
        return Page([], None, None)
    if not part.after and part.limit == BESIDE:
        window, rows = _BESIDE, FIRST_BALLOTS.rows(decision=found.id)
    else:
        window = BY_NAME.window(part.after or None, part.limit)
        rows = db.session.execute(window.applied(_named_ballots()), {"decision": found.id}).all()
    page = window.page(rows, lambda row: (row.sort_key, row.id))
    named = [
        NamedBallot(
            row.id, in_language(row.names, row.label), row.choice,
            in_language(row.by_names, row.by_label) if row.cast_by not in (None, row.id) else "",
            row.weight,
        )
        for row in page.items
    ]  # fmt: skip
    return Page(named, page.next, page.previous)


def _dissents() -> Any:
    return (
        select(Party.label, Party.names, Roll.dissent)
        .join(Roll, Roll.person_id == Party.id)
        .where(Roll.item_id == _DECISION, Roll.dissent.is_not(None))
        .order_by(Party.sort_key, Party.id)
        .limit(200)
    )


DISSENTS: Final = Fixed(_dissents)


def dissents_of(_actor: Actor, found: Found) -> list[tuple[str, str]]:
    """(name, reasons) of those who voted otherwise and said why; one query."""
    return [(in_language(row.names, row.label), row.dissent) for row in DISSENTS.rows(decision=found.id)]


def _follow_ups(actor: Actor) -> Any:
    return (
        select(WorkItem.reference, WorkItem.title, WorkItem.state_kind, WorkItem.due_on, Party.label, Party.names)
        .join(FollowUp, FollowUp.task_id == WorkItem.id)
        .outerjoin(Party, Party.id == WorkItem.holder_id)
        .where(FollowUp.item_id == _DECISION, visible_to(actor))
        .order_by(WorkItem.id)
    )


FOLLOW_UPS: Final = Prepared(_follow_ups)


def follow_ups_of(actor: Actor, found: Found) -> list[Follower]:
    """The tasks that were made to carry it out, as far as the reader sees them; one query."""
    return [
        Follower(
            row.reference, row.title, row.state_kind, row.due_on, in_language(row.names, row.label) if row.label else ""
        )
        for row in FOLLOW_UPS.rows(actor, decision=found.id)
    ]
