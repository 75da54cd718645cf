"""A show of hands is typed in: its numbers close the vote and are counted by its rule."""

from datetime import datetime
from typing import Final

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _, ngettext
from collab.work.models import WorkItem
from collab.work.policy import items

from ..events import HandsCounted
from ..forms import CountHands
from ..hands import by_hands, hands_in
from ..having import decision_of
from ..models import Decision
from ..policy import may_cast, may_run
from ..refusals import NotNow, refuse_not_open
from .closing import close, entitled_of, roll_of

NOT_YOURS: Final = N_("The numbers are typed in by the chair, or by whoever runs the vote.")
BY_BALLOT: Final = N_("In this vote everybody casts a ballot of their own; there are no numbers to type in.")
ONCE: Final = N_("The numbers were typed in already. They stand as they are; look at the result.")


@command(may_cast, on=items)
def count_hands(actor: Actor, item: WorkItem, form: CountHands) -> int:
    """Type in how many hands were shown, once; the vote closes and is counted. For its chair and whoever runs it."""
    row, at = decision_of(item), clock.of_database(session())
    if not may_run(actor, item) and (row.chair_id is None or row.chair_id != actor.person_id):
        raise Forbidden(_(NOT_YOURS))
    if not by_hands(row.rule):
        raise NotNow(_(BY_BALLOT))
    if hands_in(row.result):
        raise NotNow(_(ONCE))
    refuse_not_open(actor, row, at)
    return _count(actor, item, row, form, at)


def _count(actor: Actor, item: WorkItem, row: Decision, form: CountHands, at: datetime) -> int:
    """Close with these numbers. Raises Invalid where there are more of them than people who may raise a hand."""
    lines = roll_of(item.id)
    able, shown = len(entitled_of(lines)[0]), form.yes + form.no + form.abstained
    if shown > able:
        raise wrong(
            "yes",
            ngettext(
                "These are %(shown)s hands, and only %(able)s person is present and entitled.",
                "These are %(shown)s hands, and only %(able)s people are present and entitled.",
                able,
                shown=digits(shown),
                able=digits(able),
            ),
        )
    numbers = form.model_dump()
    record(HandsCounted(subject=item.id, **numbers))
    return close(item, row, lines, at, numbers | {"by": actor.person_id, "at": at.isoformat()})
