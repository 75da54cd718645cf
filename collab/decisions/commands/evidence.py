"""Files that speak for or against an option, or about the question itself, by everybody who may argue."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import command, record, session
from collab.core.files import Store
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.files.models import Attachment
from collab.files.placing import Arrived, place
from collab.work.models import WorkItem
from collab.work.policy import items

from ..events import EvidenceGiven
from ..evidence import OPTION, OVER, QUESTION, beside
from ..forms import EvidenceFor
from ..having import ABOUT_OPTION, decision_of, option_ids
from ..policy import may_argue
from ..refusals import NotNow
from ..stages import ARGUED

MOST: Final = 500
TOO_MANY = N_("A decision has at most %(most)s files as evidence. Remove some.")


@command(may_argue, on=items)
def give_evidence(
    actor: Actor, item: WorkItem, form: EvidenceFor, keeper: Store, arrived: Sequence[Arrived]
) -> list[int]:
    """Put files beside an option, or beside the question: all of them or none. A name known there becomes its next
    version. Gives their ids."""
    options = option_ids(item.id)
    if form.option is not None and form.option not in options:
        raise wrong("option", _(ABOUT_OPTION))
    if decision_of(item, shared=True).stage not in ARGUED:
        raise NotNow(_(OVER))
    if _number(item.id, options) + len(arrived) > MOST:
        raise wrong("file", _(TOO_MANY, most=digits(MOST)))
    kind, owner = (QUESTION, item.id) if form.option is None else (OPTION, form.option)
    made = []
    for each in arrived:
        placed = place(actor, keeper, kind, owner, each.taken, each.nonce)
        if placed.new:
            it = EvidenceGiven(
                subject=item.id, option=form.option or 0, file=placed.id, version=placed.version, name=placed.name
            )
            record(it)
        made.append(placed.id)
    return made


def _number(item_id: int, options: Sequence[int]) -> int:
    """How many files there are already, former versions among them."""
    return session().scalar(select(func.count(Attachment.id)).where(beside(item_id, options))) or 0
