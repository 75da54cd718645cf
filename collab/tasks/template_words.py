"""What a template gives, in words."""

from typing import Final

from collab.core.dates import digits
from collab.core.i18n import N_, _, ngettext

from .queries.templates import Template

HOLDERS: Final = {
    "user": N_("Whoever uses it"), "nobody": N_("Nobody: the tray of the unit"), "party": N_("Always the same:"),
}  # fmt: skip


def gives(template: Template) -> str:
    """ "due after 10 working days · 5 checklist lines · 2 parts · with Legal Service"."""
    said = []
    if template.due_after is not None:
        days = ngettext(
            "%(count)s working day", "%(count)s working days", template.due_after, count=digits(template.due_after)
        )
        said.append(_(N_("due after %(days)s"), days=days) if template.due_after else _(N_("due the same day")))
    if template.checklist:
        number = len(template.checklist)
        said.append(ngettext("%(count)s checklist line", "%(count)s checklist lines", number, count=digits(number)))
    if template.parts:
        number = len(template.parts)
        said.append(ngettext("%(count)s part", "%(count)s parts", number, count=digits(number)))
    if template.holder == "party":
        said.append(_(N_("with %(name)s"), name=template.holder_name))
    return " · ".join(said)
