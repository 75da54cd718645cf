"""Questions about tasks and pending items."""

from .choices import UnitChoice, units_for
from .details import Details, details_of, explained, notes_of
from .lists import badges, pending_items, tasks
from .rules import Rule, all_rules, find_rule, open_items_under, rules_in

__all__ = [
    "Details", "Rule", "UnitChoice", "all_rules", "badges", "details_of", "explained", "find_rule", "notes_of",
    "open_items_under", "pending_items", "rules_in", "tasks", "units_for",
]  # fmt: skip
