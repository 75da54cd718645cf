"""My day in SQL: everything that is expected of somebody is an open wait; and what they await of others.

Waits are found and put in order by themselves, in the three partial indexes of open ones; items are looked up only
for the page that is shown, so that the head of a unit with thousands of waits pays for one page.
"""

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.paging import Key, Keyset, Kind, Page, Window
from collab.people.models import Party
from collab.work.models import OF_EACH, Handover, Snooze, Wait, WorkItem
from collab.work.policy import among, visible_to
from collab.work.queries.handovers import came_back
from collab.work.queries.rows import REPEATS
from collab.work.queries.waits import of_me as expected_of_me

from ..prepared import Asked, Prepared, asked

PAGE: Final = 50
BESIDE: Final = 20
"""How much of what is awaited stands on My day itself."""

DAY: Final = Keyset((Key("until", Wait.until, Kind.DAY, nulls="last"), Key("id", Wait.id, Kind.INTEGER)))
"""What is due first stands first; what has no day comes last."""


class Expected(NamedTuple):
    """One open wait with what it is about and who is on either side."""

    id: int
    sense: str
    what: str
    since: datetime
    until: date | None
    of_id: int | None
    of_kind: str | None
    of_label: str | None
    of_names: dict[str, str] | None
    by_id: int
    by_label: str | None
    by_names: dict[str, str] | None
    tray_unit_id: int | None
    taken_by: int | None
    nudges: int
    item_id: int | None
    reference: str | None
    title: str | None
    kind: str | None
    state_kind: str | None
    handover_id: int | None
    late_label: str | None = None
    late_names: dict[str, str] | None = None
    priority: int | None = None
    repeats: bool = False
    runs: bool = False
    """Of a vote or an invitation: the item lies with the reader too, and its own line is left out for this one."""
    came_back: str | None = None
    """Of work that was offered elsewhere and returned, nothing having followed: the reason. `late_label`: by whom."""


def of_me(actor: Actor, asking: Asked) -> ColumnElement[bool]:
    """What is expected of this person, as `collab.work` says it. A matter in which they vote, or a meeting to
    which they are invited, that lies with them too stands once: as the vote, as the invitation."""
    voted = aliased(Wait, name="voted")
    own = and_(voted.of_id == among(asking.own), voted.taken_by.is_(None))
    votes = select(voted.item_id).where(
        or_(own, voted.taken_by == actor.person_id),
        or_(voted.sense == "vote", voted.sense == "tie", voted.sense == "invitation"),
        voted.ended_at.is_(None),
        voted.item_id.is_not(None),
        voted.id.not_in(select(Snooze.wait_id).where(Snooze.person_id == actor.person_id)),
    )  # fmt: skip
    return and_(expected_of_me(actor, asking.own), or_(Wait.sense != "task", Wait.item_id.not_in(votes)))


def by_me(actor: Actor, asking: Asked) -> ColumnElement[bool]:
    """Waits that this person, or a unit they belong to, has on others. Of sixty people asked to read, to vote or to
    come the item itself says who is missing."""
    our = and_(Wait.by_unit_id == among(asking.units), Wait.sense != "task")
    return and_(
        or_(Wait.by_id == actor.person_id, our),
        Wait.sense != "acknowledgement",
        *(Wait.sense != sense for sense in OF_EACH),
        or_(Wait.of_id.is_(None), not_(Wait.of_id == among(asking.own))),
        or_(Wait.tray_unit_id.is_(None), not_(Wait.tray_unit_id == among(actor.heads))),
        Wait.taken_by.is_distinct_from(actor.person_id),
    )


def in_order(window: Window, criterion: ColumnElement[bool]) -> Any:
    """The open waits with `criterion` from where the page begins, as an entity to select from.

    They are put in order by the table of waits alone (OFFSET 0 keeps PostgreSQL to that), so that what comes after,
    items and whether they may be seen, is asked only until the page is full.
    """
    found: Any = select(Wait).where(Wait.ended_at.is_(None), criterion)
    return aliased(Wait, window.applied(found).limit(None).offset(0).subquery("ordered"))


