"""What time does with a vote: it reminds those who have not voted, and closes at its instant."""

import random
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import command, open_command, record, session, system
from collab.core.i18n import N_, _, ngettext
from collab.work.commands import end_waits_for
from collab.work.models import Wait, WorkItem
from collab.work.policy import items

from .. import envelopes
from ..choices import unpacked
from ..counted import Casting, ballots_from, counted
from ..events import VoteClosed, VoteClosedEarly, VotersReminded
from ..hands import ballots_of, by_hands
from ..having import decision_of, options_of, touch
from ..models import Decision, Proxy, Receipt, Roll, SecretBallot
from ..policy import may_run, system_alone
from ..presets import QUESTION_FORMS
from ..refusals import NotNow, refuse_not_open
from ..roll import entitled_of, roll_of
from ..weights import repeated, votes
from .chairing import keep_chair
from .extending import extend, may_extend
from .objecting import objections_counted
from .revisiting import await_of
from .sealed import destroy_afterwards, forget_envelopes
from .unopened import KEY_AWAY, PATIENCE, end_unopened, why_unopened

TYPE_THEM: Final = N_("This vote is by show of hands: it closes when its numbers are typed in.")
OBJECTED: Final = N_("An objection stands. Before its hour the vote is closed only when none does.")


@command(system_alone, on=items)
def remind_voters(_actor: Actor, item: WorkItem) -> int:
    """Remind those who have not voted, once."""
    row = decision_of(item)
    if row.stage == "open" and row.remind_at is not None and row.remind_at <= clock.of_database(session()):
        row.remind_at = None
        record(VotersReminded(subject=item.id))
    return item.id


@command(system_alone, on=items)
def close_vote(actor: Actor, item: WorkItem) -> int:
    """Close a vote whose time has come: open the envelopes, count, end what was expected of voters."""
    row, at = decision_of(item), clock.of_database(session())
    if row.stage != "open" or row.closes_at is None or row.closes_at > at:
        return item.id
    lines = roll_of(item.id)
    entitled, cast = entitled_of(lines)
    why = why_unopened(row, entitled, cast)
    if why == "key-lost" and at < row.closes_at + PATIENCE:
        return item.id
    if why != "few-entitled" and may_extend(row, lines):
        return extend(item, row, at)
    return close(actor, item, row, lines, at)


@open_command(system)
def end_awaiting(_actor: Actor, item_id: int) -> int:
    """What waited for this vote when it closed waits no more, a few at a time. Returns how many ended."""
    closed = select(Decision.closed_at).where(Decision.item_id == item_id, Decision.stage != "open")
    at = session().scalar(closed)
    return end_waits_for(item_id, asked_before=at) if at is not None else 0


@command(may_run, on=items)
def close_early(actor: Actor, item: WorkItem) -> int:
    """Close a vote before its hour: only once everybody entitled has voted or stands aside, so that it takes nothing
    from anybody but second thoughts; by consent only while no objection stands."""
    row, at = decision_of(item), clock.of_database(session())
    refuse_not_open(actor, row, at)
    lines = roll_of(item.id)
    entitled, cast = entitled_of(lines)
    if by_hands(row.rule) and entitled:
        raise NotNow(_(TYPE_THEM))
    missing = len(entitled) - len(cast)
    if missing:
        raise NotNow(
            ngettext(
                "%(missing)s entitled person has neither voted nor stood aside. Until they have, the vote stays open "
                "to its hour; to give it up, cancel it with the reason.",
                "%(missing)s entitled people have neither voted nor stood aside. Until they have, the vote stays open "
                "to its hour; to give it up, cancel it with the reason.",
                missing,
                missing=digits(missing),
            )
        )
    if row.rule["form"] == "consent" and any(one.state == "open" for one in objections_counted(item.id)):
        raise NotNow(_(OBJECTED))
    if why_unopened(row, entitled, cast) == "key-lost":
        raise NotNow(_(KEY_AWAY))
    row.closed_by = actor.person_id or None
    record(VoteClosedEarly(subject=item.id))
    return close(actor, item, row, lines, at)


