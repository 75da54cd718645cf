"""Telling one fact to one reaction: the step that the teller and the workers share."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, text, update

from . import clock
from .actor import SYSTEM
from .envelope import envelope, take_long
from .facts import FactRow, FactText, revive
from .horizon import AHEAD
from .outbox import OutboxRow
from .reactions import REGISTRY, Reaction, Told

MOST_ERROR = 500
PARKED: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""When what nobody here can tell is due: its reaction is not in this version."""

_NUMBER_ANEW: Final = text(
    f"""
    with old as (
      select fact_id, reaction from outbox
      where fact_id <= (select max(fact_id) from outbox where xid >= {AHEAD}) and xid <> '0'
      for update skip locked)
    update outbox set xid = '0' from old
    where outbox.fact_id = old.fact_id and outbox.reaction = old.reaction
    returning outbox.fact_id
    """  # noqa: S608
)

log = logging.getLogger(__name__)


def tell(fact_id: int, reaction_name: str) -> bool:
    """Run one consequence and delete its outbox row, in one transaction. False when it was done already.

    Whatever the reaction raises rolls both back and is raised on; `postpone` then writes down when to try again.
    """
    reaction = REGISTRY.by_name[reaction_name]
    with envelope(SYSTEM) as current:
        mine = (OutboxRow.fact_id == fact_id) & (OutboxRow.reaction == reaction_name)
        taken = current.session.execute(delete(OutboxRow).where(mine).returning(OutboxRow.fact_id)).scalar()
        if taken is None:
            return False
        _run(reaction, fact_id)
    return True


def _run(reaction: Reaction, fact_id: int) -> None:
    with envelope(SYSTEM) as current:
        row = current.session.execute(select(FactRow).where(FactRow.id == fact_id)).scalar_one()
        words = current.session.execute(select(FactText.name, FactText.text).where(FactText.fact_id == fact_id)).all()
        fact = revive(row.kind, row.subject_id, row.payload, {word.name: word.text for word in words})
        reaction.run(Told(row.id, fact, row.at, row.actor_id, row.on_behalf_of))


def postpone(fact_id: int, reaction_name: str, error: BaseException) -> None:
    """After a failure: count the try, keep the reason where the administrator sees it, wait longer each time."""
    mine = (OutboxRow.fact_id == fact_id) & (OutboxRow.reaction == reaction_name)
    with envelope(SYSTEM) as current:
        tries = current.session.scalar(select(OutboxRow.tries).where(mine).with_for_update())
        if tries is None:
            return
        wait = timedelta(seconds=min(600, 2 ** min(tries, 10)))
        reason = f"{type(error).__name__}: {error}"[:MOST_ERROR]
        current.session.execute(
            update(OutboxRow).where(mine).values(tries=tries + 1, error=reason, next_at=clock.now() + wait)
        )


def park(reaction_name: str) -> None:
    """A reaction that this version does not know: what waits for it is put aside, where the administrator sees it."""
    waiting = (OutboxRow.reaction == reaction_name) & (OutboxRow.next_at < PARKED)
    values = {"tries": OutboxRow.tries + 1, "error": f"no reaction {reaction_name}"[:MOST_ERROR], "next_at": PARKED}
    with envelope(SYSTEM) as current:
        put = update(OutboxRow).where(waiting).values(values).returning(OutboxRow.fact_id)
        number = len(current.session.execute(put.execution_options(synchronize_session=False)).all())
    log.error("nobody here tells %s: %s facts are put aside", reaction_name, number)


def take_up_brought_along() -> None:
    """In a database that was restored elsewhere the rows of before come first, by the order of their facts.

    Their transactions have numbers that are still to come here. The rows that somebody is telling are left for later.
    """
    with envelope(SYSTEM) as current:
        take_long()
        found = current.session.execute(_NUMBER_ANEW).all()
    if found:
        log.warning("the database counts its transactions anew: it was restored; %s facts wait to be told", len(found))


def take_up_parked() -> None:
    """After an upgrade or the way back: what was put aside for a reaction that is known again is due."""
    mine = (OutboxRow.next_at == PARKED) & OutboxRow.reaction.in_(sorted(REGISTRY.by_name))
    with envelope(SYSTEM) as current:
        current.session.execute(update(OutboxRow).where(mine).values(next_at=clock.now()))
