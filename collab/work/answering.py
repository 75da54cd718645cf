"""Asking and answering: the words in the talk of the item and its wait, both in one transaction."""

from sqlalchemy import select

from collab.core.actor import SYSTEM, Actor
from collab.core.envelope import Seen, anyone, open_command, record, session, system
from collab.core.errors import NotFound, Over
from collab.core.forms import parse
from collab.core.i18n import N_, _, listed
from collab.messaging.commands import question_of, say, was_sent
from collab.messaging.forms import Say
from collab.messaging.owners import Owner
from collab.people.models import Party

from .commands import answer, ask
from .events import AnswerMailed
from .forms import Answer, Ask
from .mail_reading import Mailed, literal
from .models import AnswerAddress, Wait, WorkItem
from .reactions import ITEM

BY_MAIL = N_("By e-mail from %(sender)s: %(subject)s")
MOST_SAID = 19_900  # a message has 20,000
LEFT_ASIDE = N_("With files that are not kept here: %(names)s")


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
    """Answer what was asked, in words. Raises as `answer` and `say` do; both happen or neither.

    The same words of the same person under the same nonce change nothing, and are no refusal.
    """
    if item_id is None:
        return answer(actor, wait_id, form.arrived_on)
    talk = Owner(ITEM, item_id)
    said = {"text": form.text, "nonce": nonce, "reply_to": question_of(talk, wait_id)}
    words = parse(Say, said, typed=True)  # a nonce is of whoever sends it
    try:
        done = answer(actor, wait_id, form.arrived_on)
    except Over:
        if was_sent(actor, talk, words):
            return wait_id
        raise
    say(actor, talk, words, "answer", wait_id, behalf=_outsider(wait_id))
    return done


@open_command(system)
def answer_by_mail(_actor: Actor, wait_id: int, secret_hash: bytes, writer: Actor, came: Mailed) -> bool:
    """Take an e-mail as the answer to what was asked of somebody outside: the words stand in the talk, written down as
    by `writer`, who made the address. Speaks the language that is being spoken.

    The same message again changes nothing. Whether it was taken: an automatic or empty one is no answer. Raises
    NotFound when the address is another by now, nothing is awaited any more, or the writer may not write there.
    """
    # The item first, as every command that goes on to a question of it.
    item = select(WorkItem.id).join(Wait, Wait.item_id == WorkItem.id).where(Wait.id == wait_id)
    session().execute(item.with_for_update(of=WorkItem, key_share=True))
    address = select(AnswerAddress).where(
        AnswerAddress.wait_id == wait_id,
        AnswerAddress.secret_hash == secret_hash,
        AnswerAddress.made_by == writer.person_id,
    )
    row = session().scalar(address.with_for_update())
    wait = session().get(Wait, wait_id)
    if row is None or wait is None or wait.item_id is None:
        raise NotFound
    if row.taken == came.key:
        return True
    if wait.ended_at is not None:
        raise NotFound
    if not came.says:
        return False
    row.taken = came.key
    answer(SYSTEM, wait_id)
    record(AnswerMailed(subject=wait.item_id, wait=wait_id, awaited=wait.of_id, sender=came.sender))
    talk = Owner(ITEM, wait.item_id)
    words = Say(text=_words(came), nonce=f"mailed-{wait_id}-{came.key.hex()[:16]}", reply_to=question_of(talk, wait_id))
    say(writer, talk, words, "answer", wait_id, behalf=wait.of_id)
    return True


def _words(came: Mailed) -> str:
    said = [_(BY_MAIL, sender=literal(came.sender), subject=literal(came.subject) or "—")]
    if came.files:
        said.append(_(LEFT_ASIDE, names=listed(map(literal, came.files))))
    whole = "\n\n".join([*said, literal(came.text)]).rstrip()
    return whole if len(whole) <= MOST_SAID else whole[:MOST_SAID].rstrip("\\") + " …"


def _outsider(wait_id: int) -> int | None:
    """Somebody outside who was awaited: what is written down are their words, not those of whoever writes."""
    return session().scalar(
        select(Party.id).join(Wait, Wait.of_id == Party.id).where(Wait.id == wait_id, Party.kind == "outsider")
    )
