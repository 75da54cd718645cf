"""A rule for reminders and escalation in sentences."""

from typing import Protocol

from collab.core import dates
from collab.core.i18n import N_, _, ngettext

NO_REMINDERS = N_("No reminders go out by themselves.")
NOTHING_UP = N_("Nothing goes up to a head by itself.")


class Terms(Protocol):
    """The numbers of a rule."""

    @property
    def nudge_every(self) -> int: ...
    @property
    def nudge_most(self) -> int: ...
    @property
    def first_after(self) -> int: ...
    @property
    def then_every(self) -> int: ...
    @property
    def levels(self) -> int: ...


def working_days(count: int) -> str:
    return ngettext("%(count)s working day", "%(count)s working days", count, count=dates.digits(count))


def reminders(rule: Terms) -> str:
    """How often whoever is awaited is reminded."""
    if not rule.nudge_most:
        return _(NO_REMINDERS)
    days = working_days(rule.nudge_every)
    if rule.nudge_most == 1:
        return _("Reminded once, after %(days)s.", days=days)
    return _("Reminded every %(days)s, %(count)s times at most.", days=days, count=dates.digits(rule.nudge_most))


def going_up(rule: Terms) -> str:
    """When what is overdue goes up to the head, and how far."""
    if not rule.levels:
        return _(NOTHING_UP)
    first = _("Overdue by %(days)s, it goes up to the head.", days=working_days(rule.first_after))
    if rule.levels == 1:
        return first
    days = working_days(rule.then_every)
    if rule.levels == 2:
        further = _("After %(days)s more it goes one level further up.", days=days)
    else:
        times = dates.digits(rule.levels - 1)
        further = _(
            "Every %(days)s more it goes one level further up, %(count)s times at most.", days=days, count=times
        )
    return f"{first} {further}"
