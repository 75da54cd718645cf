"""Which database is for measuring: one that was seeded here is marked, and no other is touched."""

from dataclasses import astuple, dataclass

import psycopg


class NotOurs(Exception):
    """The database holds something else; its text is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are of each."""

    people: int
    units: int
    items: int
    messages: int
    decisions: int = 0


def mark(connection: psycopg.Connection, size: Size) -> None:
    """Say, in the database itself, that it is for measuring, and how large it is."""
    connection.execute("create schema if not exists bench")
    connection.execute(
        "create table bench.seeded (people bigint, units bigint, items bigint, messages bigint, decisions bigint)"
    )
    connection.execute("insert into bench.seeded values (%s, %s, %s, %s, %s)", astuple(size))


def marked(connection: psycopg.Connection) -> Size | None:
    """The size of the bench in this database; None where it is no bench."""
    there = connection.execute("select to_regclass('bench.seeded')").fetchone()
    if there is None or there[0] is None:
        return None
    row = connection.execute("select * from bench.seeded").fetchone()
    return Size(*row) if row else None


def refuse_foreign(connection: psycopg.Connection) -> None:
    """Raises NotOurs where anything is in the database already."""
    if marked(connection) is not None:
        raise NotOurs("This database is seeded already; drop it to seed it anew.")
    found = connection.execute("select exists (select from organisation) or exists (select from party)").fetchone()
    if found is None or found[0]:
        raise NotOurs("This database holds an organisation of its own; give a bench a database of its own.")


def refuse_unseeded(connection: psycopg.Connection) -> Size:
    """The size of the bench. Raises NotOurs where there is none."""
    size = marked(connection)
    if size is None:
        raise NotOurs("There is no bench in this database; `collab bench seed` makes one.")
    return size
