"""Arguments about an option, or the question itself, by everybody who sees the decision, until the vote closes."""

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.work.models import WorkItem
from collab.work.policy import items

from ..events import ArgumentGiven, ArgumentWithdrawn
from ..forms import NewArgument
from ..having import ABOUT_OPTION, decision_of, option_ids
from ..models import DecisionArgument
from ..policy import may_argue, may_run
from ..presets import QUESTION_FORMS
from ..refusals import NotNow
from ..stages import ARGUED

MOST = 500
OVER = N_("The vote is closed; nothing more is argued.")
TOO_MANY = N_("There are enough arguments here; use the talk.")
ABOUT_QUESTION = N_("This vote has no options; argue about the question itself.")


@command(may_argue, on=items, lock=False)
def add_argument(actor: Actor, item: WorkItem, form: NewArgument) -> int:
    """Speak for or against an option; of yes or no, and by consent, for or against the question itself."""
    row = decision_of(item, shared=True)
    if row.stage not in ARGUED:
        raise NotNow(_(OVER))
    asked = row.rule["form"] in QUESTION_FORMS
    if (form.option is not None) if asked else (form.option not in option_ids(item.id)):
        raise wrong("option", _(ABOUT_QUESTION if asked else ABOUT_OPTION))
    known = session().scalar(select(func.count()).where(DecisionArgument.item_id == item.id)) or 0
    if known >= MOST:
        raise wrong("text", _(TOO_MANY))
    argument = DecisionArgument(
        item_id=item.id, option_id=form.option, side=form.side, text=form.text, by_id=actor.person_id, at=clock.now()
    )
    session().add(argument)
    session().flush()
    record(ArgumentGiven(subject=item.id, option=form.option or 0))
    return argument.id


@command(may_argue, on=items, lock=False)
def withdraw_argument(actor: Actor, item: WorkItem, argument_id: int) -> int:
    """Take an argument back: whoever gave it, and whoever runs the decision."""
    row = decision_of(item, shared=True)
    found = session().get(DecisionArgument, argument_id)
    if found is None or found.item_id != item.id:
        raise NotFound
    if found.by_id != actor.person_id and not may_run(actor, item):
        raise Forbidden
    if row.stage not in ARGUED:
        raise NotNow(_(OVER))
    record(ArgumentWithdrawn(subject=item.id, option=found.option_id or 0))
    session().delete(found)
    session().flush()
    return item.id
