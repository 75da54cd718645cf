"""Asking for the papers of a vote."""

from typing import Any, Final

from collab.core.actor import Actor
from collab.core.envelope import command
from collab.core.i18n import N_, _, speaking
from collab.files.papers import want_paper
from collab.work.models import WorkItem
from collab.work.policy import items

from ..having import NOT_CLOSED, decision_of
from ..policy import may_print
from ..refusals import NotNow
from ..words import COUNTED

MINUTES: Final = "decision-minutes"
BUNDLE: Final = "decision-bundle"
NAME: Final = N_("Minutes of %(reference)s")


@command(may_print, on=items, lock=False)
def print_minutes(actor: Actor, item: WorkItem, language: str) -> int:
    """Ask for the minutes as PDF; they are the asker's alone, since each reads them in a language of their own. Returns
    the paper."""
    with speaking(language):
        name = f"{_(NAME, reference=item.reference)}.pdf"
    return _wanted(actor, item, MINUTES, name, language=language)


@command(may_print, on=items, lock=False)
def make_bundle(actor: Actor, item: WorkItem) -> int:
    """Ask for everything that is needed to count the vote again, as one file. Returns the paper."""
    return _wanted(actor, item, BUNDLE, f"{item.reference}-recount.zip")


def _wanted(actor: Actor, item: WorkItem, paper: str, name: str, **said: Any) -> int:
    row = decision_of(item, shared=True)
    if row.stage not in COUNTED or not row.result:
        raise NotNow(_(NOT_CLOSED))
    return want_paper(actor, paper, {"item": item.id, **said}, name)
