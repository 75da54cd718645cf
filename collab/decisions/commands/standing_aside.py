"""Standing aside, and letting somebody else vote in one's place."""

from typing import Final

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _, in_language
from collab.people.models import Party
from collab.work.models import Wait, WorkItem
from collab.work.policy import items

from ..events import PersonRecused, PersonStays, ProxyAccepted, ProxyAsked, ProxyEnded
from ..forms import AskProxy, Recuse
from ..having import decision_of, on_roll
from ..models import Decision, Proxy, Roll
from ..objected import refuse_while_objecting
from ..policy import may_cast
from ..refusals import NotNow, refuse_not_open
from .casting import NOT_ENTITLED, RECUSED, VOTED_THEMSELVES, end_vote_wait
from .opening import vote_wait

NO_PROXIES: Final = N_("In this vote nobody votes for others.")
HOLDER_NOT: Final = N_("Choose somebody who is entitled here and does not stand aside.")
ITSELF: Final = N_("Choose somebody else.")
VOTED: Final = N_("You have voted already.")
FULL: Final = N_("One person votes here for at most %(most)s others.")
CHAIN: Final = N_("Whoever lets somebody else vote for them votes for nobody.")
NOT_PROPOSED: Final = N_("Nobody asked whether you stand aside here.")
FOR: Final = N_("for %(name)s")
NO_REQUEST: Final = N_("Nobody asked you to vote for them.")


@command(may_cast, on=items, lock=False)
def recuse(actor: Actor, item: WorkItem, form: Recuse) -> int:
    """Stand aside: no vote, not counted in the base; the reason stands in the minutes."""
    line = _open_line(actor, item)[1]
    refuse_while_objecting(item.id, actor.person_id)
    if line.recused_at is None:
        at = clock.now()
        line.recused_at, line.recused_reason = at, form.reason
        line.cast_at = line.cast_by = line.choice = line.envelope = line.receipt = line.stayed_at = None
        _drop_proxies(item.id, actor.person_id)
        session().flush()
        end_vote_wait(item.id, actor.person_id, actor.person_id, at, "withdrawn")
        record(PersonRecused(subject=item.id, reason=form.reason))
    return item.id


@command(may_cast, on=items, lock=False)
def take_part(actor: Actor, item: WorkItem) -> int:
    """Having been asked whether one stands aside, say that one takes part all the same: it stands in the minutes. May
    be thought better of until the close."""
    line = _open_line(actor, item)[1]
    if not line.proposed:
        raise Forbidden(_(NOT_PROPOSED))
    if line.stayed_at is None:
        line.stayed_at = clock.now()
        session().flush()
        record(PersonStays(subject=item.id))
    return item.id


def _drop_proxies(item_id: int, person_id: int) -> None:
    """What they gave and what they hold ends; whose proxy they held votes again themselves. Locked: what somebody takes
    back in the same moment is theirs to end."""
    theirs = (Proxy.principal_id == person_id) | (Proxy.holder_id == person_id)
    query = select(Proxy).where(Proxy.item_id == item_id, theirs).order_by(Proxy.principal_id).with_for_update()
    for proxy in session().scalars(query.execution_options(populate_existing=True)).all():
        _give_back(proxy, person_id)


@command(may_cast, on=items, lock=False)
def ask_proxy(actor: Actor, item: WorkItem, form: AskProxy) -> int:
    """Ask somebody entitled to vote in one's place. It counts once they accept."""
    row, line = _open_line(actor, item)
    if row.proxies == 0:
        raise NotNow(_(NO_PROXIES))
    if line.cast_at is not None:
        raise NotNow(_(VOTED))
    if form.holder == actor.person_id:
        raise wrong("holder", _(ITSELF))
    other = session().get(Roll, (item.id, form.holder))
    if other is None or other.left_out is not None or other.recused_at is not None:
        raise wrong("holder", _(HOLDER_NOT))
    held = session().scalar(
        select(Proxy.principal_id).where(
            Proxy.item_id == item.id, Proxy.holder_id == actor.person_id, Proxy.accepted_at.is_not(None)
        )
    )
    if held is not None:
        raise NotNow(_(CHAIN))
    known = session().get(Proxy, (item.id, actor.person_id), with_for_update=True)
    if known is not None:
        _give_back(known, actor.person_id)
    session().add(Proxy(item_id=item.id, principal_id=actor.person_id, holder_id=form.holder, asked_at=clock.now()))
    session().flush()
    record(ProxyAsked(subject=item.id, holder=form.holder))
    return item.id


