"""The same pages on the real database, whose nulls, collations and row comparisons are what counts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, Connection, Date, MetaData, Table, Text, create_engine, insert, select

from collab.core.paging import Key, Keyset, Kind

ITEM = Table(
    "paged_item",
    MetaData(),
    Column("id", BigInteger, primary_key=True),
    Column("due", Date),
    Column("title", Text(collation="C"), nullable=False),
    Column("rank", BigInteger, nullable=False),
    prefixes=["temporary"],
)
ID = Key("id", ITEM.c.id, Kind.INTEGER)
RANK_DOWN = Key("rank", ITEM.c.rank, Kind.INTEGER, descending=True)
TITLE = Key("title", ITEM.c.title, Kind.TEXT)


def due(**how: Any) -> Key:
    return Key("due", ITEM.c.due, Kind.DAY, **how)


@pytest.fixture(scope="module")
def filled(servers: Any) -> Iterator[Connection]:
    engine = create_engine(servers.url_of("postgres"))
    with engine.connect() as connection:
        ITEM.create(connection)
        days = [None, date(2026, 1, 1), date(2026, 1, 2)]
        rows = [
            {"id": number, "due": days[number % 3], "title": "abγد"[number % 4], "rank": number % 5}
            for number in range(60)
        ]
        connection.execute(insert(ITEM), rows)
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    "keys",
    [
        (ID,),
        (TITLE, ID),
        (RANK_DOWN, ID),
        (due(nulls="last"), ID),
        (due(nulls="first"), ID),
        (due(descending=True, nulls="last"), ID),
        (due(descending=True, nulls="first"), ID),
        (RANK_DOWN, due(nulls="last"), TITLE, ID),
    ],
)
@pytest.mark.parametrize("limit", [1, 7, 60])
def test_walking_there_and_back_meets_every_row_once(filled: Connection, keys: tuple[Key, ...], limit: int) -> None:
    keyset = Keyset(keys)
    query = select(*(key.column for key in keys))
    whole = [tuple(row) for row in filled.execute(query.order_by(*(key.order() for key in keys)))]

    def page(cursor: str | None) -> Any:
        window = keyset.window(cursor, limit)
        return window.page(filled.execute(window.applied(query)).all(), tuple)

    last = page(None)
    seen = [tuple(row) for row in last.items]
    while last.next is not None:
        last = page(last.next)
        seen += [tuple(row) for row in last.items]
    assert seen == whole
    back = [tuple(row) for row in last.items]
    while last.previous is not None:
        last = page(last.previous)
        back = [tuple(row) for row in last.items] + back
    assert back == whole


def test_values_at_the_edge_of_their_type_are_no_fault(filled: Connection) -> None:
    keyset = Keyset((TITLE, ID))
    for position in [("\U0010ffff", 2**63 - 1), ("", -(2**63)), ("'; drop table item; --", 0)]:
        filled.execute(keyset.window(keyset.cursor(position)).applied(select(ITEM.c.id))).all()
