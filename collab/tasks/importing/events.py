"""What an import tells the ledger: one fact for each row that changed something."""

from dataclasses import field

from collab.core.facts import Fact, code, fact, party
from collab.core.i18n import N_
from collab.work.events import KIND_NAMES

COLUMNS = {
    "kind": N_("kind"), "title": N_("title"), "body": N_("description"), "holder_email": N_("holder"),
    "state": N_("state"), "priority": N_("priority"), "start": N_("start"), "due": N_("due date"),
    "labels": N_("labels"), "parent_external_id": N_("parent"), "protocol": N_("protocol number"),
    "source": N_("source"), "closed": N_("closing day"),
}  # fmt: skip


@fact("item-imported", of="work-item", says=N_("%(actor)s brought it in from a file, into %(unit)s"))
class ItemImported(Fact):
    """`cells`: a hash of each cell, by which the next run tells what changed."""

    item_kind: str = code(labels=KIND_NAMES)
    unit: int | None = party()
    holder: int | None = party()
    cells: dict[str, str] = field(default_factory=dict)


@fact("item-imported-again", of="work-item", says=N_("%(actor)s brought in changes from a file: %(fields)s"))
class ItemImportedAgain(Fact):
    fields: str = code(labels=COLUMNS)
    cells: dict[str, str] = field(default_factory=dict)
