"""Objections to what is proposed by consent, each with how it ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.people.models import Party

from ..advice_models import Objection
from ..stages import UNOPENED
from .page import Found


@dataclass(frozen=True, slots=True)
class Objected:
    """`settled`: how the proposal was changed, or why it was overruled."""

    id: int
    by_id: int
    by: str
    reason: str
    at: datetime
    state: str
    settled: str
    settled_at: datetime | None
    settled_by: str
    settled_by_id: int | None


def objections_to(_actor: Actor, found: Found) -> list[Objected]:
    """All objections to a decision that was found, the oldest first; one query, none where it is not by consent or was
    not opened yet."""
    if found.rule["form"] != "consent" or found.stage in UNOPENED:
        return []
    by, settler = aliased(Party), aliased(Party)
    it = Objection
    query = (
        select(
            it.id, it.by_id, by.label, by.names, it.reason, it.at, it.state, it.settled, it.settled_at, it.settled_by,
            settler.label.label("settler_label"), settler.names.label("settler_names"),
        )
        .join(by, by.id == it.by_id)
        .outerjoin(settler, settler.id == it.settled_by)
        .where(it.item_id == found.id)
        .order_by(it.id)
    )  # fmt: skip
    return [
        Objected(
            row.id, row.by_id, in_language(row.names, row.label), row.reason, row.at, row.state, row.settled or "",
            row.settled_at, in_language(row.settler_names, row.settler_label) if row.settler_label else "",
            row.settled_by,
        )
        for row in db.session.execute(query)
    ]  # fmt: skip
