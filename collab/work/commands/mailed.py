"""The address under which an e-mail answers a question: made, made anew, withdrawn."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict
from collab.core.i18n import N_, _
from collab.people.models import Party

from ..events import AnswerAddressClosed, AnswerAddressOpened
from ..models import AnswerAddress, Wait
from ..policy import may_withdraw, waits

ONLY_OUTSIDE = N_("Only what is awaited of somebody outside is answered by e-mail.")


@command(may_withdraw, on=waits)
def open_answer_address(actor: Actor, wait: Wait, secret_hash: bytes) -> int:
    """Make the address under which an e-mail answers this question; the one before ends. Returns the question; the
    secret is known to the caller alone. Raises Conflict where somebody of the house is awaited."""
    kind = session().scalar(select(Party.kind).where(Party.id == wait.of_id))
    if kind != "outsider" or wait.sense != "answer" or wait.item_id is None:
        raise Conflict(_(ONLY_OUTSIDE))
    row = {"wait_id": wait.id, "secret_hash": secret_hash, "made_by": actor.person_id, "created_at": clock.now()}
    session().execute(insert(AnswerAddress).values(row).on_conflict_do_update(index_elements=["wait_id"], set_=row))
    record(AnswerAddressOpened(subject=wait.item_id, wait=wait.id, awaited=wait.of_id), quiet=True)
    return wait.id


@command(may_withdraw, on=waits)
def close_answer_address(_actor: Actor, wait: Wait) -> int:
    """Withdraw it: nothing that comes to it is an answer any more. Returns the question."""
    gone = delete(AnswerAddress).where(AnswerAddress.wait_id == wait.id).returning(AnswerAddress.wait_id)
    if session().scalar(gone) is not None:
        record(AnswerAddressClosed(subject=wait.item_id or 0, wait=wait.id, awaited=wait.of_id), quiet=True)
    return wait.id
