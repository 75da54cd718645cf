"""More time for a vote whose quorum is missing: only where its rule said so before it opened, and once."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from collab.core.envelope import record, session
from collab.work.desks import organisation_zone
from collab.work.models import Wait, WorkItem

from ..advice_events import VoteExtended
from ..having import touch
from ..models import Decision, Roll
from ..presets import abstentions_apart, quorum_of
from ..roll import entitled_of
from ..weights import votes


def may_extend(row: Decision, lines: list[Roll]) -> bool:
    """Whether the rule gives this vote more time: too few voted, and it was not extended before."""
    if not row.rule.get("extension") or row.extended_at is not None:
        return False
    entitled, cast = entitled_of(lines)
    if abstentions_apart(row.rule):
        cast = [line for line in cast if "abstain" not in (line.choice or {})]
    aside = [line for line in lines if line.recused_at is not None]
    return votes(cast) < quorum_of(row.rule, votes(entitled), votes(aside))


def extend(item: WorkItem, row: Decision, at: datetime) -> int:
    """Let the vote run on by the days of its rule; those who have not voted are reminded again before it closes."""
    assert row.closes_at is not None
    zone, more = organisation_zone(), timedelta(days=int(row.rule["extension"]))
    # By the clock on the wall; from now on, should the house have slept longer than the rule gives.
    local = max(row.closes_at, at - more + timedelta(hours=1)).astimezone(zone) + more
    row.extended_at, row.closes_at = at, local.astimezone(UTC)
    row.remind_at = row.closes_at - min(timedelta(days=1), (row.closes_at - at) / 2)
    item.due_on = local.date()
    touch(item)
    session().execute(
        update(Wait)
        .where(Wait.item_id == item.id, Wait.sense == "vote", Wait.ended_at.is_(None))
        .values(until=item.due_on)
        .execution_options(synchronize_session=False)
    )
    record(VoteExtended(subject=item.id, closes_on=local.date().isoformat()))
    return item.id
