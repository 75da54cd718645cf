"""The row of a decision inside a command: locked, and in a stage in which the verb makes sense."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.errors import NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.work.models import WorkItem
from collab.work.policy import visible_to
from collab.work.queries.items import named_by

from .models import Decision, DecisionOption, Roll
from .refusals import NotNow
from .words import FROZEN

STANDS: Final = N_("The vote is open: the question, options, rule and voters can no longer change.")
NOT_CLOSED: Final = N_("The vote is not closed.")
NO_ITEM: Final = N_("There is no such item, or it is not for you to see.")
ABOUT_OPTION: Final = N_("This option is not on the ballot.")
NOT_DECIDED: Final = N_("Nothing is decided here yet, or it is over.")


def decision_of(item: WorkItem | int, *, shared: bool = False) -> Decision:
    """The decision, locked: alone, or (`shared`) together with other voters while nobody closes it."""
    id_ = item if isinstance(item, int) else item.id
    query = select(Decision).where(Decision.item_id == id_).with_for_update(read=shared)
    found = session().scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def touch(item: WorkItem) -> None:
    """The version of the item counts what is changed of the decision too: who still has the page as it was is told when
    they send it."""
    item.version += 1
    item.changed_at = clock.now()


def preparing(item: WorkItem) -> Decision:
    """The decision while everything may still be changed. Raises Conflict once the vote was opened."""
    found = decision_of(item)
    if found.stage in FROZEN:
        raise NotNow(_(STANDS))
    return found


def standing(item: WorkItem, stages: Sequence[str], sentence: str) -> Decision:
    """The decision in one of these stages. Raises Conflict with the sentence otherwise."""
    found = decision_of(item)
    if found.stage not in stages:
        raise NotNow(_(sentence))
    return found


def options_of(item_id: int) -> list[DecisionOption]:
    query = select(DecisionOption).where(DecisionOption.item_id == item_id)
    return list(session().scalars(query.order_by(DecisionOption.position, DecisionOption.id)))


def option_ids(item_id: int) -> list[int]:
    query = select(DecisionOption.id).where(DecisionOption.item_id == item_id)
    return list(session().scalars(query.order_by(DecisionOption.position, DecisionOption.id)))


def on_roll(item_id: int, person_id: int) -> Roll | None:
    """Somebody's line on the roll, locked, so that two ballots of one person come one after the other."""
    query = select(Roll).where(Roll.item_id == item_id, Roll.person_id == person_id).with_for_update()
    return session().scalar(query.execution_options(populate_existing=True))


def item_named(actor: Actor, typed: str | None, known: int | None, field: str) -> int | None:
    """The item that is named, as far as the actor sees it. Without a name none, unless there is one (`known`) that they
    do not see and so cannot have meant to take away. Raises Invalid at `field`."""
    if typed:
        found = session().scalar(select(WorkItem.id).where(named_by(typed.strip().upper()), visible_to(actor)))
        if found is None:
            raise wrong(field, _(NO_ITEM))
        return found
    if known is None:
        return None
    seen = session().scalar(select(WorkItem.id).where(WorkItem.id == known, visible_to(actor)))
    return known if seen is None else None
