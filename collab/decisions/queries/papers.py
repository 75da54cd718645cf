"""What goes on the papers of a closed vote: its whole roll and every ballot, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.people.models import Party

from ..hands import ballots_of, hands_in
from ..models import Decision, Roll, SecretBallot
from ..weights import repeated
from ..words import COUNTED
from .page import Found


@dataclass(frozen=True, slots=True)
class RollLine:
    """Somebody on the roll. `choice` and `by` (who voted for them) only of an open vote; of a confidential one not even
    that they voted is told. `proposed`: for what they were asked whether they stand aside, `stays`: they said no."""

    person_id: int
    name: str
    because: str
    of: str
    left_out: str | None
    recused: bool
    reason: str
    choice: dict[str, Any] | None
    by: str
    by_id: int | None
    dissent: str
    proposed: tuple[dict[str, Any], ...] = ()
    stays: bool = False
    weight: int = 1


def whole_roll(_actor: Actor, found: Found) -> list[RollLine]:
    """Everybody on the roll of a decision that was found and has closed, by name; one query."""
    of, by = aliased(Party), aliased(Party)
    query = (
        select(
            Party.id, Party.label, Party.names, Roll.because, Roll.left_out, Roll.recused_at, Roll.recused_reason,
            Roll.choice, Roll.cast_by, Roll.dissent, Roll.proposed, Roll.stayed_at, Roll.weight,
            of.label.label("of_label"), of.names.label("of_names"),
            by.label.label("by_label"), by.names.label("by_names"),
        )
        .join(Roll, Roll.person_id == Party.id)
        .outerjoin(of, of.id == Roll.of_id)
        .outerjoin(by, by.id == Roll.cast_by)
        .where(Roll.item_id == found.id)
        .order_by(Party.sort_key, Party.id)
    )  # fmt: skip
    shown = found.level == "open" and found.stage in COUNTED
    return [
        RollLine(
            row.id, in_language(row.names, row.label), row.because,
            in_language(row.of_names, row.of_label) if row.of_label else "", row.left_out, row.recused_at is not None,
            row.recused_reason or "", row.choice if shown else None,
            in_language(row.by_names, row.by_label) if shown and row.cast_by not in (None, row.id) else "",
            row.cast_by if shown else None,
            row.dissent or "", tuple(row.proposed or ()), row.stayed_at is not None, row.weight,
        )
        for row in db.session.execute(query)
    ]  # fmt: skip


def choices_of(_actor: Actor, found: Found) -> Sequence[Mapping[str, Any]]:
    """The ballots of a decision that was found and has closed, each as often as it weighs, in no order that tells whose
    they are; one query."""
    if found.stage not in COUNTED:
        return []
    if hands := hands_in(found.result):
        return ballots_of(hands)
    if found.level == "confidential":
        query = select(SecretBallot.choice).where(SecretBallot.item_id == found.id).order_by(SecretBallot.id)
    else:
        counts = (
            Roll.item_id == found.id,
            Roll.choice.is_not(None),
            Roll.left_out.is_(None),
            Roll.recused_at.is_(None),
        )
        rows = db.session.execute(select(Roll.choice, Roll.weight).where(*counts).order_by(Roll.person_id))
        return repeated((row.choice, row.weight) for row in rows)
    return [choice for choice in db.session.scalars(query) if choice is not None]


def frozen_of(found: Found) -> str | None:
    """The words that were hashed when the vote opened; nothing where it opened before they were kept."""
    return db.session.scalar(select(Decision.opened_words).where(Decision.item_id == found.id))
