"""What follows from what happened to a decision: pages ask again, people hear, and what waited for it waits no more."""

from typing import Any, Final

from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.envelope import session
from collab.core.reactions import Told, reacts
from collab.core.realtime import hint
from collab.feed.audience import people_behind
from collab.feed.hearing import Hearing
from collab.feed.reactions import MINE, MY_DAY, tell_people
from collab.people.queries.today import today
from collab.work.audience import named_rooms, rooms_of
from collab.work.commands import end_waits_for
from collab.work.escalating.offices import way_up
from collab.work.models import Wait, WorkItem
from collab.work.reactions import ITEM

from . import advice_events as advice
from . import events
from .commands import end_awaiting, end_where_few_are_left, supersede
from .forms import Supersede
from .models import Decision, Roll
from .stages import STANDING

TURNOUT: Final = "turnout"
_CHANGES: Final = (
    events.DecisionEdited, events.OptionAdded, events.OptionChanged, events.OptionRemoved, events.ArgumentGiven,
    events.ArgumentWithdrawn, events.EvidenceGiven, events.EvidenceRemoved,
    events.StageChanged, events.VoteOpened, events.PersonRecused, events.PersonStays,
    events.HandsCorrected,
    events.ProxyAsked, events.ProxyAccepted, events.ProxyEnded, events.VoteClosed, events.TieBroken,
    events.DecisionTaken, events.ChairPassedOn,
    events.DecisionCancelled, events.VoteUnopened, events.DecisionCarriedOut, events.DecisionSuperseded,
    events.DissentGiven, events.DissentTakenBack,
    events.DecisionDueAgain, events.DecisionLookedAt, events.DecisionRevised,
    events.FollowUpMade, advice.AdviceGiven, advice.AdviceUsed, advice.ObjectionMade, advice.ObjectionIntegrated,
    advice.ObjectionWithdrawn, advice.ObjectionOverruled, advice.VoteExtended,
)  # fmt: skip
_DAYS: Final = (
    events.VoteOpened, events.VoteClosed, events.PersonRecused, events.ProxyAccepted, events.ProxyEnded,
    events.DecisionTaken, events.DecisionCancelled, events.VoteUnopened, events.TieBroken,
    events.DecisionDueAgain, events.ChairPassedOn,
    events.DecisionLookedAt, events.DecisionRevised, events.DecisionSuperseded, events.HandsCorrected,
    advice.VoteExtended,
)  # fmt: skip


@reacts(*_CHANGES)
def hint_readers(told: Told) -> None:
    """Whoever has the decision on the screen asks again."""
    hint(rooms_of(session(), told.fact.subject), ITEM, told.fact.subject)


@reacts(events.BallotCast, events.PersonRecused, advice.ObjectionMade, advice.ObjectionWithdrawn)
def hint_turnout(told: Told) -> None:
    """The turnout moved. The hint says of which decision and nothing else."""
    hint(rooms_of(session(), told.fact.subject), TURNOUT, told.fact.subject)


@reacts(*_DAYS)
def hint_days(told: Told) -> None:
    """What is expected changed for everybody on the roll, and for whoever runs it."""
    closed = named_rooms(session(), told.fact.subject)
    hint(closed if closed is not None else rooms_of(session(), told.fact.subject), MY_DAY, MINE)


@reacts(events.BallotCast, advice.ObjectionMade)
def hint_own_day(told: Told) -> None:
    """The vote is off the day of whoever cast it."""
    hint([f"self:{told.actor_id}"], MY_DAY, MINE)


@reacts(events.VoteClosed)
def end_what_waited(told: Told) -> None:
    """What waited for the vote waits no more; where much did, sweeps end the rest."""
    end_awaiting(SYSTEM, told.fact.subject)


@reacts(events.DecisionCancelled, events.VoteUnopened)
def end_what_waits_in_vain(told: Told) -> None:
    """There will be no vote: nothing waits for it."""
    end_waits_for(told.fact.subject)


@reacts(events.PersonRecused)
def end_what_would_tell(told: Told) -> None:
    """So many stood aside that a confidential vote would tell how the rest voted: it ends."""
    end_where_few_are_left(SYSTEM, told.fact.subject)


@reacts(events.DecisionTaken)
def take_the_place(told: Told) -> None:
    """A decision that was drafted to revise another takes its place once it is decided."""
    # Meanwhile a corrected show of hands may have taken the outcome back; it is told again with the next.
    revised = select(Decision.revises_id).where(
        Decision.item_id == told.fact.subject, Decision.stage.in_((*STANDING, "superseded"))
    )
    before = session().scalar(
        select(Decision.item_id).where(Decision.item_id == revised.scalar_subquery(), Decision.stage.in_(STANDING))
    )
    if before is not None:
        supersede(SYSTEM, before, Supersede(item=str(told.fact.subject)))


@reacts(events.StageChanged, events.VoteOpened, events.VoteClosed, events.HandsCorrected, events.VotersReminded,
        events.DecisionCancelled, events.VoteUnopened, events.DecisionTaken, events.ChairPassedOn, events.ProxyAsked,
        events.DecisionDueAgain, advice.AdviceUsed, advice.ObjectionMade, advice.ObjectionIntegrated,
        advice.ObjectionOverruled, advice.VoteExtended, notifies=True)  # fmt: skip
