"""Who was asked for advice on a decision, who answered what, who is silent, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.core.prepared import Fixed
from collab.people.models import Party
from collab.people.queries.tree import tree
from collab.work.models import Wait

from ..advice_models import Advice
from ..affected import affected
from ..stages import UNOPENED
from .page import Found


@dataclass(frozen=True, slots=True)
class Advised:
    """One who was asked. `state`: silent, given, no-longer (the question was taken back) or unanswered (the vote opened
    first). `mine`: whether the reader may give it, or word it otherwise."""

    id: int
    of_id: int
    of_kind: str
    of: str
    because: str
    what: str
    since: datetime
    until: date | None
    state: str
    mine: bool
    stance: str | None
    text: str
    given_at: datetime | None
    given_by: str
    given_by_id: int | None
    used: str | None
    used_note: str
    nudges: int
    wait_id: int


def _advice() -> Any:
    of, by = aliased(Party), aliased(Party)
    return (
        select(
            Advice.id, Advice.of_id, Advice.because, Advice.stance, Advice.text, Advice.given_at, Advice.given_by,
            Advice.used, Advice.used_note, Advice.wait_id, Wait.what, Wait.since, Wait.until, Wait.ended_at,
            Wait.ended_how, Wait.of_id.label("now_of"), Wait.taken_by, Wait.nudges, of.kind, of.label, of.names,
            by.label.label("by_label"), by.names.label("by_names"),
        )
        .join(Wait, Wait.id == Advice.wait_id)
        .join(of, of.id == Advice.of_id)
        .outerjoin(by, by.id == Advice.given_by)
        .where(Advice.item_id == bindparam("item", type_=BigInteger))
        .order_by(Advice.id)
    )  # fmt: skip


_ADVICE = Fixed(_advice)


def advice_on(actor: Actor, found: Found) -> list[Advised]:
    """Everybody who was asked on a decision that was found, in order of asking; one query."""
    return [_line(actor, found, row) for row in _ADVICE.rows(item=found.id)]


def _line(actor: Actor, found: Found, row: Any) -> Advised:
    state = "given" if row.stance else "silent" if row.ended_at is None else "no-longer"
    if state == "no-longer" and row.ended_how == "lapsed":
        state = "unanswered"
    own = actor.acts_for(row.now_of) or actor.acts_for(row.taken_by) or row.given_by == actor.person_id
    return Advised(
        id=row.id, of_id=row.of_id, of_kind=row.kind, of=in_language(row.names, row.label), because=row.because,
        what=row.what, since=row.since, until=row.until, state=state,
        mine=own and state in ("silent", "given") and found.stage in UNOPENED,
        stance=row.stance, text=row.text or "", given_at=row.given_at,
        given_by=in_language(row.by_names, row.by_label) if row.by_label else "", given_by_id=row.given_by,
        used=row.used, used_note=row.used_note or "", nudges=row.nudges, wait_id=row.wait_id,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposed:
    """A unit that may be asked, and why it is proposed."""

    unit_id: int
    name: str
    because: str


def proposed_for(actor: Actor, found: Found, asked: list[Advised]) -> list[Proposed]:
    """The units that this affects and that are not asked yet; one query."""
    waiting = {one.of_id for one in asked if one.state in ("silent", "given")}
    nodes = tree().nodes
    return [
        Proposed(one.unit_id, nodes[one.unit_id].name(), one.because)
        for one in affected(db.session(), actor, found.id, found.unit_id)
        if one.unit_id not in waiting
    ]
