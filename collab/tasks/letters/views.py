"""Letters of an item: chosen from a template, written on, made into a PDF, written down as sent."""

from typing import Any

from flask import Response

from collab.core.actor import Actor
from collab.core.dates import digits, shown
from collab.core.errors import Forbidden, Invalid, Stale
from collab.core.forms import parse
from collab.core.i18n import N_, _, listed
from collab.people.queries.today import today
from collab.people.views.entry import seen, sent
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, go, reasons_of, show
from collab.work.policy import may_change
from collab.work.queries.items import find_item
from collab.work.queries.shapes import Item

from ..views import pages
from . import commands, queries
from .drafting import drafted
from .forms import LANGUAGES, LetterText, NewLetter, Sending, Then
from .paper import name_of, sheet_of
from .placeholders import dots_in

DRAFTED, SAVED, GONE = N_("The letter is drafted. Read it, then make the PDF."), N_("Saved."), N_("The draft is gone.")
TO, SUBJECT, TEXT, SIGNER = N_("To"), N_("Subject"), N_("Text"), N_("Who signs")
DRAFTED_WITH_DOTS = N_("The letter is drafted. Dots stand where the item does not say: %(names)s.")
STILL_DOTS = N_("Saved. The PDF is not made yet: dots still stand where something is missing.")
SENT, MAKING = N_("Written down as sent."), N_("The PDF is being made; it will stand among the files of the item.")


@door(pages, "GET /work-items/<ref:item>/letters/new")
def new_letter(item: str) -> Response:
    """A form for a letter: from which template, in which language."""
    return _choose(actor(), find_item(actor(), item))


@door(pages, "POST /work-items/<ref:item>/letters", takes=NewLetter)
def draft_letter(item: str) -> Response:
    """Draft a letter of an item from a template."""
    who, found, typed = actor(), find_item(actor(), item), entered()
    try:
        form = parse(NewLetter, typed)
        draft = drafted(who, found, form.template, form.language)
        made = commands.draft_letter(who, found.id, draft.language, draft.to_id, draft.text, form.template)
    except Invalid as problem:
        return _choose(who, found, typed, reasons_of(problem), 422)
    said = _(DRAFTED_WITH_DOTS, names=listed(draft.missing)) if draft.missing else _(DRAFTED)
    return go(f"/letters/{made['id']}", said)


def _choose(
    who: Actor, item: Item, typed: dict[str, Any] | None = None, errors: dict[str, list[str]] | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    if not may_change(who, item):  # type: ignore[arg-type]
        raise Forbidden
    found = queries.templates_in(who, {item.unit.id, item.desk.id})
    return show(
        "tasks/letters/new.html",
        status=status,
        item=item,
        typed=typed or {},
        errors=errors or {},
        templates={"": _("An empty letter")} | {str(each.id): each.name for each in found},
        languages={"": _("As the template is written")} | {code: _(name) for code, name in LANGUAGES.items()},
        manages=bool(who.headed) or who.is_administrator,
    )


@door(pages, "GET /letters/<id:letter_id>")
def letter(letter_id: int) -> Response:
    """A letter: its text, its PDF, and that it was sent."""
    return _page(letter_id)


@door(pages, "PATCH /letters/<id:letter_id>", takes=LetterText)
def change_letter(letter_id: int) -> Response:
    """Change what a draft says, and make its PDF where that was asked for."""
    found, then = queries.find_letter(actor(), letter_id), asked(Then).then
    try:
        text = sent(LetterText)
        if not then or text != _text_of(found):
            commands.change_letter(actor(), seen(letter_id), text)
    except Invalid as problem:
        return _page(letter_id, entered(), reasons_of(problem), 422)
    except Stale as problem:
        return _page(letter_id, entered(), {"": [problem.sentence()]}, 412)
    if then == "paper" and dots_in(text.to, text.subject, text.body, text.signer):
        return go(f"/letters/{letter_id}#letter-dots", _(STILL_DOTS))
    return print_letter(letter_id) if then else go(f"/letters/{letter_id}", _(SAVED))


@door(pages, "DELETE /letters/<id:letter_id>")
def discard_letter(letter_id: int) -> Response:
    """Throw a draft away."""
    found = queries.find_letter(actor(), letter_id)
    commands.discard_letter(actor(), letter_id)
    return go(f"/work-items/{found.reference}", _(GONE))


@door(pages, "POST /letters/<id:letter_id>/papers")
def print_letter(letter_id: int) -> Response:
    """Ask for the PDF of a letter."""
    who = actor()
    found = queries.find_letter(who, letter_id)
    item = find_item(who, found.item_id)
    commands.print_letter(who, letter_id, sheet_of(who, item, found), name_of(found))
    return go(f"/letters/{letter_id}", _(MAKING))


@door(pages, "POST /letters/<id:letter_id>/sending", takes=Sending)
def send_letter(letter_id: int) -> Response:
    """Write down that a letter was sent, and await an answer if one is expected."""
    queries.find_letter(actor(), letter_id)
    try:
        commands.send_letter(actor(), letter_id, parse(Sending, entered()), today())
    except Invalid as problem:
        return _page(letter_id, None, reasons_of(problem), 422, entered())
    return go(f"/letters/{letter_id}", _(SENT))


def _parts(found: queries.LetterCard) -> tuple[tuple[str, str], ...]:
    return (TO, found.to_text), (SUBJECT, found.subject), (TEXT, found.body), (SIGNER, found.signer)


def _text_of(found: queries.LetterCard) -> LetterText:
    return LetterText(to=found.to_text, subject=found.subject, body=found.body, signer=found.signer)


def _page(
    letter_id: int,
    typed: dict[str, Any] | None = None,
    errors: dict[str, list[str]] | None = None,
    status: int = 200,
    sending: dict[str, Any] | None = None,
) -> Response:
    who = actor()
    found = queries.find_letter(who, letter_id)
    item = find_item(who, found.item_id)
    stands = {"to": found.to_text, "subject": found.subject, "body": found.body, "signer": found.signer}
    return show(
        "tasks/letters/letter.html",
        status=status,
        letter=found,
        number=digits(found.number),
        item=item,
        typed={**stands, **(typed or {})},
        version=(typed or {}).get("version") if status == 422 and typed else found.version,
        errors=errors or {},
        sending={"on": today().isoformat(), **(sending or {})},
        may_change=may_change(who, item),  # type: ignore[arg-type]
        language=_(LANGUAGES[found.language]),
        lang=found.language,
        sent_on=shown(found.sent_on, "long", calendar=who.calendar) if found.sent_on else "",  # type: ignore[arg-type]
        stops=item.kind == "pending",
        dots=[_(name) for name, text in _parts(found) if dots_in(text)],
    )
