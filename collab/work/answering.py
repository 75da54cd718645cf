"""Asking and answering: the words in the talk of the item and its wait, both in one transaction."""

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import Seen, anyone, open_command, session
from collab.messaging.commands import question_of, say
from collab.messaging.forms import Say
from collab.messaging.owners import Owner
from collab.people.models import Party

from .commands import answer, ask
from .forms import Answer, Ask
from .models import Wait
from .reactions import ITEM


@open_command(anyone)
def ask_with(actor: Actor, item: int | Seen, form: Ask) -> int:
    """Ask, and let the question stand in the talk of the item. Raises as `ask` does; both happen or neither."""
    wait_id = ask(actor, item, form)
    item_id = item.id if isinstance(item, Seen) else item
    if form.of is not None:
        say(actor, Owner(ITEM, item_id), Say(text=form.what, nonce=f"question-{wait_id}"), "question", wait_id)
    return wait_id


@open_command(anyone)
def answer_with(actor: Actor, wait_id: int, item_id: int | None, form: Answer, nonce: str) -> int:
    """Answer what was asked, in words. Raises as `answer` and `say` do; both happen or neither."""
    done = answer(actor, wait_id, form.arrived_on)
    if item_id is not None:
        talk = Owner(ITEM, item_id)
        words = Say(text=form.text, nonce=nonce, reply_to=question_of(talk, wait_id))
        say(actor, talk, words, "answer", wait_id, behalf=_outsider(wait_id))
    return done


def _outsider(wait_id: int) -> int | None:
    """Somebody outside who was awaited: what is written down are their words, not those of whoever writes."""
    return session().scalar(
        select(Party.id).join(Wait, Wait.of_id == Party.id).where(Wait.id == wait_id, Party.kind == "outsider")
    )
