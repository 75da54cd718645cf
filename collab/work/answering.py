"""An answer is two things in one transaction: words in the talk of the item, and the end of the wait."""

from collab.core.actor import Actor
from collab.core.envelope import anyone, open_command
from collab.messaging.commands import say
from collab.messaging.forms import Say
from collab.messaging.owners import Owner

from .commands import answer
from .forms import Answer
from .reactions import ITEM


@open_command(anyone)
def answer_with(actor: Actor, wait_id: int, item_id: int | None, form: Answer, nonce: str) -> int:
    """Answer what was asked, in words. Raises as `answer` and `say` do; both happen or neither."""
    done = answer(actor, wait_id)
    if item_id is not None:
        say(actor, Owner(ITEM, item_id), Say(text=form.text, nonce=nonce), "answer", wait_id)
    return done