def tell_voters(told: Told) -> None:
    """Whoever may open it hears of it; those entitled hear that the vote is open; those who have not voted are
    reminded; all hear how it ended."""
    heard = _hearing(told)
    if heard is not None:
        tell_people(told, heard)


def _hearing(told: Told) -> Hearing | None:
    fact: Any = told.fact
    if isinstance(fact, events.StageChanged):
        return _opens(fact.subject, told.actor_id) if fact.stage == "discussion" else None
    if isinstance(fact, events.ProxyAsked):
        return Hearing(fact.subject, ((fact.holder, "proxy-asked"),)) if fact.holder else None
    if isinstance(fact, events.ChairPassedOn):
        awaited = fact.to is not None and fact.to in _awaited_chair(fact.subject)
        return Hearing(fact.subject, ((fact.to or 0, "chairs-tie" if awaited else "chairs"),))
    if isinstance(fact, advice.AdviceUsed):
        return Hearing(fact.subject, ((fact.adviser, "advice-used"),)) if fact.adviser else None
    if isinstance(fact, advice.ObjectionMade):
        return Hearing(fact.subject, (), "objected")
    if isinstance(fact, advice.ObjectionIntegrated):
        others = tuple(one for one in _on_roll(fact.subject, "proposal-changed") if one[0] != fact.by)
        return Hearing(fact.subject, (((fact.by, "objection-integrated"),) if fact.by else ()) + others)
    if isinstance(fact, advice.ObjectionOverruled):
        return Hearing(fact.subject, ((fact.by, "overruled"),)) if fact.by else None
    if isinstance(fact, advice.VoteExtended):
        return Hearing(fact.subject, _on_roll(fact.subject, "vote-extended", missing=True))
    if isinstance(fact, events.VoteOpened):
        asked = tuple((person, "aside-asked") for person in _proposed(fact.subject))
        return Hearing(fact.subject, _on_roll(fact.subject, "vote-opened") + asked)
    if isinstance(fact, events.VotersReminded):
        return Hearing(fact.subject, _on_roll(fact.subject, "nudged", missing=True))
    if isinstance(fact, events.DecisionDueAgain):
        return Hearing(fact.subject, ((fact.of, "revisit"),)) if fact.of else None
    if isinstance(fact, events.HandsCorrected):
        even = tuple((chair, "tie") for chair in _awaited_chair(fact.subject))
        return Hearing(fact.subject, _on_roll(fact.subject, "hands-corrected") + even, "hands-corrected")
    if isinstance(fact, events.VoteClosed):
        even = tuple((chair, "tie") for chair in _awaited_chair(fact.subject))
        return Hearing(fact.subject, _on_roll(fact.subject, "vote-closed") + even, "vote-closed")
    if isinstance(fact, events.DecisionTaken):
        return Hearing(fact.subject, _on_roll(fact.subject, "decided"), "decided")
    how = "unopened" if isinstance(fact, events.VoteUnopened) else "cancelled"
    return Hearing(fact.subject, _on_roll(fact.subject, how), how)


def _opens(item_id: int, by_id: int | None) -> Hearing | None:
    """Whoever heads the unit opens the vote, or the next unit above that anybody heads; unless one of them put it up
    for discussion."""
    unit = session().scalar(select(WorkItem.unit_id).where(WorkItem.id == item_id))
    above = list(dict.fromkeys(office.unit for office in way_up(unit, today()))) if unit else []
    heads = people_behind(session(), above)
    opens = next((one for one in above if heads.get(one)), None)
    if opens is None or by_id in heads[opens]:
        return None
    return Hearing(item_id, ((opens, "to-open"),))


def _awaited_chair(item_id: int) -> list[int]:
    """The chair, where their word is awaited."""
    query = select(Wait.of_id).where(Wait.item_id == item_id, Wait.sense == "tie", Wait.ended_at.is_(None))
    return [chair for chair in session().scalars(query) if chair is not None]


def _proposed(item_id: int) -> list[int]:
    """Who is asked whether they stand aside."""
    query = select(Roll.person_id).where(Roll.item_id == item_id, Roll.proposed.is_not(None), Roll.recused_at.is_(None))
    return list(session().scalars(query.order_by(Roll.person_id)))


def _on_roll(item_id: int, reason: str, *, missing: bool = False) -> tuple[tuple[int, str], ...]:
    query = select(Roll.person_id).where(Roll.item_id == item_id, Roll.left_out.is_(None), Roll.recused_at.is_(None))
    if missing:
        query = query.where(Roll.cast_at.is_(None))
    return tuple((person, reason) for person in session().scalars(query.order_by(Roll.person_id)))


reactions: Final = (
    hint_readers, hint_turnout, hint_days, hint_own_day, end_what_waited, end_what_waits_in_vain, end_what_would_tell,
    take_the_place,    tell_voters,
)  # fmt: skip
