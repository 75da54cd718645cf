"""Casting a ballot: one for each entitled person, replaced by voting again, refused from the instant of the close."""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, or_, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, Forbidden
from collab.core.i18n import N_, _
from collab.work.models import Wait, WorkItem
from collab.work.policy import items

from .. import envelopes
from ..choices import choice_of, length_for, packed
from ..events import BallotCast
from ..forms import CastBallot
from ..having import NOT_OPEN, decision_of, on_roll, option_ids
from ..models import Decision, Proxy, Roll
from ..objected import refuse_while_objecting
from ..policy import may_cast
from ..presets import QUESTION_FORMS

CLOSED: Final = N_("The vote is closed. This ballot does not count.")
NOT_ENTITLED: Final = N_("You are not entitled to vote here.")
RECUSED: Final = N_("You stand aside in this vote.")
GIVEN_AWAY: Final = N_("Somebody else votes for you here. Take the proxy back first.")
PROXY_VOTED: Final = N_("Your proxy has voted for you. Your own ballot does not count beside it.")
NO_PROXY: Final = N_("You do not vote for this person.")


@command(may_cast, on=items, lock=False)
def cast_ballot(actor: Actor, item: WorkItem, form: CastBallot) -> str:
    """Vote, or vote again. Returns the receipt of a confidential ballot as hexadecimal text, else an empty text."""
    row = decision_of(item, shared=True)
    line = _line(actor, row, form.principal)
    at = clock.of_database(session())
    _refuse_closed(row, at)
    options = option_ids(item.id) if row.rule["form"] not in QUESTION_FORMS else []
    if row.rule["form"] == "consent":
        refuse_while_objecting(item.id, line.person_id)
    choice = choice_of(row.rule, options, form)
    if row.level == "confidential":
        assert row.public_key is not None
        length = length_for(options, len(row.rule.get("criteria", ())))
        line.envelope = envelopes.seal(row.public_key, item.id, packed(choice, length))
        line.receipt = envelopes.receipt_of(line.envelope)
    else:
        line.choice = choice
    line.cast_at, line.cast_by = at, actor.person_id
    session().flush()
    end_vote_wait(item.id, line.person_id, actor.person_id, at, "answered")
    principal = line.person_id if line.person_id != actor.person_id else None
    record(BallotCast(subject=item.id, principal=principal), on_behalf_of=principal)
    return line.receipt.hex() if line.receipt else ""


def _refuse_closed(row: Decision, at: datetime) -> None:
    if row.stage in ("draft", "discussion"):
        raise Conflict(_(NOT_OPEN))
    if row.stage != "open" or row.closes_at is None or at >= row.closes_at:
        raise Conflict(_(CLOSED))


def _line(actor: Actor, row: Decision, principal: int | None) -> Roll:
    """The line of the roll on which this actor may vote, locked. Raises Forbidden saying why not."""
    person = principal or actor.person_id
    line = on_roll(row.item_id, person)
    if line is None or line.left_out is not None:
        raise Forbidden(_(NOT_ENTITLED if person == actor.person_id else NO_PROXY))
    if line.recused_at is not None:
        raise Forbidden(_(RECUSED))
    holder = _holder_for(row, person) if row.proxies else None
    if person == actor.person_id:
        if holder is not None:
            raise Forbidden(_(PROXY_VOTED if line.cast_by == holder else GIVEN_AWAY))
    elif holder != actor.person_id and not (
        holder is None and row.substitutes == "substitute" and person in actor.substitutes
    ):
        raise Forbidden(_(NO_PROXY))
    return line


def _holder_for(row: Decision, person: int) -> int | None:
    query = select(Proxy.holder_id).where(Proxy.item_id == row.item_id, Proxy.principal_id == person)
    return session().scalar(query.where(Proxy.accepted_at.is_not(None)))


def end_vote_wait(item_id: int, voter_id: int, by_id: int, at: datetime, how: str) -> None:
    """The ballot of this voter is expected of nobody any more: neither of them nor of whoever votes for them."""
    for_others = select(Proxy.wait_id).where(Proxy.item_id == item_id, Proxy.wait_id.is_not(None))
    for_them = for_others.where(Proxy.principal_id == voter_id)
    own = and_(Wait.of_id == voter_id, Wait.id.not_in(for_others))
    session().execute(
        update(Wait)
        .where(Wait.item_id == item_id, Wait.sense == "vote", Wait.ended_at.is_(None))
        .where(or_(own, Wait.id.in_(for_them)))
        .values(ended_at=at, ended_how=how, ended_by=by_id)
        .execution_options(synchronize_session=False)
    )