def sight(actor: Actor, wait: Any) -> ColumnElement[bool]:
    """The wait is on nothing, or on an item (joined) that the actor may see."""
    return or_(wait.item_id.is_(None), visible_to(actor))


def lines(actor: Actor, asking: Asked, window: Window, criterion: ColumnElement[bool]) -> tuple[Any, Any]:
    wait = in_order(window, criterion)
    of, by = aliased(Party, name="of_party"), aliased(Party, name="by_party")
    over, late = aliased(Wait, name="over"), aliased(Party, name="late")
    offered = and_(
        or_(wait.sense == "handover", wait.sense == "task"),
        Handover.item_id == wait.item_id,
        Handover.state == "offered",
    )
    back = aliased(Handover, name="back")
    returned = func.coalesce(Handover.to_id, back.decided_by, back.to_id)
    beside = case((wait.sense == "task", returned), else_=func.coalesce(over.taken_by, over.of_id))
    asks = or_(wait.sense == "vote", wait.sense == "invitation")
    query: Any = (
        select(
            wait.id, wait.sense, wait.what, wait.since, wait.until, wait.of_id, of.kind, of.label, of.names, wait.by_id,
            by.label, by.names, wait.tray_unit_id, wait.taken_by, wait.nudges, wait.item_id, WorkItem.reference,
            WorkItem.title, WorkItem.kind, WorkItem.state_kind, Handover.id, late.label, late.names,
            WorkItem.priority, REPEATS.label("repeats"),
            and_(asks, WorkItem.holder_id == among(asking.own)).label("runs"), back.reason.label("came_back"),
        )
        .outerjoin(WorkItem, WorkItem.id == wait.item_id)
        .outerjoin(of, of.id == wait.of_id)
        .outerjoin(by, by.id == wait.by_id)
        .outerjoin(Handover, offered)
        .outerjoin(back, and_(wait.sense == "task", came_back(back, wait.item_id)))
        .outerjoin(over, over.id == wait.over_id)
        .outerjoin(late, late.id == beside)
        .where(sight(actor, wait))
        .order_by(*((wait.until.desc().nulls_first(), wait.id.desc()) if window.backward else (wait.until, wait.id)))
        .limit(window.limit + 1)
    )  # fmt: skip
    return query, wait


def _expected(actor: Actor, asking: Asked, window: Window) -> Select[Any]:
    query: Select[Any] = lines(actor, asking, window, of_me(actor, asking))[0]
    return query


def awaited_query(actor: Actor, asking: Asked, window: Window) -> Select[Any]:
    """Tasks count as awaited only where the work lies outside the actor's reach."""
    query, wait = lines(actor, asking, window, by_me(actor, asking))
    awaited: Select[Any] = query.where(or_(wait.sense != "task", not_(WorkItem.desk_unit_id == among(actor.reach))))
    return awaited


FIRST_EXPECTED: Final = Prepared(lambda actor, asking: _expected(actor, asking, DAY.window(limit=PAGE)))


def expected(actor: Actor, after: str | None = None) -> Page[Expected]:
    """A page of what is expected of this person, what is due first standing first. Raises BadCursor."""
    window = DAY.window(after, PAGE)
    if after is None:
        return page(window, FIRST_EXPECTED.rows(actor))
    return page(window, db.session.execute(_expected(actor, asked(actor), window)).all())


def awaited(actor: Actor, after: str | None = None, limit: int = BESIDE) -> Page[Expected]:
    """A page of what this person and their units await of others. Raises BadCursor."""
    window = DAY.window(after, limit)
    return page(window, db.session.execute(awaited_query(actor, asked(actor), window)).all())


def page(window: Window, rows: Any) -> Page[Expected]:
    return window.page([Expected(*row) for row in rows], lambda row: (row.until, row.id))
