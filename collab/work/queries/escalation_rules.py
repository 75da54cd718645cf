"""Rules for reminders and escalation: all of them, one, and the one that holds for an item."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.people.models import Party, Unit
from collab.people.queries.tree import tree

from ..escalating.rules import Rule, rule_for
from ..models import EscalationRule
from ..policy import everyone_sees

MOST_RULES = 500


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it is shown. `unit` and `unit_code` are empty where it holds everywhere, `item_kind` for every kind."""

    id: int
    unit_id: int | None
    unit: str
    unit_code: str
    item_kind: str
    nudge_every: int
    nudge_most: int
    first_after: int
    then_every: int
    levels: int
    retired_at: datetime | None
    version: int


def all_rules(actor: Actor) -> list[RuleLine]:
    """Every rule in use, the one for everybody first; one query."""
    return _read(actor, everyone_sees(actor) & EscalationRule.retired_at.is_(None))


def find_rule(actor: Actor, rule_id: int) -> RuleLine:
    """One rule, retired ones included. Raises NotFound."""
    found = _read(actor, everyone_sees(actor) & (EscalationRule.id == rule_id))
    if not found:
        raise NotFound
    return found[0]


def rule_in(actor: Actor, unit_id: int, kind: str) -> Rule:
    """The rule that holds for items of a kind in a unit."""
    rules = [
        Rule(one.unit_id, one.item_kind or None, *(getattr(one, name) for name in Rule._fields[2:]))
        for one in all_rules(actor)
    ]
    return rule_for(rules, way_of(unit_id), kind)


def way_of(unit_id: int) -> list[int]:
    """The unit and those above it, to the top; from the tree this process remembers."""
    return [unit_id, *(node.id for node in reversed(tree().above(unit_id)))]


def _read(actor: Actor, which: ColumnElement[bool]) -> list[RuleLine]:
    party = aliased(Party)
    rows: Any = db.session.execute(
        select(EscalationRule, party.label, party.names, Unit.code)
        .outerjoin(Unit, Unit.id == EscalationRule.unit_id)
        .outerjoin(party, party.id == EscalationRule.unit_id)
        .where(which)
        .order_by(EscalationRule.unit_id.is_not(None), party.sort_key, EscalationRule.item_kind.nulls_first())
        .limit(MOST_RULES)
    )
    return [
        RuleLine(
            rule.id, rule.unit_id, (names or {}).get(actor.locale) or label or "", code or "", rule.item_kind or "",
            rule.nudge_every, rule.nudge_most, rule.first_after, rule.then_every, rule.levels, rule.retired_at,
            rule.version,
        )
        for rule, label, names, code in rows
    ]  # fmt: skip
