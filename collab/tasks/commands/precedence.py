"""Electronic applications go first where their deadline rule says so: a higher priority, a shorter term."""

from typing import Any

from collab.core.envelope import record, session
from collab.work.models import WorkItem

from ..events import ElectronicFirst
from ..forms import Details
from ..models import DeadlineRule
from .rules import goes_first


def raised(form: Details, priority: int) -> int:
    """The priority that a case gets: that of its rule for electronic applications where it is higher."""
    rule = _rule(form)
    return max(priority, (rule.electronic_priority or 0) if rule is not None else 0)


def cause(form: Details) -> str:
    """What made its deadline be reckoned, as the history says it."""
    rule = _rule(form)
    return "electronic" if rule is not None and goes_first(rule, form.source) else "entered"


def say_raised(item: WorkItem, form: Details, before: int) -> None:
    """Write down that the priority was raised from `before`, and by which rule."""
    if item.priority > before:
        priority = str(item.priority)
        record(ElectronicFirst(subject=item.id, priority=priority, before=before, rule=form.rule or 0))


def _rule(form: Details) -> Any:
    """The rule of an electronic application; None for every other case."""
    return session().get(DeadlineRule, form.rule) if form.source == "electronic" and form.rule is not None else None
