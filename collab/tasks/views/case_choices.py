"""What the form of a case offers to choose from."""

from collections.abc import Iterable
from typing import Any

from collab.core.actor import Actor
from collab.core.forms import typed_id
from collab.core.i18n import N_, _

from .. import queries
from ..forms import SOURCES
from ..words import allowed, measures, stoppers

OWN_TERMS = N_("No rule: as entered below")


def choices(actor: Actor, units: Iterable[int], chosen: object = None) -> dict[str, Any]:
    """Sources, deadline rules that hold in `units` (with the one `chosen` before), measures and what stops a clock."""
    found = queries.rules_in(actor, units, typed_id(chosen))
    named = {str(rule.id): f"\u2068{rule.name}\u2069 · {allowed(rule.term)}" for rule in found}
    return {
        "sources": {code: _(label) for code, label in SOURCES.items()},
        "rules": {"": _(OWN_TERMS)} | named,
        "measures": measures(),
        "stoppers": stoppers(),
    }
