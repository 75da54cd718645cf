"""Who votes: everybody entitled in the large vote of a bench, each with their ways in, and the ballots put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

import psycopg

from collab.core import clock
from collab.people.recognise import MARK, digest

from .database import plain


class Vote(NamedTuple):
    """`options`: their ids; none where it is voted by yes or no."""

    id: int
    reference: str
    options: list[int]


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody entitled, with a cookie, the id of its session, and a token."""

    person: int
    cookie: str
    session: int
    token: str


_LARGE = """
select item_id, reference,
       array(select id from decision_option o where o.item_id = d.item_id order by position) as options
from decision d join work_item i on i.id = d.item_id
where stage = 'open' order by (select count(*) from decision_roll r where r.item_id = d.item_id) desc, item_id limit 1
"""
_PUT_BACK = """
update decision_roll set cast_at = null, cast_by = null, choice = null where item_id = %(vote)s and cast_at is not null;
update wait set ended_at = null, ended_how = null, ended_by = null
where item_id = %(vote)s and sense = 'vote' and ended_how = 'answered'
"""


def large_vote(connection: psycopg.Connection) -> Vote | None:
    """The open vote with the longest roll; None where none is open."""
    row = connection.execute(_LARGE).fetchone()
    return Vote(*row) if row else None


def with_ways_in(url: str, people: Sequence[int]) -> list[Voter]:
    """These people, each with a session and a token, instead of those they had from here."""
    now = clock.now()
    until = now + timedelta(days=1)
    cookies = {id_: f"bench-voter-{id_}-{'x' * 30}" for id_ in people}
    tokens = {id_: f"{MARK}bench-voter-{id_}-{'x' * 30}" for id_ in people}
    hashes = [digest(cookies[id_]) for id_ in people], [digest(tokens[id_]) for id_ in people]
    with psycopg.connect(plain(url)) as connection:
        connection.execute("delete from sign_in_session where secret_hash = any(%s)", (hashes[0],))
        connection.execute("delete from access_token where secret_hash = any(%s)", (hashes[1],))
        sessions: dict[int, int] = dict(
            connection.execute(
                "insert into sign_in_session (person_id, secret_hash, created_at, seen_at, expires_at, address, agent) "
                "select person, secret, %s, %s, %s, '127.0.0.1', 'bench' "
                "from unnest(%s::bigint[], %s::bytea[]) as voter(person, secret) returning person_id, id",
                (now, now, until, list(people), hashes[0]),
            ).fetchall()
        )
        connection.execute(
            "insert into access_token (person_id, name, secret_hash, hint, scopes, created_at, expires_at, used_at) "
            "select person, 'bench', secret, 'bench', array['read', 'write'], %s, %s, %s "
            "from unnest(%s::bigint[], %s::bytea[]) as voter(person, secret)",
            (now, until, now, list(people), hashes[1]),
        )
    return [Voter(id_, cookies[id_], sessions[id_], tokens[id_]) for id_ in people]


def voters(url: str, vote: Vote) -> list[Voter]:
    """Everybody entitled in this vote, let in."""
    with psycopg.connect(plain(url)) as connection:
        query = "select person_id from decision_roll where item_id = %s and left_out is null order by person_id"
        people = [row[0] for row in connection.execute(query, (vote.id,))]
    return with_ways_in(url, people)


def put_ballots_back(url: str, vote: Vote) -> None:
    """Nobody has voted: what an earlier run cast is awaited again."""
    with psycopg.connect(plain(url)) as connection:
        psycopg.ClientCursor(connection).execute(_PUT_BACK, {"vote": vote.id})
