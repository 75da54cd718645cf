"""Letter templates: read by everybody, made and changed by administrators and by heads for their units."""

from typing import Any

from flask import Response

from collab.core.errors import Invalid, NotFound, Stale
from collab.core.forms import parse
from collab.core.i18n import N_, _, listed, locale
from collab.people.queries.parties import party_called
from collab.people.views.entry import naming_values, seen, sent
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, go, reasons_of, show

from ..queries.choices import name_of
from ..views import pages
from . import queries, template_commands
from .forms import LANGUAGES, NewTemplate, TemplateForm
from .placeholders import NAMES
from .policy import may_manage_template, may_manage_templates

BASE = "/letter-templates"
EVERYWHERE = N_("Everywhere")
MADE, CHANGED = N_("The template is made."), N_("The template is changed.")
RETIRED = N_("The template is offered no longer.")


@door(pages, "GET /letter-templates")
def letter_templates() -> Response:
    """What letters of each sort say."""
    return _list_page()


@door(pages, "POST /letter-templates", takes=NewTemplate)
def create_letter_template() -> Response:
    """Make a letter template."""
    try:
        made = template_commands.create_template(actor(), parse(NewTemplate, _unit_by_id(entered())))
    except Invalid as problem:
        return _list_page(problem)
    return go(f"{BASE}/{made}", _(MADE))


@door(pages, "GET /letter-templates/<id:letter_template_id>")
def letter_template(letter_template_id: int) -> Response:
    """One template, in the languages in which it is written."""
    return _template_page(letter_template_id)


@door(pages, "PUT /letter-templates/<id:letter_template_id>", takes=TemplateForm)
def change_letter_template(letter_template_id: int) -> Response:
    """Change a template."""
    queries.find_template(actor(), letter_template_id)
    try:
        template_commands.change_template(actor(), seen(letter_template_id), sent(TemplateForm))
    except (Invalid, Stale) as problem:
        return _template_page(letter_template_id, problem)
    return go(f"{BASE}/{letter_template_id}", _(CHANGED))


@door(pages, "POST /letter-templates/<id:letter_template_id>/retirement")
def retire_letter_template(letter_template_id: int) -> Response:
    """Offer a template no longer."""
    template_commands.retire_template(actor(), letter_template_id)
    return go(BASE, _(RETIRED))


def _unit_by_id(typed: dict[str, Any]) -> dict[str, Any]:
    """The unit as it was chosen from the list, or by its name alone. Raises Invalid at `unit`."""
    values = {name: value for name, value in typed.items() if name != "unit_name"}
    called = str(typed.get("unit_name", "")).strip()
    if called and not typed.get("unit"):
        values["unit"] = party_called(actor(), called, "unit", ("unit",))
    return values


def _list_page(problem: Invalid | None = None) -> Response:
    who = actor()
    may = may_manage_templates(who, None)
    unit = "" if who.is_administrator else str(next(iter(sorted(who.heads)), ""))
    typed = entered() if problem else {"unit": unit, "unit_name": name_of(who, int(unit)) if unit else ""}
    return show(
        "tasks/letters/templates.html",
        status=422 if problem else 200,
        templates=[(each, each.unit or _(EVERYWHERE), _spoken(each.texts)) for each in queries.all_templates(who)],
        form=_form(BASE, typed, problem) if may else None,
        with_unit=True,
        everywhere=who.is_administrator,
    )


def _template_page(template_id: int, problem: Invalid | Stale | None = None) -> Response:
    who = actor()
    found = queries.find_template(who, template_id)
    may = may_manage_template(who, found)
    if problem is not None and not may:
        raise NotFound
    texts = {f"{part}_{code}": text for code, both in found.texts.items() for part, text in both.items()}
    typed = entered() if problem else naming_values(found.own_name, found.names) | texts
    typed["version"] = str(found.version) if not isinstance(problem, Invalid) else typed.get("version", "")
    return show(
        "tasks/letters/template.html",
        status=problem.status if problem else 200,
        letter_template=found,
        where=found.unit or _(EVERYWHERE),
        texts=[(code, _(LANGUAGES[code]), both) for code, both in found.texts.items()],
        form=_form(f"{BASE}/{template_id}?_method=PUT", typed, problem) if may and not found.retired_at else None,
        retirement=f"{BASE}/{template_id}/retirement" if may and not found.retired_at else "",
    )


def _form(action: str, typed: dict[str, Any], problem: Invalid | Stale | None) -> dict[str, Any]:
    errors = reasons_of(problem) if isinstance(problem, Invalid) else {}
    return {
        "action": action,
        "typed": typed,
        "errors": errors,
        "problem": problem.sentence() if isinstance(problem, Stale) else " ".join(errors.get("", [])),
        "languages": [(code, _(name)) for code, name in LANGUAGES.items()],
        "placeholders": [f"{{{names[locale()]}}}" for names in NAMES.values()],
        "first": locale(),
    }


def _spoken(texts: dict[str, Any]) -> str:
    return listed(_(LANGUAGES[code]) for code in LANGUAGES if code in texts)
