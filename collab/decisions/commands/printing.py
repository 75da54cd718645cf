"""Asking for the papers of a vote."""

from typing import Any

from collab.core.actor import Actor
from collab.core.envelope import command
from collab.files.papers import want_paper
from collab.work.models import WorkItem
from collab.work.policy import items

from ..policy import may_print


@command(may_print, on=items, lock=False)
def print_minutes(actor: Actor, _item: WorkItem, sheet: dict[str, Any], name: str) -> int:
    """Ask for the minutes as PDF; they are the asker's alone, since each reads them in a language of their own. Returns
    the paper."""
    return want_paper(actor, "report", sheet, name)
