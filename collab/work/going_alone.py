"""Single open items that go to a part of a split by themselves: by their references, or all that a question finds.

Whoever plans a split sees work by number only. So a question may ask for what is told of work by number as well (who
holds it, its label, state and dates), never for what is written in it, nor for one item by its number. Items for named
people stay with those people: they go where their holder goes.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.errors import Invalid
from collab.core.i18n import N_, _, listed
from collab.core.package import Alone
from collab.core.text.fold import fold
from collab.people.models import UnitSplitLine

from .filters.asking import speaker_of
from .filters.compile import compiled
from .filters.errors import BadQuery
from .filters.parse import parse
from .filters.sql import IS_OPEN
from .filters.tree import leaves
from .models import WorkItem

MOST: Final = 20_000
ASKED: Final = frozenset(
    {
        "holder", "state", "due", "priority", "label", "desk", "unit", "kind", "overdue", "lapsed", "clock", "age",
        "created", "changed", "start",
    }
)  # fmt: skip
NOT_HERE: Final = N_("No open item of this unit: %(references)s. Leave it out, or look at the number again.")
NOT_ASKED: Final = N_(
    "What is written in an item cannot be asked here. Ask for its holder, label, state, kind, priority or dates."
)
TOO_MANY: Final = N_("More than %(count)s items are found. Ask for fewer, or let people take along what they hold.")
NOTHING: Final = N_("No open item that lies in this unit is found by this.")
NAMED: Final = 5
_FOR_MORE: Final = WorkItem.reach != "named"


def chosen(actor: Actor, unit: int, references: Sequence[str], question: str) -> list[int]:
    """Their ids. Raises Invalid, or BadQuery, with the sentence for the field."""
    return _by_question(actor, unit, question) if question else _by_reference(unit, references)


def alone(session: Session, split: int) -> list[Alone]:
    """How many of those that were chosen are still there, by part and holder."""
    holder = func.nullif(WorkItem.holder_id, WorkItem.desk_unit_id).label("holder")
    query = (
        select(UnitSplitLine.part_id, holder, func.count())
        .join(WorkItem, WorkItem.id == UnitSplitLine.thing_id)
        .where(UnitSplitLine.split_id == split, UnitSplitLine.sort == "item", IS_OPEN)
        .group_by(UnitSplitLine.part_id, holder)
    )
    return [Alone(part, of, number) for part, of, number in session.execute(query) if part is not None]


def _by_reference(unit: int, references: Sequence[str]) -> list[int]:
    wanted = {fold(each).upper(): each for each in references}
    found = {row.reference: row.id for row in session().execute(_here(unit).where(WorkItem.reference.in_(wanted)))}
    missing = [typed for reference, typed in wanted.items() if reference not in found]
    if missing:
        shown = listed(missing[:NAMED]) + (" …" if len(missing) > NAMED else "")
        raise Invalid(_(NOT_HERE, references=shown))
    return sorted(found.values())


def _by_question(actor: Actor, unit: int, question: str) -> list[int]:
    tree = parse(question, speaker_of(actor))
    for leaf in leaves(tree):
        if leaf.field not in ASKED:
            raise BadQuery(_(NOT_ASKED), leaf.at)
    asked = compiled(actor, tree)
    found = list(session().scalars(_ids(unit).where(*asked.criteria).limit(MOST + 1), asked.given))
    if len(found) > MOST:
        raise Invalid(_(TOO_MANY, count=MOST))
    if not found:
        raise Invalid(_(NOTHING))
    return found


def _here(unit: int) -> Any:
    return select(WorkItem.id, WorkItem.reference).where(WorkItem.desk_unit_id == unit, IS_OPEN, _FOR_MORE)


def _ids(unit: int) -> Any:
    return select(WorkItem.id).where(WorkItem.desk_unit_id == unit, IS_OPEN, _FOR_MORE).order_by(WorkItem.id)
