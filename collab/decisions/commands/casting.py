"""Casting a ballot: one for each entitled person, replaced by voting again, refused from the instant of the close."""

import json
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, and_, bindparam, func, or_, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden, NotFound
from collab.core.i18n import N_, _
from collab.core.prepared import Fixed
from collab.work.models import Wait, WorkItem
from collab.work.policy import items

from .. import envelopes
from ..choices import choice_of, length_for, packed
from ..events import BallotCast
from ..forms import CastBallot
from ..hands import by_hands
from ..models import Decision, DecisionOption, Proxy, Roll
from ..objected import refuse_while_objecting
from ..policy import may_cast
from ..presets import QUESTION_FORMS
from ..refusals import NotNow, refuse_not_open, refuse_unopened

NOT_ENTITLED: Final = N_("You are not entitled to vote here.")
NOT_THERE: Final = N_("You were not noted as present when the vote opened, and only those present vote here.")
RECUSED: Final = N_("You stand aside in this vote.")
GIVEN_AWAY: Final = N_("Somebody else votes for you here. Take the proxy back first.")
PROXY_VOTED: Final = N_("Your proxy has voted for you. Your own ballot does not count beside it.")
VOTED_THEMSELVES: Final = N_("They have voted themselves in the meantime.")
SHOW_HANDS: Final = N_("This vote is by show of hands: nobody casts a ballot, the numbers are typed in.")
LEFT_OUT: Final = N_("You were left out of this vote, so you vote in it for nobody else either.")
NO_PROXY: Final = N_("You do not vote for this person.")


def _voting() -> Any:
    """The decision as it stands with the ids of its options, locked together with other voters, so that nobody closes
    it meanwhile."""
    it = DecisionOption
    options = select(it.id).where(it.item_id == Decision.item_id).order_by(it.position, it.id).correlate(Decision)
    found = select(
        Decision.item_id, Decision.stage, Decision.level, Decision.rule, Decision.closes_at, Decision.public_key,
        Decision.proxies, Decision.substitutes, Decision.closed_at, Decision.unopened,
        func.array(options.scalar_subquery(), type_=ARRAY(BigInteger)).label("options"),
    )  # fmt: skip
    return found.where(Decision.item_id == bindparam("item", type_=BigInteger)).with_for_update(read=True)


def _listed() -> Any:
    """Somebody's line on the roll, locked, so that two ballots of one person come one after the other; and what the
    time is, now that the decision is locked."""
    found = select(Roll.person_id, Roll.left_out, Roll.recused_at, Roll.cast_by, func.clock_timestamp().label("now"))
    return found.where(*_LINE).with_for_update()


_LINE: Final = (
    Roll.item_id == bindparam("item", type_=BigInteger),
    Roll.person_id == bindparam("person", type_=BigInteger),
)
_CAST: Final = {"cast_at": bindparam("at"), "cast_by": bindparam("by", type_=BigInteger)}
_VOTING, _LISTED = Fixed(_voting), Fixed(_listed)
_CHOOSE = Fixed(lambda: update(Roll).where(*_LINE).values(choice=bindparam("choice"), **_CAST))
_SEAL = Fixed(
    lambda: update(Roll).where(*_LINE).values(envelope=bindparam("envelope"), receipt=bindparam("receipt"), **_CAST)
)


@command(may_cast, on=items, lock=False)
def cast_ballot(actor: Actor, item: WorkItem, form: CastBallot) -> str:
    """Vote, or vote again. Returns the receipt of a confidential ballot as hexadecimal text, else an empty text."""
    rows = _VOTING.rows(item=item.id)
    if not rows:
        raise NotFound
    row = rows[0]
    refuse_unopened(row)
    if by_hands(row.rule):
        raise NotNow(_(SHOW_HANDS))
    line = _line(actor, row, form.principal)
    at = clock.as_told(line.now)
    refuse_not_open(actor, row, at)
    options = row.options if row.rule["form"] not in QUESTION_FORMS else []
    if row.rule["form"] == "consent":
        refuse_while_objecting(item.id, line.person_id)
    choice = choice_of(row.rule, options, form)
    receipt, cast = b"", {"item": item.id, "person": line.person_id, "at": at, "by": actor.person_id}
    if row.level == "confidential":
        length = length_for(options, len(row.rule.get("criteria", ())))
        envelope = envelopes.seal(row.public_key, item.id, packed(choice, length))
        receipt = envelopes.receipt_of(envelope)
        _SEAL.run(envelope=envelope, receipt=receipt, **cast)
    else:
        _CHOOSE.run(choice=json.dumps(choice), **cast)
    end_vote_wait(item.id, line.person_id, actor.person_id, at, "answered")
    principal = line.person_id if line.person_id != actor.person_id else None
    record(BallotCast(subject=item.id, principal=principal), on_behalf_of=principal)
    return receipt.hex()


