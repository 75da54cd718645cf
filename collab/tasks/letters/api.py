"""Letters and their templates over the API."""

from typing import Any

from flask import Blueprint

from collab.people.queries.today import today
from collab.web.actors import actor
from collab.web.api import Answer, endpoint, listed, seen
from collab.work.queries.items import find_item
from collab.work.queries.named import named

from . import commands, queries, template_commands
from .drafting import drafted
from .forms import LetterText, NewLetter, NewTemplate, Sending, TemplateForm
from .paper import name_of, sheet_of

V1 = "/api/v1"


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    at, one, templates = "/work-items/<ref:item>/letters", "/letters/<id:letter_id>", "/letter-templates"
    endpoint(api, f"GET {at}", gives="Letters")(letters)
    endpoint(api, f"POST {at}", takes=NewLetter, gives="Letter")(draft_letter)
    endpoint(api, f"GET {one}", gives="Letter")(letter)
    endpoint(api, f"PUT {one}", takes=LetterText, gives="Letter")(change_letter)
    endpoint(api, f"DELETE {one}")(discard_letter)
    endpoint(api, f"POST {one}/papers", gives="Letter")(print_letter)
    endpoint(api, f"POST {one}/sending", takes=Sending, gives="Letter")(send_letter)
    endpoint(api, f"GET {templates}", gives="LetterTemplates")(list_templates)
    endpoint(api, f"POST {templates}", takes=NewTemplate, gives="LetterTemplate")(create_template)
    one = f"{templates}/<id:letter_template_id>"
    endpoint(api, f"GET {one}", gives="LetterTemplate")(template)
    endpoint(api, f"PUT {one}", takes=TemplateForm, gives="LetterTemplate")(change_template)
    endpoint(api, f"POST {one}/retirement", gives="LetterTemplate")(retire_template)


def letters(item: str) -> Answer:
    """The letters of an item, the newest first."""
    found = queries.letters_of(actor(), named(actor(), item).id)
    return listed([{**each._asdict(), "sent_on": _day(each.sent_on)} for each in found], None)


def draft_letter(item: str, form: NewLetter) -> Answer:
    """Draft a letter from a template. `missing` names the placeholders for which the item says nothing."""
    who, found = actor(), find_item(actor(), item)
    draft = drafted(who, found, form.template, form.language)
    made = commands.draft_letter(who, found.id, draft.language, draft.to_id, draft.text, form.template)
    said = {**_letter(queries.find_letter(who, made["id"])), "missing": draft.missing}
    return said, 201, {"Location": f"{V1}/letters/{made['id']}"}


def letter(letter_id: int) -> Answer:
    """One letter. `file` is its PDF as it stands, null until that was asked for and made."""
    return _letter(queries.find_letter(actor(), letter_id))


def change_letter(letter_id: int, form: LetterText) -> Answer:
    """Change what a draft says."""
    commands.change_letter(actor(), seen(letter_id), form)
    return letter(letter_id)


def discard_letter(letter_id: int) -> Answer:
    """Throw a draft away."""
    commands.discard_letter(actor(), letter_id)
    return None, 204


def print_letter(letter_id: int) -> Answer:
    """Ask for the PDF: a job makes it a file of the item, the next version where there is one."""
    who = actor()
    found = queries.find_letter(who, letter_id)
    commands.print_letter(who, letter_id, sheet_of(who, find_item(who, found.item_id), found), name_of(found))
    return letter(letter_id), 202


def send_letter(letter_id: int, form: Sending) -> Answer:
    """Write down that a letter was sent: day, protocol number, and until when an answer is expected."""
    commands.send_letter(actor(), letter_id, form, today())
    return letter(letter_id), 201


def list_templates() -> Answer:
    """Every letter template, those in use first."""
    return listed([_template(each) for each in queries.all_templates(actor())], None)


def create_template(form: NewTemplate) -> Answer:
    """Make a letter template: administrators anywhere, heads for their units."""
    made = template_commands.create_template(actor(), form)
    return template(made), 201, {"Location": f"{V1}/letter-templates/{made}"}


def template(letter_template_id: int) -> Answer:
    """One letter template."""
    return _template(queries.find_template(actor(), letter_template_id))


def change_template(letter_template_id: int, form: TemplateForm) -> Answer:
    """Change a template; letters that were drafted from it stay."""
    template_commands.change_template(actor(), seen(letter_template_id), form)
    return template(letter_template_id)


def retire_template(letter_template_id: int) -> Answer:
    """Offer a template no longer."""
    template_commands.retire_template(actor(), letter_template_id)
    return template(letter_template_id)


def _letter(card: queries.LetterCard) -> dict[str, Any]:
    ready = card.paper_is_new and card.file_id is not None
    return {
        "id": card.id,
        "item": {"id": card.item_id, "reference": card.reference},
        "number": card.number,
        "language": card.language,
        "counterpart": card.to_id,
        "to": card.to_text,
        "subject": card.subject,
        "body": card.body,
        "signer": card.signer,
        "sent_on": _day(card.sent_on),
        "protocol_number": card.protocol_number,
        "wait": card.wait_id,
        "file": card.file_id if ready else None,
        "version": card.version,
    }


def _template(one: queries.Template) -> dict[str, Any]:
    retired = one.retired_at.isoformat() if one.retired_at else None
    return {"id": one.id, "name": one.own_name, "names": one.names, "unit": one.unit_id, "texts": one.texts,
            "retired_at": retired, "version": one.version}  # fmt: skip


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