@command(may_cast, on=items, lock=False)
def accept_proxy(actor: Actor, item: WorkItem, principal_id: int) -> int:
    """Accept to vote for somebody who asked. From then on they do not vote themselves."""
    row, line = _open_line(actor, item, principal_id)
    own = on_roll(item.id, actor.person_id)  # two acceptances at once meet here, one after the other
    if own is not None and own.recused_at is not None:
        raise NotNow(_(RECUSED))
    proxy = session().get(Proxy, (item.id, principal_id), with_for_update=True)
    if proxy is None or proxy.holder_id != actor.person_id:
        raise Forbidden(_(NO_REQUEST))
    if proxy.accepted_at is not None:
        return item.id
    if line.cast_at is not None:
        raise NotNow(_(VOTED_THEMSELVES))
    given, taken = Proxy.principal_id == actor.person_id, Proxy.holder_id == principal_id
    if session().scalar(
        select(Proxy.holder_id).where(Proxy.item_id == item.id, given | taken, Proxy.accepted_at.is_not(None)).limit(1)
    ):
        raise NotNow(_(CHAIN))
    held = select(func.count()).where(
        Proxy.item_id == item.id, Proxy.holder_id == actor.person_id, Proxy.accepted_at.is_not(None)
    )
    if (session().scalar(held) or 0) >= row.proxies:
        raise NotNow(_(FULL, most=row.proxies))
    at = clock.now()
    end_vote_wait(item.id, principal_id, actor.person_id, at, "moved")
    name = in_language_of(principal_id)
    what, alone = _(FOR, name=name), row.substitutes == "nobody"
    wait = Wait(**vote_wait(item.id, actor.person_id, principal_id, at, item.due_on, what, alone=alone), version=1)
    session().add(wait)
    session().flush()
    proxy.accepted_at, proxy.wait_id = at, wait.id
    session().flush()
    record(ProxyAccepted(subject=item.id, principal=principal_id))
    return item.id


@command(may_cast, on=items, lock=False)
def end_proxy(actor: Actor, item: WorkItem, principal_id: int) -> int:
    """Take a proxy back, decline or lay down one that was asked of oneself: while nobody has voted under it."""
    _row, line = _open_line(actor, item, principal_id)
    proxy = session().get(Proxy, (item.id, principal_id), with_for_update=True)
    if proxy is None or actor.person_id not in (proxy.principal_id, proxy.holder_id):
        raise Forbidden(_(NO_REQUEST))
    if proxy.accepted_at is not None and line.cast_by == proxy.holder_id:
        raise NotNow(_(N_("The proxy has voted already.")))
    _give_back(proxy, actor.person_id)
    return item.id


def _give_back(proxy: Proxy, by_id: int) -> None:
    """The proxy is no more; whoever gave it votes again themselves."""
    at, accepted = clock.now(), proxy.accepted_at is not None
    if accepted:
        end_vote_wait(proxy.item_id, proxy.principal_id, by_id, at, "moved")
    principal, item_id, holder = proxy.principal_id, proxy.item_id, proxy.holder_id
    session().delete(proxy)
    session().flush()
    line = session().get(Roll, (item_id, principal))
    if accepted and line is not None and line.cast_at is None and line.recused_at is None:
        until = session().scalar(select(WorkItem.due_on).where(WorkItem.id == item_id))
        alone = session().get_one(Decision, item_id).substitutes == "nobody"
        session().add(Wait(**vote_wait(item_id, principal, holder, at, until, alone=alone), version=1))
    record(ProxyEnded(subject=item_id, principal=principal))
    session().flush()


def in_language_of(person_id: int) -> str:
    """The name of somebody in the language being spoken."""
    party = session().get_one(Party, person_id)
    return in_language(party.names, party.label)


def _open_line(actor: Actor, item: WorkItem, person_id: int | None = None) -> tuple[Decision, Roll]:
    """The decision while its vote is open, and somebody's line on the roll, locked. Raises with the reason."""
    row = decision_of(item, shared=True)
    refuse_not_open(actor, row, clock.of_database(session()))
    line = on_roll(item.id, person_id or actor.person_id)
    if line is None or line.left_out is not None:
        if person_id in (None, actor.person_id):
            raise Forbidden(_(NOT_ENTITLED))
        raise NotFound
    if line.recused_at is not None and line.person_id == actor.person_id:
        raise NotNow(_(RECUSED))
    return row, line
