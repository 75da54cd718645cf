"""The weights of criteria set by comparing each two of them."""

from typing import Final

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record
from collab.core.i18n import N_, _
from collab.work.ball import settle
from collab.work.models import WorkItem
from collab.work.policy import items

from ..comparing import Comparisons, weighed, weighing
from ..events import DecisionEdited
from ..having import preparing, touch
from ..policy import may_run
from ..refusals import NotNow

NO_CRITERIA: Final = N_("This decision is not weighed by criteria.")


@command(may_run, on=items)
def compare_criteria(actor: Actor, item: WorkItem, form: Comparisons) -> int:
    """Set the weights of the criteria by comparing each two of them; the comparisons stay with the rule."""
    row = preparing(item)
    criteria = row.rule.get("criteria")
    if not criteria:
        raise NotNow(_(NO_CRITERIA))
    rule = weighed(row.rule, weighing(len(criteria), form))
    if rule != row.rule:
        row.rule = rule
        touch(item)
        settle(item, actor.person_id, clock.now())
        record(DecisionEdited(subject=item.id, fields="rule"))
    return item.id
