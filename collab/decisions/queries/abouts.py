"""Which items the options of a decision are about, as far as the reader sees them; and who would be asked to stand
aside if the vote were opened now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, and_, bindparam, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.prepared import Prepared
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from ..interests import Interest, interests
from ..models import DecisionOption
from .page import Option


@dataclass(frozen=True, slots=True)
class About:
    """An item that an option is about."""

    reference: str
    title: str


def abouts_of(actor: Actor, options: Iterable[Option]) -> dict[int, About]:
    """Option → the item it is about, where it is about one that the reader sees; one query, none where none is."""
    asked = {option.id: option.about_id for option in options if option.about_id is not None}
    if not asked:
        return {}
    query = select(WorkItem.id, WorkItem.reference, WorkItem.title).where(WorkItem.id.in_(sorted(set(asked.values()))))
    seen = {row.id: About(row.reference, row.title) for row in db.session.execute(query.where(visible_to(actor)))}
    return {option: seen[item] for option, item in asked.items() if item in seen}


def _options_seen(actor: Actor) -> Any:
    it = DecisionOption
    seen = and_(WorkItem.id == it.about_id, visible_to(actor))
    query = select(it.id, it.title, it.body, it.cost, it.about_id, WorkItem.reference, WorkItem.title.label("called"))
    options = query.outerjoin(WorkItem, seen).where(it.item_id == bindparam("item", type_=BigInteger))
    return options.order_by(it.position, it.id)


OPTIONS_SEEN: Final = Prepared(_options_seen)


def options_seen(actor: Actor, item_id: int) -> tuple[list[Option], dict[int, About]]:
    """The options of a decision that was found, in their order, and what `abouts_of` says of them; one query."""
    rows = OPTIONS_SEEN.rows(actor, item=item_id)
    abouts = {row.id: About(row.reference, row.called) for row in rows if row.reference}
    return [Option(*row[:5]) for row in rows], abouts


def interests_now(options: Iterable[Option], voters: Iterable[int]) -> dict[int, list[Interest]]:
    """Whom of `voters` the opening would ask whether they stand aside; two queries, none where nothing is about
    anything."""
    return interests(db.session(), {option.id: option.about_id for option in options}, voters)
