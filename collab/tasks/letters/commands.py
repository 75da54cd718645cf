"""The verbs of letters: drafted, changed, made into a PDF, sent, thrown away."""

from typing import Any

from sqlalchemy import delete, func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.files.papers import want_paper
from collab.work.answering import ask_with
from collab.work.forms import Ask
from collab.work.models import WorkItem
from collab.work.on_behalf import behalf
from collab.work.policy import is_open, items, may_change

from .events import LetterDiscarded, LetterDrafted, LetterSent
from .forms import LetterText, Sending
from .models import Letter
from .policy import letters, may_write

ITEM = "work-item"
MOST_LETTERS = 200
SENT = N_("This letter was sent; it stays as it is. Draft another one.")
TOO_MANY = N_("There are %(most)s letters on this item already.")
NOT_YET = N_("This day has not come yet.")
NOBODY = N_("It is addressed to no counterpart, so no answer can be awaited; ask with “Wait for…”.")
CLOSED = N_("This item is finished; nothing more can be asked on it.")
ANSWER_TO = N_("Answer to our letter “%(subject)s”")


@command(may_change, on=items)
def draft_letter(
    actor: Actor, item: WorkItem, language: str, to: int | None, text: LetterText, template: int | None = None
) -> dict[str, int]:
    """Draft a letter of an item. Returns its id and its number among the letters of the item."""
    last = session().scalar(select(func.max(Letter.number)).where(Letter.item_id == item.id)) or 0
    if last >= MOST_LETTERS:
        raise Conflict(_(TOO_MANY, most=MOST_LETTERS))
    letter = Letter(
        item_id=item.id, number=last + 1, template_id=template, language=language, to_id=to, to_text=text.to,
        subject=text.subject, body=text.body, signer=text.signer, created_by=actor.person_id or None,
        created_at=clock.now(), version=1,
    )  # fmt: skip
    session().add(letter)
    session().flush()
    record(
        LetterDrafted(subject=item.id, letter=letter.id, subject_line=text.subject),
        on_behalf_of=behalf(actor, item.holder_id),
    )
    return {"id": letter.id, "number": letter.number}


@command(may_write, on=letters)
def change_letter(actor: Actor, letter: Letter, text: LetterText) -> int:
    """Change what a draft says."""
    _item_of(actor, letter)
    letter.to_text, letter.subject, letter.body, letter.signer = text.to, text.subject, text.body, text.signer
    return letter.id


@command(may_write, on=letters)
def discard_letter(actor: Actor, letter: Letter) -> int:
    """Throw a draft away. PDFs that were made of it stay among the files."""
    item = _item_of(actor, letter)
    record(LetterDiscarded(subject=item.id, letter=letter.id, subject_line=letter.subject))
    session().execute(delete(Letter).where(Letter.id == letter.id))
    session().expunge(letter)
    return item.id


@command(may_write, on=letters)
def print_letter(actor: Actor, letter: Letter, sheet: dict[str, Any], name: str) -> int:
    """Ask for the PDF of a letter; a job makes it a file of the item. The same version twice is one. Returns the
    paper."""
    item = _item_of(actor, letter, sent_too=True)
    if letter.paper_id is not None and letter.paper_version == letter.version:
        return letter.paper_id
    made = want_paper(actor, "letter", sheet, name, (ITEM, item.id))
    letter.paper_id, letter.paper_version = made, letter.version + 1  # asking raises the version by one
    return made


@command(may_write, on=letters)
def send_letter(actor: Actor, letter: Letter, form: Sending, today: Any) -> int:
    """Write down that a letter was sent; an answer may be awaited from then on."""
    item = _item_of(actor, letter)
    if form.on > today:
        raise wrong("on", _(NOT_YET))
    letter.sent_on, letter.sent_at, letter.sent_by = form.on, clock.now(), actor.person_id or None
    letter.protocol_number = form.protocol_number
    record(
        LetterSent(
            subject=item.id, letter=letter.id, to=letter.to_id, on=form.on.isoformat(), subject_line=letter.subject,
            protocol=form.protocol_number or "–",
        ),
        on_behalf_of=behalf(actor, item.holder_id),
    )  # fmt: skip
    if form.answer_until is not None:
        letter.wait_id = _await_answer(actor, item, letter, form)
    return letter.id


def _await_answer(actor: Actor, item: WorkItem, letter: Letter, form: Sending) -> int:
    if letter.to_id is None:
        raise wrong("answer_until", _(NOBODY))
    if not is_open(item):
        raise wrong("answer_until", _(CLOSED))
    what = _(ANSWER_TO, subject=letter.subject)
    ask = Ask(of=letter.to_id, what=what, until=form.answer_until, stops_clock=form.stops_clock)
    return ask_with(actor, item.id, ask)


def _item_of(actor: Actor, letter: Letter, *, sent_too: bool = False) -> WorkItem:
    """The item of a letter, if the actor may change it and the letter is still a draft. Raises Forbidden, Conflict."""
    item = session().get_one(WorkItem, letter.item_id)
    if not may_change(actor, item):
        raise Forbidden
    if letter.sent_at is not None and not sent_too:
        raise Conflict(_(SENT))
    return item
