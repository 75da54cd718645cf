"""What stands fast from the opening on, in the one spelling whose SHA-256 is published then."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from .exhibits import Stood

VERSION: Final = 4
"""Of the words below. Those of version 1 carry no number, and neither electorate nor closing time; those of version 2
no evidence; those of version 3 not who may vote for others."""


def frozen_words(
    title: str,
    body: str,
    rule: Mapping[str, Any],
    level: str,
    options: Sequence[Any],
    voters: Mapping[int, int],
    closes_at: datetime,
    evidence: Sequence[Stood] = (),
    *,
    substitutes: str = "nobody",
    proxies: int = 0,
    chair: int | None = None,
) -> str:
    """Question, options, rule, electorate, closing time, evidence, who may vote for others and who chairs. `voters`:
    entitled person → votes; of an open vote a hash of them stands in it, against which the roll in the bundle is held.
    """
    electorate: dict[str, Any] = {"people": len(voters), "votes": sum(voters.values())}
    if level == "open":
        electorate["roll"] = roll_hash(voters)
    said = _first(title, body, rule, level, options) | {
        "version": VERSION,
        "electorate": electorate,
        "closes_at": closes_at.astimezone(UTC).isoformat(),
        "evidence": [one._asdict() for one in evidence],
        "for_others": {"substitutes": substitutes, "proxies": proxies},
        "chair": chair,
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def frozen_before(title: str, body: str, rule: Mapping[str, Any], level: str, options: Sequence[Any]) -> str:
    """The words of version 1, for votes that opened while there was no other."""
    return json.dumps(_first(title, body, rule, level, options), sort_keys=True, ensure_ascii=False)


def roll_hash(voters: Mapping[int, int]) -> str:
    """SHA-256 over those entitled: [person, votes] by person, as JSON without spaces."""
    said = json.dumps(sorted([person, votes] for person, votes in voters.items()), separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _first(title: str, body: str, rule: Mapping[str, Any], level: str, options: Sequence[Any]) -> dict[str, Any]:
    return {
        "question": title,
        "explanation": body,
        "rule": rule,
        "level": level,
        "options": [{"id": each.id, "title": each.title, "body": each.body, "cost": each.cost} for each in options],
    }