def _line(actor: Actor, row: Any, principal: int | None) -> Any:
    """The line of the roll on which this actor may vote, locked. Raises Forbidden saying why not."""
    person = principal or actor.person_id
    found = _LISTED.rows(item=row.item_id, person=person)
    line = found[0] if found else None
    if line is not None and line.left_out == "absent" and person == actor.person_id:
        raise Forbidden(_(NOT_THERE))
    if line is None or line.left_out is not None:
        raise Forbidden(_(NOT_ENTITLED if person == actor.person_id else NO_PROXY))
    if line.recused_at is not None:
        raise Forbidden(_(RECUSED if person == actor.person_id else NO_PROXY))
    if person != actor.person_id:
        _refuse_for_others(actor, row.item_id)
    holder = _holder_for(row, person) if row.proxies else None
    if person == actor.person_id:
        if holder is not None:
            raise Forbidden(_(PROXY_VOTED if line.cast_by == holder else GIVEN_AWAY))
    elif holder != actor.person_id and not (
        holder is None and row.substitutes == "substitute" and person in actor.substitutes
    ):
        raise Forbidden(_(NO_PROXY))
    elif line.cast_by == person:
        raise Forbidden(_(VOTED_THEMSELVES))
    return line


def _refuse_for_others(actor: Actor, item_id: int) -> None:
    """Whoever may not say their own word says nobody's. Who was left out by name may be on the roll or not: the query
    need not have found them."""
    own = _LISTED.rows(item=item_id, person=actor.person_id)
    if own and own[0].recused_at is not None:
        raise Forbidden(_(RECUSED))
    if own and own[0].left_out is not None:
        raise Forbidden(_({"absent": NOT_THERE, "without": LEFT_OUT}.get(own[0].left_out, NO_PROXY)))
    electorate = session().scalar(select(Decision.electorate).where(Decision.item_id == item_id)) or {}
    if actor.person_id in electorate.get("without", ()):
        raise Forbidden(_(LEFT_OUT))


def _holder_for(row: Any, person: int) -> int | None:
    query = select(Proxy.holder_id).where(Proxy.item_id == row.item_id, Proxy.principal_id == person)
    return session().scalar(query.where(Proxy.accepted_at.is_not(None)))


def end_vote_wait(item_id: int, voter_id: int, by_id: int, at: datetime, how: str) -> None:
    """The ballot of this voter is expected of nobody any more: neither of them nor of whoever votes for them."""
    session().flush()
    _END_WAIT.run(item=item_id, voter=voter_id, by=by_id, at=at, how=how)


def _end_wait() -> Any:
    item, voter = bindparam("item", type_=BigInteger), bindparam("voter", type_=BigInteger)
    for_others = select(Proxy.wait_id).where(Proxy.item_id == item, Proxy.wait_id.is_not(None))
    for_them = for_others.where(Proxy.principal_id == voter)
    own = and_(Wait.of_id == voter, Wait.id.not_in(for_others))
    return (
        update(Wait)
        .where(Wait.item_id == item, Wait.sense == "vote", Wait.ended_at.is_(None))
        .where(or_(own, Wait.id.in_(for_them)))
        .values(ended_at=bindparam("at"), ended_how=bindparam("how"), ended_by=bindparam("by", type_=BigInteger))
    )


_END_WAIT = Fixed(_end_wait)
