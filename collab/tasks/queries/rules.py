"""Deadline rules: those that hold somewhere, and all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.people.models import Party, Unit, UnitClosure
from collab.work.models import WorkItem
from collab.work.policy import among
from collab.work.queries.plans import IS_OPEN

from ..deadlines import TERM
from ..letters.models import LetterTemplate
from ..models import DeadlineRule, PendingItem
from ..policy import everyone_sees
from ..silence import Silence
from .details import SILENT, Entered, silence_in

MOST_RULES = 500
COUNTED = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """A deadline rule as it is shown. `unit` and `unit_code` are empty where it holds everywhere."""

    id: int
    name: str
    own_name: str
    names: dict[str, str]
    unit_id: int | None
    unit: str
    unit_code: str
    term: Entered
    silence: Silence | None
    silence_template: str
    electronic_allowed: int | None
    electronic_priority: int | None
    retired_at: datetime | None
    version: int


def rules_in(actor: Actor, units: Iterable[int], chosen: int | None = None) -> list[Rule]:
    """The rules that hold in some of `units`, by name; with the one that was chosen before, although it was retired."""
    above = select(UnitClosure.ancestor_id).where(UnitClosure.descendant_id == among(frozenset(units)))
    holds = (DeadlineRule.unit_id.is_(None) | DeadlineRule.unit_id.in_(above)) & DeadlineRule.retired_at.is_(None)
    return _read(actor, or_(holds, DeadlineRule.id == chosen) if chosen else holds)


def all_rules(actor: Actor) -> list[Rule]:
    """Every rule, those in use first, by name."""
    return _read(actor, everyone_sees(actor))


def find_rule(actor: Actor, rule_id: int) -> Rule:
    """One rule. Raises NotFound."""
    found = _read(actor, DeadlineRule.id == rule_id)
    if not found:
        raise NotFound
    return found[0]


def open_items_under(_actor: Actor, rule_id: int) -> int:
    """How many open items follow a rule; counting stops at 100. Their number says nothing of what they are."""
    some = (
        select(PendingItem.item_id)
        .join(WorkItem, WorkItem.id == PendingItem.item_id)
        .where(PendingItem.rule_id == rule_id, WorkItem.kind == "pending", IS_OPEN)
        .limit(COUNTED)
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def _read(actor: Actor, which: ColumnElement[bool]) -> list[Rule]:
    party = aliased(Party)
    terms: list[Any] = [getattr(DeadlineRule, name) for name in TERM]
    rows = db.session.execute(
        select(
            DeadlineRule.id, DeadlineRule.name, DeadlineRule.names, DeadlineRule.unit_id, DeadlineRule.retired_at,
            DeadlineRule.version, party.label.label("unit_label"), party.names.label("unit_names"), Unit.code,
            LetterTemplate.name.label("template"), DeadlineRule.electronic_allowed, DeadlineRule.electronic_priority,
            *SILENT, *terms,
        )
        .outerjoin(LetterTemplate, LetterTemplate.id == DeadlineRule.silence_template_id)
        .outerjoin(Unit, Unit.id == DeadlineRule.unit_id)
        .outerjoin(party, party.id == DeadlineRule.unit_id)
        .where(which)
        .order_by(DeadlineRule.retired_at.is_not(None), DeadlineRule.name, DeadlineRule.id)
        .limit(MOST_RULES)
    )  # fmt: skip
    return [
        Rule(
            row.id,
            row.names.get(actor.locale) or row.name,
            row.name,
            row.names,
            row.unit_id,
            (row.unit_names or {}).get(actor.locale) or row.unit_label or "",
            row.code or "",
            Entered(*row[-len(terms) :]),
            silence_in(row),
            row.template or "",
            row.electronic_allowed,
            row.electronic_priority,
            row.retired_at,
            row.version,
        )
        for row in rows
    ]
