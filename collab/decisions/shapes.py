"""Decisions as JSON, under the names of the forms."""

from collections.abc import Mapping
from typing import Any

from collab.core.dates import clock as wall
from collab.core.dates import local_day

from .arithmetic import rule_words
from .finer import finer_of
from .hands import by_hands
from .queries import About, Argument, Found, Line, Mine, NamedBallot, Option, Turnout, Voter

Json = dict[str, Any]


def line_json(line: Line) -> Json:
    return {
        "id": line.id,
        "reference": line.reference,
        "title": line.title,
        "stage": line.stage,
        "level": line.level,
        "preset": line.preset,
        "closes_at": line.closes_at.isoformat() if line.closes_at else None,
        "entitled": line.entitled,
        "cast": line.cast,
        "asked_at": line.asked_at.isoformat() if line.asked_at else None,
        "answer_by": line.answer_by.isoformat() if line.answer_by else None,
    }


def decision_json(
    found: Found, options: list[Option], abouts: Mapping[int, About], turnout: Turnout, mine: Mine, time_zone: str
) -> Json:
    """One decision; `turnout` says how many, never who, and nothing says what others voted before the close. `abouts`:
    option → the item it is about, where the caller sees it."""
    closes = found.closes_at
    return {
        "id": found.id,
        "reference": found.reference,
        "title": found.title,
        "body": found.body,
        "unit": found.unit_id,
        "reach": found.reach,
        "stage": found.stage,
        "level": found.level,
        "preset": found.preset,
        "rule": found.rule,
        "rule_words": rule_words(found.rule, turnout.entitled, turnout.recused),
        "rule_hash": found.rule_hash.hex() if found.rule_hash else None,
        "seed_hash": found.seed_hash.hex() if found.seed_hash else None,
        "seed": found.seed.hex() if found.seed and found.closed_at else None,
        "quorum": found.rule["quorum"],
        "ties": found.rule["ties"],
        "seats": found.rule["seats"],
        "chair": found.chair_id,
        "chair_before": found.chair_was_id,
        "substitutes": found.substitutes,
        "proxies": found.proxies,
        "hands": by_hands(found.rule),
        "overruling": found.rule.get("overruling", False),
        "extension": found.rule.get("extension", 0),
        "most": found.rule["most"] if found.preset == "score" else 10,
        "dots": found.rule.get("dots", 5),
        "budget": found.rule.get("budget"),
        "criteria": found.rule.get("criteria", []),
        **finer_of(found.rule),
        "electorate": found.electorate,
        "weights": found.rule.get("weights", []),
        "closes_on": local_day(closes, time_zone).isoformat() if closes else None,
        "closes_clock": wall(closes, time_zone, locale="en") if closes else None,
        "opened_at": _instant(found.opened_at),
        "closes_at": _instant(closes),
        "closed_at": _instant(found.closed_at),
        "options": [option_json(one, abouts) for one in options],
        "turnout": {"entitled": turnout.entitled, "recused": turnout.recused, "cast": turnout.cast},
        "mine": mine_json(mine),
        "result": found.result,
        "chosen": found.chosen,
        "outcome": found.outcome,
        "revisit_on": found.revisit_on.isoformat() if found.revisit_on else None,
        "revisit_when": found.revisit_when or "",
        "revisit_due": found.revisit_wait_id is not None,
        "looked_at": _instant(found.looked_at),
        "looked_note": found.looked_note or "",
        "revises": found.revises_id,
        "closed_by": found.closed_by,
        "reason": found.ended_reason,
        "unopened": found.unopened,
        "superseded_by": found.superseded_by,
        "version": found.version,
    }


def option_json(option: Option, abouts: Mapping[int, About]) -> Json:
    about = abouts.get(option.id)
    return {
        "id": option.id, "title": option.title, "body": option.body, "cost": option.cost,
        "about": about.reference if about else None,
    }  # fmt: skip


def argument_json(one: Argument) -> Json:
    return {
        "id": one.id, "option": one.option_id, "side": one.side, "text": one.text, "by": one.by_id,
        "at": one.at.isoformat(),
    }  # fmt: skip


def mine_json(mine: Mine) -> Json:
    """What the caller's own line says; the choice only of an open ballot."""
    return {
        "entitled": mine.listed and mine.left_out is None,
        "left_out": mine.left_out,
        "weight": mine.weight,
        "recused": mine.recused_at is not None,
        "proposed": list(mine.proposed),
        "stays": mine.stays,
        "cast_at": _instant(mine.cast_at),
        "choice": mine.choice,
        "receipt": mine.receipt.hex() if mine.receipt else None,
        "proxy": mine.holder_id,
        "votes_for": [one.person_id for one in mine.principals if one.accepted],
    }


def voter_json(voter: Voter, *, leads: bool) -> Json:
    """A line of the roll; for what somebody is asked whether they stand aside only to whoever leads (`leads`)."""
    return {
        "person": voter.person_id, "name": voter.name, "because": voter.because, "of": voter.of or None,
        "left_out": voter.left_out, "weight": voter.weight, "recused": voter.recused, "reason": voter.reason or None,
        "proposed": list(voter.proposed) if leads else [], "stays": voter.stays if leads else False,
    }  # fmt: skip


def named_ballot_json(one: NamedBallot) -> Json:
    return {
        "person": one.person_id, "name": one.name, "choice": one.choice, "cast_by": one.by or None,
        "weight": one.weight,
    }  # fmt: skip


def _instant(at: Any) -> str | None:
    return at.isoformat() if at else None