def close(
    actor: Actor,
    item: WorkItem,
    row: Decision,
    lines: list[Roll],
    at: datetime,
    hands: dict[str, Any] | None = None,
) -> int:
    """Open the envelopes, count, end what was expected of voters; where it is even, the chair's word is expected.
    Where the result would tell who voted what, no envelope is opened. `hands`: what was typed in of a show of hands."""
    assert row.closes_at is not None
    entitled, cast = entitled_of(lines)
    if why := why_unopened(row, entitled, cast):
        return end_unopened(actor, item, row, why)
    ballots: Sequence[Mapping[str, Any]]
    if row.level == "confidential":
        ballots = _opened(row, item.id, cast)
    elif hands:
        ballots = ballots_of(hands)
    else:
        ballots = repeated((line.choice, line.weight) for line in cast)
    row.stage, row.closed_at, row.remind_at = "closed", min(at, row.closes_at), None
    aside = [line for line in lines if line.recused_at is not None]
    row.result = count_again(row, ballots, votes(entitled), votes(aside))
    if hands:
        row.result |= {"hands": hands}
    touch(item)
    end_votes(item.id, at)
    if row.result["tied"] and row.rule["ties"] == "chair" and row.chair_id is not None:
        keep_chair(item, row)
        await_tie(item, row, at)
    item.changed_at = at
    session().flush()
    record(VoteClosed(subject=item.id, cast=row.result["cast"], entitled=votes(entitled)))
    return item.id


def await_tie(item: WorkItem, row: Decision, at: datetime) -> None:
    """The chair's word is expected."""
    assert row.chair_id is not None
    await_of(item, "tie", row.chair_id, at)


def count_again(
    row: Decision, choices: Sequence[Mapping[str, Any]], entitled: int, recused: int, casting: Casting = ()
) -> dict[str, Any]:
    """The result of these ballots under the card of the decision, each as often as it weighs; `entitled`, `recused`: so
    many votes; `casting`: the chair's words."""
    listed = options_of(row.item_id)
    options = {option.id: option.title for option in listed} if row.rule["form"] not in QUESTION_FORMS else {}
    seed = row.seed.hex() if row.seed else None
    objections = objections_counted(row.item_id) if row.rule["form"] == "consent" else ()
    ballots = ballots_from(
        row.rule,
        options,
        choices,
        seed=seed,
        casting=casting,
        objections=objections,
        costs=tuple(one.cost or 0 for one in listed),
    )
    return counted(row.rule, row.seed_hash.hex() if row.seed_hash else None, ballots, entitled, recused)


def _opened(row: Decision, item_id: int, cast: list[Roll]) -> list[dict[str, Any]]:
    """Open every envelope in memory, mix them, and write what was in them where nothing leads to a voter.

    All rows of this step are of one transaction and one statement each: neither their transaction, nor their place, nor
    their ids, nor the order in which they were written follows the roll.
    """
    sealed = [line.envelope for line in cast if line.envelope is not None]
    receipts = sorted(line.receipt for line in cast if line.receipt is not None)
    assert row.public_key is not None
    assert row.sealed_key is not None
    keys = envelopes.Keys(row.public_key, row.sealed_key)
    # Of no envelope the key is not asked for, which may be lost.
    words = envelopes.open_all(envelopes.places(), item_id, keys, sealed) if sealed else []
    ballots = [unpacked(each) for each in words]
    random.SystemRandom().shuffle(ballots)
    made = session().connection()
    if ballots:
        drawn = sorted(secrets.token_bytes(16) for _each in ballots)
        rows = [{"id": id_, "item_id": item_id, "choice": choice} for id_, choice in zip(drawn, ballots, strict=True)]
        made.execute(insert(SecretBallot.__table__), rows)  # type: ignore[arg-type]
        made.execute(insert(Receipt.__table__), [{"item_id": item_id, "receipt": each} for each in receipts])  # type: ignore[arg-type]
    forget_envelopes(item_id)
    destroy_afterwards(item_id, row.public_key)
    row.public_key = row.sealed_key = None
    return ballots


def end_votes(item_id: int, at: datetime) -> None:
    """Nobody is awaited any more; what was asked and not accepted is no proxy."""
    session().execute(
        update(Wait)
        .where(Wait.item_id == item_id, Wait.sense == "vote", Wait.ended_at.is_(None))
        .values(ended_at=at, ended_how="lapsed")
        .execution_options(synchronize_session=False)
    )
    session().execute(
        delete(Proxy)
        .where(Proxy.item_id == item_id, Proxy.accepted_at.is_(None))
        .execution_options(synchronize_session=False)
    )
