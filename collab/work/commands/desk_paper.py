"""The protocol of a desk as a PDF."""

from typing import Any

from collab.core.actor import Actor
from collab.core.envelope import command
from collab.files.papers import want_paper

from ..models import DeskHandover
from ..policy import desks, may_sign_desk


@command(may_sign_desk, on=desks)
def print_desk(actor: Actor, desk: DeskHandover, sheet: dict[str, Any], name: str) -> int:
    """Ask for the PDF of a protocol, for whoever signs it; it is the asker's alone, since readers see different lines.
    Returns the paper."""
    return want_paper(actor, "report", sheet, f"{name} {desk.id}.pdf")
