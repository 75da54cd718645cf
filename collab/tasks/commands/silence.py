"""What follows from silence: carried out once, held back by whoever answers for the item, let count again."""

from typing import NamedTuple

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session, system
from collab.core.errors import Conflict
from collab.core.i18n import N_, _
from collab.work.commands import cancel, complete
from collab.work.desks import organisation_day
from collab.work.forms import Cancel, Complete
from collab.work.models import WorkItem
from collab.work.policy import is_open, items, may_change

from ..events import ItemSilenced, SilenceHeld, SilenceLet
from ..forms import Hold
from ..letters.commands import draft_letter
from ..letters.forms import LetterText
from ..models import DeadlineRule, PendingItem
from ..silence import Silence
from ..silencing import last_day_for

NOTHING = N_("The deadline rule of this item says nothing of silence.")


class Ready(NamedTuple):
    """What was made ready before: the letter, and the words of the outcome, in the organisation's language."""

    language: str
    to_id: int | None
    letter: LetterText
    words: str


@command(system, on=items)
def fall_silent(actor: Actor, item: WorkItem, ready: Ready) -> bool:
    """Nothing came in time: what the rule says happens, once, with a letter drafted. Whether it did: looked at again
    under lock, since something may have come meanwhile."""
    row = session().scalar(select(PendingItem).where(PendingItem.item_id == item.id).with_for_update())
    rule = session().get(DeadlineRule, row.rule_id) if row is not None and row.rule_id is not None else None
    if row is None or rule is None or rule.silence is None or row.silence != "counts" or item.kind != "pending":
        return False
    silence = silence_in_rule(rule)
    by = last_day_for(
        session(), silence, item.id, item.unit_id, item.due_on, item.state_kind, row.counterpart_id
    )  # fmt: skip
    if not is_open(item) or by is None or by >= organisation_day():
        return False
    row.silence = "done"
    letter = draft_letter(actor, item.id, ready.language, ready.to_id, ready.letter, silence.template_id)
    record(
        ItemSilenced(
            subject=item.id, by=by.isoformat(), outcome=silence.outcome, after=silence.after, days=silence.within,
            measure=silence.measure, rule=rule.id, letter=letter["id"], basis=silence.basis or rule.name,
        )
    )  # fmt: skip
    if silence.outcome == "closed":
        cancel(actor, item.id, Cancel(reason=ready.words))
    else:
        complete(actor, item.id, Complete(outcome=ready.words))
    return True


@command(may_change, on=items)
def hold_silence(_actor: Actor, item: WorkItem, form: Hold) -> int:
    """Hold back what would follow from silence, with the reason."""
    row = _row(item)
    if row.silence != "held":
        row.silence = "held"
        item.changed_at = clock.now()
        record(SilenceHeld(subject=item.id, reason=form.reason))
    return item.id


@command(may_change, on=items)
def let_silence(_actor: Actor, item: WorkItem) -> int:
    """Let silence count (again), also where it has closed the item once and it was opened again."""
    row = _row(item)
    if row.silence != "counts":
        row.silence = "counts"
        item.changed_at = clock.now()
        record(SilenceLet(subject=item.id))
    return item.id


def silence_in_rule(rule: DeadlineRule) -> Silence:
    """What a rule that says something of silence says."""
    return Silence(
        rule.silence, rule.silence_after, rule.silence_within or 0, rule.silence_measure,  # type: ignore[arg-type]
        rule.silence_basis or "", rule.silence_template_id,
    )  # fmt: skip


def _row(item: WorkItem) -> PendingItem:
    row = session().scalar(select(PendingItem).where(PendingItem.item_id == item.id).with_for_update())
    rule = session().get(DeadlineRule, row.rule_id) if row is not None and row.rule_id is not None else None
    if row is None or rule is None or rule.silence is None or not is_open(item):
        raise Conflict(_(NOTHING))
    return row
