"""Deciding by consent: objections with a reason, and how each ends.

Nobody votes yes. Until the close those entitled may object; an objection stands until the proposal was changed for it,
its author takes it back, or, only where the rule says so, the chair overrules it with reasons.
"""

from typing import Final

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Party
from collab.work.audience import today
from collab.work.models import WorkItem
from collab.work.policy import items

from .. import counting
from ..advice_events import ObjectionIntegrated, ObjectionMade, ObjectionOverruled, ObjectionWithdrawn
from ..advice_forms import MakeObjection, SettleObjection
from ..advice_models import Objection
from ..choices import CONSENTS, OBJECTS
from ..having import decision_of, on_roll
from ..models import Decision, Roll
from ..policy import may_cast, may_run
from ..refusals import NotNow, refuse_not_open
from .casting import NOT_ENTITLED, RECUSED, end_vote_wait
from .chairing import still_chairs

MOST_EACH: Final = 20
NO_CONSENT: Final = N_("This decision is not taken by consent; it is voted on.")
ENOUGH: Final = N_("You have objected %(most)s times here. Add the rest to one of them in the talk.")
NOT_YOURS: Final = N_("Whoever objected takes it back.")
SETTLED: Final = N_("This objection does not stand any more.")
NO_OVERRULING: Final = N_("By this rule nobody overrules an objection.")
NOT_CHAIR: Final = N_("Only the chair overrules an objection.")
OWN: Final = N_("The chair does not overrule an objection of their own.")


@command(may_cast, on=items)
def object_(actor: Actor, item: WorkItem, form: MakeObjection) -> int:
    """Object, with the reason. Whoever objected once may object again: to what the proposal was changed to, too."""
    line = _line(actor, _consenting(actor, item))
    known = select(func.count()).where(Objection.item_id == item.id, Objection.by_id == actor.person_id)
    if (session().scalar(known) or 0) >= MOST_EACH:
        raise wrong("reason", _(ENOUGH, most=MOST_EACH))
    at = clock.of_database(session())
    row = Objection(item_id=item.id, by_id=actor.person_id, reason=form.reason, at=at, state="open")
    session().add(row)
    _said(line, actor, OBJECTS)
    record(ObjectionMade(subject=item.id, objection=row.id, reason=form.reason))
    return row.id


@command(may_run, on=items)
def integrate(actor: Actor, item: WorkItem, objection_id: int, form: SettleObjection) -> int:
    """The proposal was changed for an objection: say how. Everybody entitled reads it, and may object to that."""
    _consenting(actor, item)
    row = _standing(item, objection_id)
    _settle(row, actor, "integrated", form.text)
    record(ObjectionIntegrated(subject=item.id, objection=row.id, by=row.by_id, how=form.text))
    return row.id


@command(may_cast, on=items)
def withdraw_objection(actor: Actor, item: WorkItem, objection_id: int) -> int:
    """Take one's objection back; whoever stands aside may still do so."""
    _consenting(actor, item)
    line = on_roll(item.id, actor.person_id)
    row = _standing(item, objection_id)
    if row.by_id != actor.person_id:
        raise Forbidden(_(NOT_YOURS))
    _settle(row, actor, "withdrawn", None)
    left = select(Objection.id).where(
        Objection.item_id == item.id, Objection.by_id == actor.person_id, Objection.state != "withdrawn"
    )
    if line is not None and line.recused_at is None and session().scalar(left.limit(1)) is None:
        _said(line, actor, CONSENTS)
    record(ObjectionWithdrawn(subject=item.id, objection=row.id))
    return row.id


@command(may_cast, on=items)
def overrule(actor: Actor, item: WorkItem, objection_id: int, form: SettleObjection) -> int:
    """Overrule an objection as chair, with reasons, where the rule says that one may."""
    decision = _consenting(actor, item)
    row = _standing(item, objection_id)
    if not decision.rule.get("overruling"):
        raise NotNow(_(NO_OVERRULING))
    if decision.chair_id != actor.person_id or not still_chairs(decision, today(session())):
        raise Forbidden(_(NOT_CHAIR))
    if row.by_id == actor.person_id:
        raise Forbidden(_(OWN))
    _settle(row, actor, "overruled", form.text)
    record(ObjectionOverruled(subject=item.id, objection=row.id, by=row.by_id, why=form.text))
    return row.id


def objections_counted(item_id: int) -> tuple[counting.Objection, ...]:
    """The objections as the counting knows them, by name, in the order in which they were made."""
    query = select(Party.label, Objection.state, Objection.settled).join(Party, Party.id == Objection.by_id)
    rows = session().execute(query.where(Objection.item_id == item_id).order_by(Objection.id))
    return tuple(counting.Objection(label, state, settled or "") for label, state, settled in rows)


def _consenting(actor: Actor, item: WorkItem) -> Decision:
    """The decision while objections may be made and settled. Raises Conflict with the reason."""
    row = decision_of(item)
    if row.rule["form"] != "consent":
        raise NotNow(_(NO_CONSENT))
    refuse_not_open(actor, row, clock.of_database(session()))
    return row


def _line(actor: Actor, row: Decision) -> Roll:
    line = on_roll(row.item_id, actor.person_id)
    if line is None or line.left_out is not None:
        raise Forbidden(_(NOT_ENTITLED))
    if line.recused_at is not None:
        raise Forbidden(_(RECUSED))
    return line


def _standing(item: WorkItem, objection_id: int) -> Objection:
    found = session().get(Objection, objection_id, with_for_update=True, populate_existing=True)
    if found is None or found.item_id != item.id:
        raise NotFound
    if found.state != "open":
        raise NotNow(_(SETTLED))
    return found


def _settle(row: Objection, actor: Actor, state: str, text: str | None) -> None:
    at = clock.of_database(session())  # asked before the row changes: a question writes what is half said
    row.state, row.settled, row.settled_at, row.settled_by = state, text, at, actor.person_id
    session().flush()


def _said(line: Roll, actor: Actor, choice: dict[str, bool]) -> None:
    at = clock.of_database(session())
    line.choice, line.cast_at, line.cast_by = dict(choice), at, actor.person_id
    session().flush()
    end_vote_wait(line.item_id, line.person_id, actor.person_id, at, "answered")
