"""The ledger of facts over the API, for auditors."""

from typing import Any

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import endpoint

from ..forms import LedgerFilter
from ..ledger_reading import read_ledger
from ..queries.ledger import Entry


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "GET /facts", query=LedgerFilter, gives="FactList")(list_facts)


def list_facts(query: LedgerFilter) -> Any:
    """The ledger of facts, newest first, for auditors; that it was read is written down. `closed` facts belong to what
    is not yours to see. `head` is the newest signed head of the seal."""
    found = read_ledger(actor(), query)
    return {
        "items": [_fact(each) for each in found.page.items],
        "next": found.page.next,
        "head": found.head.as_dict() if found.head else None,
    }


def _fact(entry: Entry) -> dict[str, Any]:
    if entry.line is None:
        return {"id": entry.id, "at": entry.at.isoformat(), "closed": True}
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "closed": False,
        "kind": entry.kind,
        "subject": {"kind": entry.subject_kind, "id": entry.subject_id, "reference": entry.reference},
        "actor": {"id": entry.actor_id, "name": entry.actor},
        "via": entry.via,
        "payload": entry.payload,
        "sentence": entry.line.sentence,
    }
