"""Evidence over the API. Its contents and removal: `/files/{id}`."""

from typing import Any

from collab.files import api as files
from collab.files.queries import has_room
from collab.files.receiving import arrived, store
from collab.web.actors import actor
from collab.web.api import endpoint

from . import commands, queries
from .api import api
from .forms import EvidenceFor
from .queries import Found


@endpoint(api, "GET /decisions/<ref:item>/evidence", gives="EvidenceList")
def list_evidence(item: str) -> Any:
    """The files that stand beside the options, or (`option` is null) beside the question itself, each in its newest
    version. `at_opening`: it stood there when the vote opened; null before that."""
    return {"items": _listed(queries.find_decision(actor(), item))}


@endpoint(api, "POST /decisions/<ref:item>/evidence", query=EvidenceFor, gives="EvidenceList", receives=True)
def post_evidence(item: str, query: EvidenceFor) -> Any:
    """Put files beside an option or, without `option`, beside the question. A name known there
    becomes its next version, and the same upload again is one file."""
    who = actor()
    wanted = set(commands.give_evidence(who, queries.find_decision(who, item).id, query, store(), arrived(has_room)))
    return {"items": [one for one in _listed(queries.find_decision(who, item)) if one["id"] in wanted]}, 201


def _listed(found: Found) -> list[dict[str, Any]]:
    known = queries.evidence_on(actor(), found, queries.options_of(found.id))
    later = queries.came_later(actor(), found, known)
    return [
        files.as_json(one) | {"option": option, "at_opening": one.id not in later if found.opened_at else None}
        for option, there in known.items()
        for one in there
    ]
