"""Advice and objections as JSON, under the names of the forms."""

from typing import Any

from .queries.advice import Advised, Proposed
from .queries.objections import Objected

Json = dict[str, Any]


def advice_json(one: Advised) -> Json:
    return {
        "id": one.id,
        "of": {"id": one.of_id, "kind": one.of_kind, "name": one.of},
        "because": one.because,
        "what": one.what,
        "asked_at": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "state": one.state,
        "stance": one.stance,
        "text": one.text or None,
        "given_at": one.given_at.isoformat() if one.given_at else None,
        "given_by": one.given_by_id,
        "used": one.used,
        "note": one.used_note or None,
        "wait": one.wait_id,
    }


def proposed_json(one: Proposed) -> Json:
    return {"unit": one.unit_id, "name": one.name, "because": one.because}


def objection_json(one: Objected) -> Json:
    return {
        "id": one.id,
        "by": one.by_id,
        "name": one.by,
        "reason": one.reason,
        "at": one.at.isoformat(),
        "state": one.state,
        "text": one.settled or None,
        "settled_at": one.settled_at.isoformat() if one.settled_at else None,
        "settled_by": one.settled_by_id,
    }
