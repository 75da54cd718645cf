"""A confidential vote whose ballots nobody opens: too few are left, or its key is gone. See docs/adr/0086."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.i18n import N_
from collab.work.ball import end_waits, settle
from collab.work.models import WorkItem
from collab.work.policy import items

from .. import envelopes
from ..events import VoteUnopened
from ..having import decision_of, touch
from ..models import Decision, Roll
from ..policy import system_alone
from ..roll import entitled_of, roll_of
from .sealed import destroy_afterwards, forget_choices, forget_envelopes

log = logging.getLogger(__name__)

FEWEST_ENTITLED: Final = 5
FEWEST_VOTERS: Final = 3
"""With the ballots of one the result is their own; with those of two each reads the other's. So people are counted and
not ballots: whoever also votes for others knows what is in those."""
PATIENCE: Final = timedelta(minutes=10)
"""A key that is away at the hour may come back: a folder that is reached late after a start."""
KEY_AWAY: Final = N_(
    "The key to the ballots is not on the server at the moment. Tell whoever runs it; without the key the vote ends at "
    "its hour without an outcome."
)


def why_unopened(row: Decision, entitled: Sequence[Roll], cast: Sequence[Roll]) -> str | None:
    """Why the ballots of this vote are not to be opened, where it is confidential and they are not."""
    if row.level != "confidential":
        return None
    if len(entitled) < FEWEST_ENTITLED:
        return "few-entitled"
    if not cast:
        return None  # there is nothing to open, and nothing is told of anybody
    if len({line.cast_by for line in cast}) < FEWEST_VOTERS:
        return "few-ballots"
    return "key-lost" if key_is_away(row) else None


def key_is_away(row: Decision) -> bool:
    """Whether the key of a confidential vote is not where it should be."""
    if row.public_key is None:
        return False
    return envelopes.key_file(envelopes.places(), row.item_id, row.public_key) is None


def end_unopened(actor: Actor, item: WorkItem, row: Decision, why: str) -> int:
    """End the vote without an outcome; its ballots are destroyed as they are."""
    if why == "key-lost":
        log.error("the key of a confidential vote is lost, which ends without an outcome: %s", item.reference)
    row.unopened, row.closed_at = why, clock.now()
    give_up(actor, item, row)
    record(VoteUnopened(subject=item.id, why=why))
    return item.id


def give_up(actor: Actor, item: WorkItem, row: Decision) -> None:
    """The decision is cancelled; ballots of a vote that was open are forgotten, and its key goes."""
    public = row.public_key
    if row.stage == "open":
        (forget_envelopes if row.level == "confidential" else forget_choices)(item.id)
        row.public_key = row.sealed_key = None
    row.stage, row.remind_at = "cancelled", None
    touch(item)
    shut(actor, item, "cancelled")
    if public is not None:
        destroy_afterwards(item.id, public)


def shut(actor: Actor, item: WorkItem, state_kind: str) -> None:
    """The item is over: nothing is expected on it any more."""
    at: datetime = clock.now()
    item.state_kind, item.closed_at = state_kind, at
    end_waits(item, actor.person_id or None, at, "withdrawn")
    settle(item, actor.person_id or item.created_by, at)


@command(system_alone, on=items)
def end_where_few_are_left(actor: Actor, item: WorkItem) -> int:
    """End a confidential vote at once when so many stood aside that the rest could not hide among each other."""
    row = decision_of(item)
    session().flush()
    if row.stage != "open" or row.level != "confidential":
        return item.id
    if len(entitled_of(roll_of(item.id))[0]) >= FEWEST_ENTITLED:
        return item.id
    return end_unopened(actor, item, row, "few-entitled")
