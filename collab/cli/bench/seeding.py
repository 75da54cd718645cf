"""A large organisation written with a few bulk statements: deterministic, and shaped like a real one.

Everybody belongs to one unit, a few units are busy, four items in a hundred are open and most of those are young,
some were handed over, some wait for others. What is pseudo-random is the fractional part of a multiple.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from collab.core.migrate import driver_url
from collab.core.text.fold import fold
from collab.people.organisation import founding, tree

from . import decisions, items, organisation
from .database import plain
from .marking import Size, mark, refuse_foreign

LOADED = ("work_item", "facts", "wait", "interval", "participant", "pending_item", "message", "conversation",
          "notification", "work_item_label", "handover")  # fmt: skip

MATTERS = ("Fallen branches", "Pavement licence", "Broken lamp", "Κλάδεμα δέντρων", "Λακκούβα στο οδόστρωμα",
           "Αίτηση αντιγράφων", "آبیاری باغچه", "Leaking roof", "Bulky waste", "Τομή οδού", "Noise complaint",
           "بررسی صورت‌حساب", "Home care", "Έλεγχος ανελκυστήρα", "New bus stop", "Ένσταση προστίμου")  # fmt: skip
PLACES = ("Harbour Street", "Mill Lane", "οδός Φάρου", "οδός Κυπαρισσιών", "Station Square", "خیابان سروها",
          "Garden Row", "οδός Αλυκών", "Well Street", "Old Market")  # fmt: skip


def seed(url: str, size: Size, say: Callable[[str], Any] = lambda _said: None) -> None:
    """Fill the empty, migrated database at `url`. Raises NotOurs where anything is in it."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        refuse_foreign(connection)
    _found(url)
    with psycopg.connect(plain(url), autocommit=True) as connection:
        _hurry(connection)
        indexes = _without_indexes(connection)
        for name, statement in _steps(size):
            _run(connection, name, statement, _values(size), say)
        for number, definition in enumerate(indexes, start=1):
            _run(connection, f"index {number} of {len(indexes)}", definition, {}, say)
        decisions.freeze_and_count(connection)
        connection.execute("select setval('party_id_seq', (select max(id) from party))")
        mark(connection, size)
    with _session(url) as session:
        tree.refresh_closure(session, founding.today(session))
    with psycopg.connect(plain(url), autocommit=True) as connection:
        _run(connection, "statistics", "vacuum (analyze)", {}, say)


@contextmanager
def _session(url: str) -> Iterator[Session]:
    engine = create_engine(driver_url(url))
    try:
        with Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()


def _found(url: str) -> None:
    with _session(url) as session:
        founding.found(session, "Bench", locale="en", country="GR")


def _hurry(connection: psycopg.Connection) -> None:
    """This session may lose what it wrote, and writes rows that are known to fit."""
    connection.execute("set synchronous_commit = off")
    connection.execute("set maintenance_work_mem = '512MB'")
    connection.execute("set work_mem = '256MB'")
    connection.execute("set session_replication_role = replica")
    connection.execute("create schema if not exists bench")
    connection.execute(
        "create function bench.part(n bigint, salt double precision) returns double precision language sql immutable "
        "as 'select n * salt - floor(n * salt)'"
    )


def _without_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop what can be made anew in one go at the end; how to make it."""
    rows = connection.execute(
        "select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename = any(%s) "
        "and indexname not in (select conname from pg_constraint)",
        [list(LOADED)],
    ).fetchall()
    for name, _definition in rows:
        connection.execute(f'drop index "{name}"')
    return [definition for _name, definition in rows]


def _steps(size: Size) -> list[tuple[str, str]]:
    talk, votes = items.TALK if size.messages else (), decisions.STEPS if size.decisions else ()
    return [*organisation.STEPS, *items.STEPS, *talk, *votes]


def _values(size: Size) -> dict[str, Any]:
    directorates = max(2, size.units // 20)
    departments = max(2, (size.units - 1 - directorates) * 3 // 10)
    return {
        "people": size.people,
        "units": size.units,
        "items": size.items,
        "messages": size.messages,
        "decisions": size.decisions,
        **decisions.values(size.people),
        "directorates": directorates,
        "departments": departments,
        "titles": list(MATTERS),
        "titles_folded": [fold(title) for title in MATTERS],
        "places": list(PLACES),
        "places_folded": [fold(place) for place in PLACES],
    }


def _run(
    connection: psycopg.Connection, name: str, statement: str, values: dict[str, Any], say: Callable[[str], Any]
) -> None:
    began = time.monotonic()
    # Values are written into the statement, so that PostgreSQL plans for the sizes at hand.
    psycopg.ClientCursor(connection).execute(statement, values or None)
    say(f"{name}: {time.monotonic() - began:.1f} s")
