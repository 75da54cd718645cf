"""What happens to templates of tasks."""

from collab.core.facts import Fact, fact, party
from collab.core.i18n import N_


@fact("task-template-made", of="task-template", says=N_("%(actor)s made this template"))
class TemplateMade(Fact):
    unit: int | None = party()


@fact("task-template-changed", of="task-template", says=N_("%(actor)s changed this template"))
class TemplateChanged(Fact):
    pass


@fact("task-template-retired", of="task-template", says=N_("%(actor)s retired this template"))
class TemplateRetired(Fact):
    pass


@fact("item-from-template", of="work-item", says=N_("%(actor)s made it from a template"))
class ItemFromTemplate(Fact):
    template: int = 0
