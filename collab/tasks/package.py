"""What tasks and pending items offer to the house."""

from collab.core.i18n import N_
from collab.core.package import Kind, Package, Searched, ShellEntry, WithUnit
from collab.core.sweeps import Sweep

from . import api_rules as _api_rules  # noqa: F401 it hangs its routes on `api`
from . import importing as _importing  # noqa: F401 its facts are read wherever a history is
from .api import api
from .details import stops_clock
from .falling_silent import sweep_silence
from .filtering import fields
from .following import gives, goes, kept
from .letters import template_views as _template_views  # noqa: F401 it hangs its routes on `pages`
from .letters import views as _letter_views  # noqa: F401 likewise
from .panel import as_json, panel, task_panel
from .queries import badges
from .queries.details import never_due, stopped_by
from .reactions import reactions
from .registry import views as _registry  # noqa: F401 likewise
from .searched import numbered, words
from .sweeps import sweep_recurrences, sweep_reminders
from .views import changing, creating, deadline_rules, lists, pages  # noqa: F401 they hang their routes on `pages`
from .views import checklist as _checklist  # noqa: F401 likewise
from .views import days as _days  # noqa: F401
from .views import links as _links  # noqa: F401
from .views import merging as _merging  # noqa: F401
from .views import quick as _quick  # noqa: F401
from .views import recurring as _recurring  # noqa: F401
from .views import reminders as _reminders  # noqa: F401
from .views import silence as _silence  # noqa: F401
from .views import templates as _templates  # noqa: F401

package = Package(  # noqa: S604 (the shell is the frame of every page)
    name="tasks",
    blueprints=(pages, api),
    kinds=(
        Kind("task", N_("Task"), N_("Tasks"), "square-check-big", "tasks.tasks", panel=task_panel),
        Kind(
            "pending", N_("Pending item"), N_("Pending items"), "hourglass", "tasks.pending_items",
            panel=panel, json=as_json, stops_clock=stops_clock, stopped_by=stopped_by, never_due=never_due,
            outcome=True,
        ),
    ),
    shell=(
        ShellEntry("pending", N_("Pending items"), "hourglass", "tasks.pending_items", order=20),
        ShellEntry("tasks", N_("Tasks"), "square-check-big", "tasks.tasks", order=30),
        ShellEntry("registry", N_("Registry"), "landmark", "tasks.registry", order=83),
        ShellEntry(
            "deadline-rules", N_("Deadline rules"), "calendar-days", "tasks.deadline_rules", order=96,
            shown_to=lambda actor: actor.is_administrator, section="administration",
        ),
        ShellEntry(
            "letter-templates", N_("Letter templates"), "file-text", "tasks.letter_templates", order=98,
            shown_to=lambda actor: actor.is_administrator, section="administration",
        ),
        ShellEntry(
            "unit-letter-templates", N_("Letter templates"), "file-text", "tasks.letter_templates", order=99,
            shown_to=lambda actor: bool(actor.heads) and not actor.is_administrator, section="unit",
        ),
    ),
    badges=badges,
    conditions=fields,
    reactions=reactions,
    searches=(Searched(words, numbered),),
    with_unit=(WithUnit(goes=goes, kept=kept, gives=gives),),
    sweeps=(
        Sweep("tasks.recurrences", 15, sweep_recurrences),
        Sweep("tasks.reminders", 5, sweep_reminders),
        Sweep("tasks.silence", 60, sweep_silence),
    ),
)  # fmt: skip
