"""Advice before a decision: asked of those it affects, given with a stance, and what became of it.

What is expected of whoever is asked is a wait of the work item: it stands on their day, is nudged and goes up by the
rules of the house. It ends with their advice, when the owner takes the question back, or when the vote opens.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden, Invalid, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _, in_language
from collab.people.models import Party
from collab.work.commands.waits import answered, ask, withdrawn
from collab.work.forms import Ask
from collab.work.models import Wait, WorkItem
from collab.work.policy import items

from ..advice_events import AdviceGiven, AdviceUsed
from ..advice_forms import AskAdvice, GiveAdvice, UseAdvice
from ..advice_models import Advice
from ..affected import affected
from ..having import decision_of, preparing, standing, touch
from ..policy import may_argue, may_run
from ..refusals import NotNow
from ..stages import UNOPENED

MOST: Final = 200
ASKED_ALREADY: Final = N_("%(name)s is asked already and has not answered yet.")
NO_SUCH: Final = N_("Choose a person, a post or a unit from the list.")
TOO_MANY: Final = N_("At most %(most)s are asked for advice on one decision.")
NOT_ASKED: Final = N_("This advice is not asked of you.")
OVER: Final = N_("Advice is no longer awaited here.")
OPENED: Final = N_("The vote is open: advice is given before it opens.")
SILENT: Final = N_("Nothing was advised here yet.")
DECIDED: Final = N_("This decision is over; what became of the advice stands fast.")


@command(may_run, on=items)
def ask_advice(actor: Actor, item: WorkItem, form: AskAdvice) -> list[int]:
    """Ask advice of units, posts or people, by a day. Returns the advice asked, one for each."""
    preparing(item)
    whom = list(dict.fromkeys(form.of))
    known = session().scalar(select(func.count()).where(Advice.item_id == item.id)) or 0
    if known + len(whom) > MOST:
        raise wrong("of", _(TOO_MANY, most=MOST))
    _refuse_asked(item, whom)
    because = {one.unit_id: one.because for one in affected(session(), actor, item.id, item.unit_id)}
    made = []
    for party in whom:
        wait = _asked(actor, item, party, form)
        row = Advice(item_id=item.id, wait_id=wait, of_id=party, because=because.get(party, "named"))
        session().add(row)
        session().flush()
        made.append(row.id)
    touch(item)
    return made


def _asked(actor: Actor, item: WorkItem, party: int, form: AskAdvice) -> int:
    try:
        return ask(actor, item.id, Ask(of=party, what=form.what, until=form.until), "advice")
    except Invalid as problem:
        raise Invalid(
            fields={{"of": "of", "until": "until"}.get(n, ""): said for n, said in problem.fields.items()}
        ) from None


def _refuse_asked(item: WorkItem, whom: list[int]) -> None:
    kinds = {
        row.id: row
        for row in session().execute(select(Party.id, Party.kind, Party.label, Party.names).where(Party.id.in_(whom)))
    }
    if any(party not in kinds or kinds[party].kind not in ("person", "post", "unit") for party in whom):
        raise wrong("of", _(NO_SUCH))
    awaited = (
        select(Advice.of_id)
        .join(Wait, Wait.id == Advice.wait_id)
        .where(Advice.item_id == item.id, Advice.of_id.in_(whom), Wait.ended_at.is_(None))
    )
    for party in session().scalars(awaited):
        raise wrong("of", _(ASKED_ALREADY, name=in_language(kinds[party].names, kinds[party].label)))


@command(may_argue, on=items)
def give_advice(actor: Actor, item: WorkItem, advice_id: int, form: GiveAdvice) -> int:
    """Give the advice that was asked, or word otherwise what one gave, until the vote opens."""
    row = decision_of(item)
    advice, wait = _advice(item, advice_id)
    if not (actor.acts_for(wait.of_id) or actor.acts_for(wait.taken_by) or advice.given_by == actor.person_id):
        raise Forbidden(_(NOT_ASKED))
    if row.stage not in UNOPENED:
        raise NotNow(_(OPENED))
    if wait.ended_at is not None and wait.ended_how != "answered":
        raise NotNow(_(OVER))
    advice.stance, advice.text = form.stance, form.text
    advice.given_at, advice.given_by = clock.now(), actor.person_id
    advice.used = advice.used_note = advice.used_at = advice.used_by = None
    session().flush()
    record(AdviceGiven(subject=item.id, advice=advice.id, stance=form.stance))
    if wait.ended_at is None:
        answered(actor, wait)
    return advice.id


@command(may_run, on=items)
def use_advice(actor: Actor, item: WorkItem, advice_id: int, form: UseAdvice) -> int:
    """Say what became of an advice, with a sentence to whoever gave it."""
    standing(item, ("draft", "discussion", "open", "closed", "decided"), DECIDED)
    advice, _wait = _advice(item, advice_id)
    if advice.stance is None:
        raise NotNow(_(SILENT))
    advice.used, advice.used_note = form.used, form.note
    advice.used_at, advice.used_by = clock.now(), actor.person_id or None
    session().flush()
    record(AdviceUsed(subject=item.id, advice=advice.id, adviser=advice.given_by, used=form.used))
    return advice.id


@command(may_run, on=items)
def take_back_advice(actor: Actor, item: WorkItem, advice_id: int) -> int:
    """No longer ask somebody for advice. That they were asked stays written down."""
    decision_of(item)
    _advice_row, wait = _advice(item, advice_id)
    if wait.ended_at is not None:
        raise NotNow(_(OVER))
    withdrawn(actor, wait)
    return advice_id


def _advice(item: WorkItem, advice_id: int) -> tuple[Advice, Wait]:
    """An advice on this decision with what is awaited, both locked. Raises NotFound."""
    found = session().get(Advice, advice_id, with_for_update=True, populate_existing=True)
    if found is None or found.item_id != item.id:
        raise NotFound
    return found, session().get_one(Wait, found.wait_id, with_for_update=True, populate_existing=True)


def end_advice(item_id: int, at: datetime) -> None:
    """The vote opens: advice is awaited no more. Who was silent stays written down as silent."""
    session().execute(
        update(Wait)
        .where(Wait.item_id == item_id, Wait.sense == "advice", Wait.ended_at.is_(None))
        .values(ended_at=at, ended_how="lapsed")
        .execution_options(synchronize_session=False)
    )
