"""The roll as people read it: who is entitled and why, who is left out and why. Never what anybody voted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import aliased

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.core.paging import Key, Keyset, Kind, Page
from collab.core.venue import attendances_of
from collab.people.models import Party
from collab.people.queries.tree import tree

from ..electing import Elector, electors, entitled
from ..forms import Electorate, ElectoratePart
from ..models import Roll
from ..present import taken_from, told_apart, with_present
from ..presets import of_present
from ..weights import weights_of
from ..words import FROZEN
from .abouts import interests_now
from .page import Found, Option

BY_NAME = Keyset((Key("name", Party.sort_key, Kind.TEXT), Key("id", Party.id, Kind.INTEGER)))


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody on the roll: the code of the reason, of what, and why not where there is one. `proposed`: for what they
    are asked whether they stand aside; `stays`: they said that they take part."""

    person_id: int
    name: str
    because: str
    of: str
    left_out: str | None = None
    recused: bool = False
    reason: str = ""
    proposed: tuple[dict[str, Any], ...] = ()
    stays: bool = False
    weight: int = 1


def roll_of(_actor: Actor, found: Found, part: ElectoratePart) -> Page[Voter]:
    """The frozen roll of a decision that was found, by name; one query."""
    window = BY_NAME.window(part.after or None, part.limit)
    of = aliased(Party)
    query: Any = (
        select(
            Party.id, Party.label, Party.names, Party.sort_key, Roll.because, Roll.left_out, Roll.recused_at,
            Roll.recused_reason, Roll.proposed, Roll.stayed_at, Roll.weight,
            of.label.label("of_label"), of.names.label("of_names"),
        )
        .join(Roll, Roll.person_id == Party.id)
        .outerjoin(of, of.id == Roll.of_id)
        .where(Roll.item_id == found.id)
    )  # fmt: skip
    rows = db.session.execute(window.applied(query)).all()
    page = window.page(rows, lambda row: (row.sort_key, row.id))
    voters = [
        Voter(
            row.id, in_language(row.names, row.label), row.because,
            in_language(row.of_names, row.of_label) if row.of_label else "", row.left_out,
            row.recused_at is not None, row.recused_reason or "", tuple(row.proposed or ()), row.stayed_at is not None,
            row.weight,
        )
        for row in page.items
    ]  # fmt: skip
    return Page(voters, page.next, page.previous)


def previewed(actor: Actor, found: Found, options: Sequence[Option] = ()) -> list[Voter]:
    """Who would be entitled if the vote were opened now, by name; two queries, and one more where it is reckoned of
    those present. With `options` also who would be asked
    whether they stand aside: two more where some are about an item."""
    listed = _found_now(actor, found)
    ids = {one.person_id for one in listed} | {one.of_id for one in listed if one.of_id}
    known = {
        row.id: row
        for row in db.session.execute(
            select(Party.id, Party.label, Party.names, Party.sort_key).where(Party.id.in_(sorted(ids)))
        )
    }
    listed.sort(key=lambda one: (known[one.person_id].sort_key, one.person_id))

    def name(id_: int | None) -> str:
        return in_language(known[id_].names, known[id_].label) if id_ else ""

    weights = weights_of(found.rule)
    ties = interests_now(options, [one.person_id for one in listed if one.left_out is None])
    return [
        Voter(
            one.person_id, name(one.person_id), one.because, name(one.of_id), one.left_out,
            proposed=tuple(tie.as_json() for tie in ties.get(one.person_id, ())), weight=weights.get(one.person_id, 1),
        )
        for one in listed
    ]  # fmt: skip


def _found_now(actor: Actor, found: Found) -> list[Elector]:
    """Whom the query finds today; one query, and one more where it is reckoned of those present."""
    listed = electors(db.session(), Electorate.model_validate(found.electorate), found.unit_id, today())
    if of_present(found.rule) and (taken := taken_from(attendances_of(actor, found.id))) is not None:
        return told_apart(listed, taken.people)
    return listed


def today() -> date:
    """The organisation's calendar day."""
    return clock.today(tree().time_zone)


def is_frozen(found: Found) -> bool:
    return found.stage in FROZEN


def as_if_opened(actor: Actor, found: Found) -> tuple[Found, int]:
    """The decision as its card would be if it were opened now, and the votes of those who would be entitled."""
    listed, weights = _found_now(actor, found), weights_of(found.rule)
    return with_those(found, listed), sum(weights.get(one.person_id, 1) for one in entitled(listed))


def with_those(found: Found, listed: Sequence[Voter | Elector]) -> Found:
    """The decision with those present on its card, where some of the people previewed are not there."""
    if not any(one.left_out == "absent" for one in listed):
        return found
    return replace(found, rule=with_present(found.rule, listed))


COUNT = text("select 1")
