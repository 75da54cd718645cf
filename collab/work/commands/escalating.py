"""Taking something up to the head above by hand, with a reason."""

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, Forbidden
from collab.core.i18n import N_, _

from ..desks import organisation_zone
from ..escalating.ladder import next_step
from ..escalating.offices import awaited_on, way_up
from ..escalating.surroundings import surroundings_of
from ..events import WaitEscalated
from ..forms import Escalate
from ..models import Wait
from ..policy import asked_for, may_escalate, waits
from .turning import lapse

NO_ITEM = N_("This is on no item, so there is nothing that could be taken up.")
FOR_NAMED = N_("This item is for named people only; it is not shown to a head above.")
NOBODY_ABOVE = N_("Nobody is left above to whom it could go: every head there is awaited, away or has it already.")


@command(may_escalate, on=waits)
def escalate(actor: Actor, wait: Wait, form: Escalate) -> int:
    """Put what is awaited before the next head above who is not awaited themselves. Returns the line on their day."""
    at = clock.now()
    around = surroundings_of([wait], at.astimezone(organisation_zone()))
    item = around.items.get(wait.item_id or 0)
    if item is None:
        raise Conflict(_(NO_ITEM))
    if not asked_for(actor, wait) and around.start(wait) not in actor.headed and item.desk_unit_id not in actor.headed:
        raise Forbidden
    if item.reach == "named":
        raise Conflict(_(FOR_NAMED))
    way = way_up(around.start(wait), around.today)
    step = next_step(way, awaited_on(item.id, around.today) | {actor.person_id}, around.passed(wait))
    if step is None:
        raise Conflict(_(NOBODY_ABOVE))
    level = around.standing(wait).level + 1
    line = lapse(wait, step.party, step.unit, level, at, by=actor.person_id, why=form.reason)
    record(WaitEscalated(subject=item.id, wait=wait.id, to=step.party, level=level, reason=form.reason))
    session().flush()
    return line.id
