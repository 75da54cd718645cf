"""Questions about tasks and pending items."""

from .choices import UnitChoice, party_called, units_for
from .details import Details, details_of, explained
from .lists import badges, pending_items, tasks

__all__ = [
    "Details", "UnitChoice", "badges", "details_of", "explained", "party_called", "pending_items", "tasks", "units_for",
]  # fmt: skip
