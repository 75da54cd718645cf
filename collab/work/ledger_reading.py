"""Reading the ledger: what was asked for is written down first, by whichever door it is asked."""

from dataclasses import replace

from collab.core.actor import Actor
from collab.core.errors import NotFound

from . import commands
from .forms import LedgerFilter
from .queries import ledger


def read_ledger(actor: Actor, asked: LedgerFilter) -> ledger.Ledger:
    """A stretch of the ledger for an auditor, and a line in it about that. Raises NotFound for everybody else."""
    if not actor.is_auditor:
        raise NotFound
    found = ledger.read(actor, asked)
    commands.note_ledger_reading(replace(actor, scopes=None), asked)
    return found
