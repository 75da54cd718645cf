"""The figures of a unit as a PDF."""

from typing import Any

from collab.core.actor import Actor
from collab.core.envelope import command
from collab.files.papers import want_paper
from collab.people.models import Unit
from collab.people.policy import units

from ..policy import may_print_figures


@command(may_print_figures, on=units, lock=False)
def print_figures(actor: Actor, _unit: Unit, sheet: dict[str, Any], name: str) -> int:
    """Ask for the figures that the actor reads on paper; it is theirs alone. Returns the paper."""
    return want_paper(actor, "report", sheet, name)
