"""Rules of retention and legal holds, and what is removed by a rule: a bounded batch at a time."""

from typing import Any, Final

from sqlalchemy import select, true
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import Reach, command, open_command, record, session
from collab.core.errors import Conflict, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.turns import beside, one_by_one
from collab.people.models import Unit
from collab.people.queries.today import today

from ..events import (
    ConversationHeld,
    ConversationHoldLifted,
    RetentionRuleLifted,
    RetentionRuleSet,
    UnitHeld,
    UnitHoldLifted,
)
from ..forms import Lifting, NewHold, RetentionForm
from ..keeping_models import LegalHold, RetentionRule
from ..models import Conversation
from ..policy import may_decide_keeping
from ..queries.keeping import ORGANISATION, held, rule_at
from ..retention import begins

NO_SUCH_TALK: Final = N_("There is no conversation of this number.")
NO_SUCH_UNIT: Final = N_("There is no such unit.")
HOLDS: Final = "legal-holds"
"""Placing one and deleting anything take turns."""
ONE_OF_BOTH: Final = N_("Name a conversation or a unit, one of both.")
IS_HELD: Final = N_("This conversation is under a legal hold: nothing in it can be deleted.")

legal_holds: Reach[LegalHold] = Reach(
    LegalHold, lambda actor: true() if may_decide_keeping(actor) else LegalHold.id.is_(None)
)


@open_command(may_decide_keeping)
def set_rule(actor: Actor, kind: str, form: RetentionForm) -> None:
    """Decide how long messages of a kind of conversation are kept; without a number for ever.

    A rule that is stricter than before removes nothing in the first seven days.
    """
    rule = session().get(RetentionRule, kind, with_for_update=True)
    was = rule.months if rule is not None else None
    if form.months == was:
        return
    if form.months is None:
        session().delete(rule)
        record(RetentionRuleLifted(subject=ORGANISATION, talk=kind, was=was or 0))
        return
    known = (rule.months, rule.begins_on) if rule is not None else None
    row: dict[str, Any] = {
        "kind": kind, "months": form.months, "begins_on": begins(today(), form.months, known),
        "set_by": actor.person_id, "set_at": clock.now(),
    }  # fmt: skip
    session().execute(insert(RetentionRule).values(row).on_conflict_do_update(index_elements=["kind"], set_=row))
    begin = row["begins_on"].isoformat()
    record(RetentionRuleSet(subject=ORGANISATION, talk=kind, months=form.months, was=was, begins=begin))


@open_command(may_decide_keeping)
def take_back_rule(actor: Actor, kind: str) -> None:
    """Undo a rule that removes nothing yet: the one that worked before works on, or they are kept for ever.

    Raises NotFound where no rule is to begin.
    """
    rule = session().get(RetentionRule, kind, with_for_update=True)
    if rule is None or rule.begins_on <= today():
        raise NotFound
    was, before = rule.months, rule_at(kind, today())
    if before is None:
        session().delete(rule)
        record(RetentionRuleLifted(subject=ORGANISATION, talk=kind, was=was))
        return
    rule.months, rule.begins_on, rule.set_by, rule.set_at = *before, actor.person_id, clock.now()
    begin = rule.begins_on.isoformat()
    record(RetentionRuleSet(subject=ORGANISATION, talk=kind, months=rule.months, was=was, begins=begin))


@open_command(may_decide_keeping)
def place_hold(actor: Actor, form: NewHold) -> int:
    """Place a legal hold: nothing is removed from this conversation, or from those of this unit and all below it."""
    if (form.conversation is None) == (form.unit is None):
        raise wrong("conversation", _(ONE_OF_BOTH))
    one_by_one(HOLDS, 0)  # what is being deleted now is finished first, or finds the hold
    if form.conversation is not None:
        found = select(Conversation.id).where(Conversation.id == form.conversation)
        if session().scalar(found) is None:
            raise wrong("conversation", _(NO_SUCH_TALK))
    elif session().scalar(select(Unit.id).where(Unit.id == form.unit)) is None:
        raise wrong("unit", _(NO_SUCH_UNIT))
    hold = LegalHold(
        conversation_id=form.conversation, unit_id=form.unit, reason=form.reason, placed_by=actor.person_id,
        placed_at=clock.now(),
    )  # fmt: skip
    session().add(hold)
    session().flush()
    if form.conversation is not None:
        record(ConversationHeld(subject=form.conversation, hold=hold.id, reason=form.reason))
    else:
        record(UnitHeld(subject=form.unit or 0, hold=hold.id, reason=form.reason))
    return hold.id


@command(may_decide_keeping, on=legal_holds)
def lift_hold(actor: Actor, hold: LegalHold, form: Lifting) -> None:
    """Lift a legal hold and say why; the rules of retention take what is due."""
    if hold.lifted_at is not None:
        return
    hold.lifted_at, hold.lifted_by = clock.now(), actor.person_id
    if hold.conversation_id is not None:
        record(ConversationHoldLifted(subject=hold.conversation_id, hold=hold.id, reason=form.reason))
    else:
        record(UnitHoldLifted(subject=hold.unit_id or 0, hold=hold.id, reason=form.reason))


def is_held(talk_id: int) -> bool:
    """Whether a conversation is under a legal hold. For commands."""
    return bool(session().scalar(select(held()).where(Conversation.id == talk_id)))


def refuse_when_held(talk_id: int) -> None:
    """Raises Conflict where nothing may be deleted. A hold that is being placed is waited for, and waits for what is
    being deleted."""
    beside(HOLDS, 0)
    if is_held(talk_id):
        raise Conflict(_(IS_HELD))
