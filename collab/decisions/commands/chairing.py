"""Who chairs: the person named, until they leave; then whoever holds their post now, else whoever heads the unit of the
decision or the next one above it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from sqlalchemy import Date, bindparam, select, text

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.people.models import Person, Post
from collab.work.audience import readers_among, today
from collab.work.escalating.ladder import Office, answering
from collab.work.escalating.offices import way_up
from collab.work.models import Wait, WorkItem
from collab.work.policy import items
from collab.work.taking_part import join, leave

from ..events import ChairPassedOn
from ..having import decision_of, touch
from ..models import Decision, Roll
from ..policy import system_alone

# Where somebody sits with regard to a unit: at its head or above it first, else where they mainly belong. Whoever heads
# a unit holds its head's post, noted or not.
_SEAT: Final = text(
    """
    select coalesce(m.post_id, p.id), m.unit_id from membership m
    left join post p on p.unit_id = m.unit_id and p.kind = 'head' and m.kind in ('head', 'acting')
      and p.valid_from <= :day and (p.valid_to is null or p.valid_to > :day)
    left join unit_closure c on c.ancestor_id = m.unit_id and c.descendant_id = :unit
    where m.person_id = :person and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)
    order by m.kind = 'member', c.depth nulls last, m.main desc, m.id limit 1
    """
).bindparams(bindparam("day", type_=Date))

SITS: Final = """
    exists (
      select 1 from membership m left join post seat on seat.id = {post}
      where m.person_id = {person} and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)
        and (m.unit_id = {unit}
            and (seat.id is null or m.post_id = seat.id or seat.kind = 'head' and m.kind in ('head', 'acting'))
          or exists (select 1 from unit u where u.id = {unit} and u.valid_to <= :day)))
"""
"""SQL: whether a person sits there as they did. Of a unit that was closed since, whoever still belongs somewhere went
along."""
_SITS: Final = text("select " + SITS.format(post="cast(:post as bigint)", person=":person", unit=":unit")).bindparams(
    bindparam("day", type_=Date)
)

# Whoever holds a post, and for somebody who is away who stands in.
_HOLDERS: Final = text(
    """
    select case when a.id is null then m.person_id else a.substitute_id end
    from membership m
    left join absence a on a.person_id = m.person_id and a.cancelled_at is null
      and a.first_day <= :day and a.last_day >= :day
    where m.post_id = :post and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)
    order by a.id is not null, m.person_id
    """
).bindparams(bindparam("day", type_=Date))


def seat_chair(item: WorkItem, row: Decision) -> None:
    """Note where the chair sits now: it is there that somebody comes after them."""
    asked = {"person": row.chair_id or 0, "unit": item.unit_id, "day": today(session())}
    found = session().execute(_SEAT, asked).first()
    row.chair_post_id, row.chair_unit_id = found if found is not None else (None, None)


def still_chairs(row: Decision, day: date) -> bool:
    """Whether the chair may still work here, where they sat when the vote opened. Being away is not leaving."""
    if not session().scalar(select(Person.active).where(Person.id == row.chair_id)):
        return False
    if row.chair_unit_id is None:
        return True
    asked = {"person": row.chair_id, "unit": row.chair_unit_id, "post": row.chair_post_id, "day": day}
    return bool(session().scalar(_SITS, asked))


@command(system_alone, on=items)
def pass_chair_on(_actor: Actor, item: WorkItem) -> int:
    """The chair left: whoever comes after them chairs, and has on their day what waits for the chair's word."""
    row = decision_of(item)
    waiting = select(Wait.id).where(Wait.item_id == item.id, Wait.sense == "tie", Wait.ended_at.is_(None))
    if row.stage == "open" or (row.stage == "closed" and session().scalar(waiting) is not None):
        keep_chair(item, row)
    return item.id


def keep_chair(item: WorkItem, row: Decision) -> None:
    """See to it that somebody chairs who is here. Nobody is found while every head above is gone or stands aside: the
    sweep asks again."""
    day = today(session())
    if row.chair_id is None or still_chairs(row, day):
        return
    person = _fit(item, _after(item, row, day))
    if person is None:
        return
    before, at = row.chair_id, clock.now()
    row.chair_id = person
    seat_chair(item, row)
    if person == before:
        session().flush()
        return
    row.chair_was_id = before
    _pass_wait_on(item.id, before, person, at)
    touch(item)
    session().flush()
    record(ChairPassedOn(subject=item.id, before=before, to=person))


def _after(item: WorkItem, row: Decision, day: date) -> Iterator[int | None]:
    """Who comes after the chair, the first first."""
    if row.chair_post_id is not None and row.chair_unit_id is not None:
        post = session().get_one(Post, row.chair_post_id)
        yield from _heading(way_up(row.chair_unit_id, day)[:1] if post.kind == "head" else [])
        yield from session().scalars(_HOLDERS, {"post": row.chair_post_id, "day": day})
    yield from _heading(way_up(item.unit_id, day))
    yield from (row.opened_by, item.created_by)


def _heading(offices: Iterable[Office]) -> Iterator[int]:
    """Whoever answers for each of these units today: acting head, head, deputy, or who stands in for them."""
    for office in offices:
        seat = answering(office)
        if seat is not None and seat.answers is not None:
            yield seat.answers


def _fit(item: WorkItem, found: Iterable[int | None]) -> int | None:
    """The first of them who works here and does not stand aside; where the item is for named people, one of those."""
    people = list(dict.fromkeys(person for person in found if person is not None))
    able = set(session().scalars(select(Person.id).where(Person.id.in_(people), Person.active)))
    aside = select(Roll.person_id).where(Roll.item_id == item.id, Roll.recused_at.is_not(None))
    able -= set(session().scalars(aside))
    if item.reach == "named":
        able &= readers_among(session(), item.id, able)
    return next((person for person in people if person in able), None)


def _pass_wait_on(item_id: int, before: int, person: int, at: datetime) -> None:
    waiting = select(Wait).where(Wait.item_id == item_id, Wait.sense == "tie", Wait.ended_at.is_(None))
    for wait in session().scalars(waiting.with_for_update()):
        wait.of_id = person
        wait.version += 1
        leave(item_id, "asked", at, party_id=before)
    join(item_id, person, "asked", at)
