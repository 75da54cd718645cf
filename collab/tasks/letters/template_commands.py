"""Letter templates: made, changed, retired."""

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session
from collab.core.errors import Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Unit

from .events import LetterTemplateChanged, LetterTemplateMade, LetterTemplateRetired
from .forms import NewTemplate, TemplateForm
from .models import LetterTemplate
from .policy import may_manage_template, may_manage_templates, templates


@open_command(may_manage_templates)
def create_template(actor: Actor, form: NewTemplate) -> int:
    """Make a letter template for a unit and those below, or for everybody. Returns its id."""
    if form.unit is not None and session().get(Unit, form.unit) is None:
        raise wrong("unit", _(N_("There is no such unit.")))
    template = LetterTemplate(
        unit_id=form.unit, name=form.name, names=form.names(), texts=form.texts(), version=1
    )  # fmt: skip
    if not may_manage_template(actor, template):
        raise Forbidden
    session().add(template)
    session().flush()
    record(LetterTemplateMade(subject=template.id, unit=form.unit))
    return template.id


@command(may_manage_template, on=templates)
def change_template(_actor: Actor, template: LetterTemplate, form: TemplateForm) -> int:
    """Change a template. Letters that were drafted from it stay as they are."""
    template.name, template.names, template.texts = form.name, form.names(), form.texts()
    record(LetterTemplateChanged(subject=template.id))
    return template.id


@command(may_manage_template, on=templates)
def retire_template(_actor: Actor, template: LetterTemplate) -> int:
    """Offer a template no longer."""
    if template.retired_at is None:
        template.retired_at = clock.now()
        record(LetterTemplateRetired(subject=template.id))
    return template.id
