"""Templates of tasks: made by hand or from an item, changed, retired, and used."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session
from collab.core.errors import Conflict, Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.calendar.ordinals import OutOfCalendar
from collab.people.models import Membership, Party, Unit
from collab.work.desks import organisation_day
from collab.work.models import Checklist, Label, WorkItem, WorkItemLabel
from collab.work.policy import items, visible_to

from ..calendars import with_working_days
from ..forms import NewLines, NewTask
from ..policy import may_keep_templates, may_manage_template, may_use_template, templates
from ..template_events import ItemFromTemplate, TemplateChanged, TemplateMade, TemplateRetired
from ..template_forms import MOST_PARTS, NewTemplate, TemplateForm, UseTemplate
from ..template_models import TaskTemplate
from .checklist import add_lines
from .creating import create_task

RETIRED = N_("This template is offered no longer.")
NO_UNIT = N_("Choose a unit of yours for which it holds.")
UNKNOWN = N_("Choose one from the list.")
NAMED_ONLY = N_("This is for named people only, and a template is read by the whole unit.")


@open_command(may_keep_templates)
def create_template(actor: Actor, form: NewTemplate) -> int:
    """Make a template for a unit and those below. Returns its id."""
    unit = form.unit if form.unit is not None else next(iter(sorted(actor.heads)), None)
    if unit is None or session().get(Unit, unit) is None:
        raise wrong("unit", _(NO_UNIT))
    made = TaskTemplate(unit_id=unit, created_by=actor.person_id, created_at=clock.now(), **_said(form))
    if not may_manage_template(actor, made):
        raise wrong("unit", _(NO_UNIT))
    return _keep(made)


@command(may_manage_template, on=templates)
def change_template(_actor: Actor, template: TaskTemplate, form: TemplateForm) -> int:
    """Change a template. Tasks made from it stay as they are."""
    for name, value in _said(form).items():
        setattr(template, name, value)
    record(TemplateChanged(subject=template.id))
    return template.id


@command(may_manage_template, on=templates)
def retire_template(_actor: Actor, template: TaskTemplate) -> int:
    """Offer a template no longer."""
    if template.retired_at is None:
        template.retired_at = clock.now()
        record(TemplateRetired(subject=template.id))
    return template.id


@command(may_keep_templates, on=items, lock=False)
def keep_as_template(actor: Actor, item: WorkItem) -> int:
    """Keep what an item says as a template of its unit, or of one's own. Returns the template. Nothing that is for
    named people only becomes one, neither the item nor a part of it: a template is read by the unit and all below."""
    if item.reach == "named":
        raise Conflict(_(NAMED_ONLY))
    unit = item.unit_id if item.unit_id in actor.headed else next(iter(sorted(actor.heads)), None)
    if unit is None:
        raise Forbidden
    lines = session().scalars(
        select(Checklist.text).where(Checklist.item_id == item.id).order_by(Checklist.position, Checklist.id)
    )
    labels = select(Label.name).join(WorkItemLabel, WorkItemLabel.label_id == Label.id)
    open_parts = (WorkItem.parent_id == item.id, WorkItem.reach != "named", visible_to(actor))
    parts = select(WorkItem.title).where(*open_parts).order_by(WorkItem.id)
    made = TaskTemplate(
        unit_id=unit, name=item.title, title=item.title, body=item.body, priority=item.priority,
        effort_minutes=item.effort_minutes, holder="user", checklist=list(lines),
        labels=list(session().scalars(labels.where(WorkItemLabel.item_id == item.id).order_by(Label.name))),
        parts=list(session().scalars(parts.limit(MOST_PARTS))), created_by=actor.person_id, created_at=clock.now(),
    )  # fmt: skip
    return _keep(made)


@command(may_use_template, on=templates, lock=False)
def use_template(actor: Actor, template: TaskTemplate, form: UseTemplate) -> dict[str, Any]:
    """Make a task from a template, with its checklist and parts; all of it or nothing. Returns its id and reference."""
    if template.retired_at is not None:
        raise Conflict(_(RETIRED))
    unit = form.unit if form.unit is not None else _main_unit(actor)
    if unit is None:
        raise wrong("unit", _(NO_UNIT))
    holder = form.holder
    if holder is None:
        holder = {"user": actor.person_id, "nobody": None}.get(template.holder, template.holder_id)
    due = form.due_on or _due(unit, template.due_after)
    common: dict[str, Any] = {"unit": unit, "priority": template.priority, "labels": list(template.labels)}
    first = NewTask(title=form.title or template.title, body=template.body, due_on=due, holder=holder, **common)
    made = create_task(actor, first)
    item = session().get_one(WorkItem, made["id"])
    item.effort_minutes = template.effort_minutes
    if template.checklist:
        add_lines(actor, item.id, NewLines(text="\n".join(f"- {line}" for line in template.checklist)))
    for title in template.parts:
        create_task(actor, NewTask(title=title, parent=item.id, holder=item.holder_id, due_on=due, **common))
    record(ItemFromTemplate(subject=item.id, template=template.id), quiet=True)
    return made


def _said(form: TemplateForm) -> dict[str, Any]:
    party = form.party if form.holder == "party" else None
    if party is not None:
        kind = session().scalar(select(Party.kind).where(Party.id == party))
        if kind not in ("person", "unit", "post"):
            raise wrong("party", _(UNKNOWN))
    return {
        "name": form.name, "title": form.title or form.name, "body": form.body, "labels": list(form.labels),
        "priority": form.priority, "due_after": form.due_after, "holder": form.holder, "holder_id": party,
        "checklist": form.lines(), "parts": form.part_titles(),
    }  # fmt: skip


def _keep(made: TaskTemplate) -> int:
    session().add(made)
    session().flush()
    record(TemplateMade(subject=made.id, unit=made.unit_id))
    return made.id


def _main_unit(actor: Actor) -> int | None:
    main = select(Membership.unit_id).where(
        Membership.person_id == actor.person_id, Membership.unit_id.in_(sorted(actor.units))
    )
    return session().scalar(main.order_by(Membership.main.desc(), Membership.id).limit(1)) or next(
        iter(sorted(actor.heads)), None
    )


def _due(unit_id: int, after: int | None) -> date | None:
    """So many working days of the unit from today; none where the stored calendar ends before."""
    if after is None:
        return None
    today = organisation_day()
    if after == 0:
        return today
    try:
        return with_working_days(
            session(), unit_id, today - timedelta(days=1), after, lambda days: days.add(today, after)
        )
    except OutOfCalendar:
        return None
