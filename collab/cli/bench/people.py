"""Who asks: a clerk who sees little, a director who sees much, the mayor who sees all; with their ways in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg

from collab.core import clock
from collab.people.recognise import MARK, digest

from .database import plain
from .voters import large_vote


@dataclass(frozen=True, slots=True)
class Asker:
    """A person of the bench, with the unit and the item they ask about, a cookie and a token."""

    name: str
    person: int
    unit: int
    unit_code: str
    item: str
    cookie: str
    token: str
    below: int = 0
    """A colleague of the unit, with much in hand."""
    vote: str = ""
    """The large open vote, in which they are entitled; nothing where the bench has no decisions."""
    taken: str = ""
    """A decision that was taken, of their unit where one of it was."""


_MIDDLE = """
select m.person_id, m.unit_id from membership m join unit u on u.id = m.unit_id
where m.kind = 'member' and m.main and u.level = %s
  and exists (select from work_item i where i.desk_unit_id = m.unit_id and i.holder_id = m.person_id
              and i.state_kind in ('new', 'active', 'waiting') and i.kind <> 'decision')
order by m.person_id offset 20 limit 1
"""
_HEAD = """
select m.person_id, m.unit_id from membership m join unit u on u.id = m.unit_id
where m.kind = 'head' and u.level = %s order by m.person_id limit 1
"""
_BUSIEST_BELOW = """
select c.descendant_id, u.code from unit_closure c join unit u on u.id = c.descendant_id
where c.ancestor_id = %s order by (
  select count(*) from work_item i
  where i.desk_unit_id = c.descendant_id and i.state_kind in ('new', 'active', 'waiting') and i.kind <> 'decision'
) desc limit 1
"""
_ITEM = """
select reference from work_item where desk_unit_id = %s and unit_id = %s
  and state_kind in ('new', 'active', 'waiting') and reach = 'unit' and kind <> 'decision'
order by (select count(*) from message m join conversation c on c.id = m.conversation_id
          where c.owner_kind = 'work-item' and c.owner_id = work_item.id) desc, id desc limit 1
"""
_COLLEAGUE = """
select holder_id from work_item
where desk_unit_id = %s and holder_id is not null and holder_id <> %s
  and state_kind in ('new', 'active', 'waiting') and kind <> 'decision'
group by holder_id order by count(*) desc, holder_id limit 1
"""
_TAKEN = """
select reference from decision d join work_item i on i.id = d.item_id
where d.stage in ('decided', 'carried-out') and (i.unit_id = %s or i.reach = 'all')
order by i.unit_id = %s desc, (d.result ->> 'cast')::int desc, i.id desc limit 1
"""


def askers(url: str) -> list[Asker]:
    """Find them in the database and let them in."""
    with psycopg.connect(plain(url)) as connection:
        found = [
            _asker(connection, "clerk", _MIDDLE, "office"),
            _asker(connection, "director", _HEAD, "directorate"),
            _asker(connection, "mayor", _HEAD, "organisation"),
        ]
        for one in found:
            let_in(connection, one)
    return found


def _asker(connection: psycopg.Connection, name: str, who: str, level: str) -> Asker:
    person, unit = _row(connection, who, (level,))
    place, code = _row(connection, _BUSIEST_BELOW, (unit,))
    (item,) = _row(connection, _ITEM, (place, place))
    (below,) = _row(connection, _COLLEAGUE, (place, person))
    cookie, token = f"bench-cookie-{name}-{'x' * 30}", f"{MARK}bench-{name}-{'x' * 30}"
    vote = large_vote(connection)
    (taken,) = _row(connection, _TAKEN, (place, place)) if vote else ("",)
    return Asker(name, person, place, code, item, cookie, token, below, vote.reference if vote else "", taken)


def _row(connection: psycopg.Connection, query: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    row = connection.execute(query, values).fetchone()
    if row is None:
        raise RuntimeError(f"the bench is too small to measure: nothing found for {values}")
    return row


def let_in(connection: psycopg.Connection, one: Asker) -> None:
    """Give them a session and a token, instead of those they had from here."""
    now = clock.now()
    until = now + timedelta(days=1)
    connection.execute("delete from sign_in_session where secret_hash = %s", (digest(one.cookie),))
    connection.execute("delete from access_token where secret_hash = %s", (digest(one.token),))
    connection.execute(
        "insert into sign_in_session (person_id, secret_hash, created_at, seen_at, expires_at, address, agent) "
        "values (%s, %s, %s, %s, %s, '127.0.0.1', 'bench')",
        (one.person, digest(one.cookie), now, now, until),
    )
    connection.execute(
        "insert into access_token (person_id, name, secret_hash, hint, scopes, created_at, expires_at, used_at) "
        "values (%s, 'bench', %s, 'bench', array['read', 'write'], %s, %s, %s)",
        (one.person, digest(one.token), now, until, now),
    )
