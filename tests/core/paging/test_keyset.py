import base64
import json
import uuid
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Column, Date, MetaData, Table, Text, create_engine, insert, select
from sqlalchemy.dialects import postgresql

from collab.core.errors import Invalid
from collab.core.paging import BadCursor, Key, Keyset, Kind

ITEM = Table(
    "item",
    MetaData(),
    Column("id", BigInteger, primary_key=True),
    Column("due", Date),
    Column("title", Text, nullable=False),
    Column("rank", BigInteger, nullable=False),
)
ID = Key("id", ITEM.c.id, Kind.INTEGER)
DUE_LAST = Key("due", ITEM.c.due, Kind.DAY, nulls="last")
RANK_DOWN = Key("rank", ITEM.c.rank, Kind.INTEGER, descending=True)
TITLE = Key("title", ITEM.c.title, Kind.TEXT)


def sql(criterion):
    return str(criterion.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))


def test_one_direction_is_one_row_comparison():
    assert sql(Keyset((TITLE, ID)).beyond(("a", 7))) == "(item.title, item.id) > ('a', 7)"


def test_downwards_is_less_than():
    keys = Keyset((RANK_DOWN, Key("id", ITEM.c.id, Kind.INTEGER, descending=True)))
    assert sql(keys.beyond((3, 7))) == "(item.rank, item.id) < (3, 7)"


def test_mixed_directions_keep_a_bound_for_the_index():
    assert sql(Keyset((RANK_DOWN, ID)).beyond((3, 7))) == (
        "item.rank <= 3 AND (item.rank < 3 OR item.rank = 3 AND item.id > 7)"
    )


def test_nulls_last_follow_every_value():
    assert "item.due IS NULL" in sql(Keyset((DUE_LAST, ID)).beyond((date(2026, 5, 1), 7)))
    assert sql(Keyset((DUE_LAST, ID)).beyond((None, 7))).startswith("item.due IS NULL AND")


def test_the_query_is_ordered_and_one_row_longer_than_the_page():
    query = Keyset((DUE_LAST, ID)).window(None, 20).applied(select(ITEM.c.id).order_by(ITEM.c.title))
    assert sql(query).endswith("ORDER BY item.due ASC NULLS LAST, item.id ASC \n LIMIT 21")


@pytest.mark.parametrize(("asked", "given_"), [(-5, 1), (0, 1), (50, 50), (201, 200), (10**9, 200)])
def test_a_page_holds_between_one_and_two_hundred_rows(asked, given_):
    assert Keyset((ID,)).window(None, asked).limit == given_


def test_the_last_key_must_be_unique_and_never_null():
    with pytest.raises(ValueError, match="ends with"):
        Keyset((ID, DUE_LAST))
    with pytest.raises(ValueError, match="ends with"):
        Keyset(())


ORDERS = [
    (ID,),
    (DUE_LAST, ID),
    (Key("due", ITEM.c.due, Kind.DAY, nulls="first"), ID),
    (Key("due", ITEM.c.due, Kind.DAY, descending=True, nulls="last"), ID),
    (Key("due", ITEM.c.due, Kind.DAY, descending=True, nulls="first"), ID),
    (RANK_DOWN, ID),
    (RANK_DOWN, DUE_LAST, TITLE, ID),
    (TITLE, Key("due", ITEM.c.due, Kind.DAY, nulls="first"), RANK_DOWN, ID),
]
ROWS = st.lists(
    st.tuples(
        st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
        st.sampled_from(["a", "b", "γ"]),
        st.integers(0, 2),
    ),
    max_size=12,
)


@given(rows=ROWS, keys=st.sampled_from(ORDERS), limit=st.integers(1, 5))
def test_walking_there_and_back_meets_every_row_once_and_in_order(rows, keys, limit):
    keyset = Keyset(keys)
    columns = [key.column for key in keys]
    with create_engine("sqlite://").begin() as connection:
        ITEM.metadata.create_all(connection)
        if rows:
            values = [{"id": i, "due": due, "title": t, "rank": r} for i, (due, t, r) in enumerate(rows, start=1)]
            connection.execute(insert(ITEM), values)
        whole = [tuple(row) for row in connection.execute(select(*columns).order_by(*[k.order() for k in keys]))]

        def page(cursor):
            window = keyset.window(cursor, limit)
            return window.page(connection.execute(window.applied(select(*columns))).all(), tuple)

        seen, cursor, last = [], None, None
        while True:
            last = page(cursor)
            seen += [tuple(row) for row in last.items]
            if (cursor := last.next) is None:
                break
        assert seen == whole
        back = [tuple(row) for row in last.items]
        while last.previous is not None:
            last = page(last.previous)
            back = [tuple(row) for row in last.items] + back
        assert back == whole


def test_a_page_whose_rows_have_gone_leads_back_to_the_list():
    keyset = Keyset((ID,))
    forward = keyset.window(keyset.cursor((7,))).page([], tuple)
    assert keyset.window(forward.previous).backward
    assert keyset.window(forward.previous).position is None
    assert forward.next is None
    backward = keyset.window(keyset.cursor((7,), backward=True)).page([], tuple)
    assert keyset.window(backward.next).position is None
    assert backward.previous is None


ALL = Keyset(
    (
        Key("s", ITEM.c.title, Kind.TEXT, nulls="last"),
        Key("d", ITEM.c.title, Kind.DAY),
        Key("t", ITEM.c.title, Kind.INSTANT),
        Key("u", ITEM.c.title, Kind.UUID),
        Key("b", ITEM.c.title, Kind.TRUTH),
        Key("i", ITEM.c.title, Kind.INTEGER),
    )
)


@given(
    st.tuples(
        st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200),
        st.dates(),
        st.datetimes(timezones=st.just(UTC)),
        st.uuids(),
        st.booleans(),
        st.integers(-(2**63), 2**63 - 1),
    ),
    st.booleans(),
)
def test_a_cursor_gives_back_what_was_put_in(position, backward):
    window = ALL.window(ALL.cursor(position, backward=backward))
    assert (window.position, window.backward) == (position, backward)


def test_instants_are_kept_in_utc():
    tehran = datetime(2026, 3, 21, 2, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    keyset = Keyset((Key("at", ITEM.c.title, Kind.INSTANT), ID))
    assert keyset.window(keyset.cursor((tehran, 1))).position[0] == tehran
    with pytest.raises(ValueError, match="aware"):
        keyset.cursor((datetime(2026, 3, 21), 1))  # noqa: DTZ001


def forged(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


MARK = json.loads(base64.urlsafe_b64decode(Keyset((TITLE, ID)).cursor(("a", 1)) + "=="))[0]


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "ψ",
        "====",
        "AAAA",
        "A" * 5000,
        "../../etc/passwd",
        "' OR 1=1 --",
        forged(),
        forged(1, 2),
        forged(MARK, 0, ["a", 1, 2]),
        forged(MARK, 0, "ab"),
        forged(MARK, 0, {"a": 1}),
        forged(MARK, 2, ["a", 1]),
        forged(MARK, True, ["a", 1]),
        forged(MARK + 1, 0, ["a", 1]),
        forged(MARK, 0, ["a", "1"]),
        forged(MARK, 0, ["a", True]),
        forged(MARK, 0, ["a", 1.5]),
        forged(MARK, 0, ["a", None]),
        forged(MARK, 0, [None, 1]),
        forged(MARK, 0, ["a", 2**63]),
        forged(MARK, 0, ["a\x00", 1]),
        forged(MARK, 0, ["\ud800", 1]),
        forged(MARK, 0, [["a"], 1]),
        base64.urlsafe_b64encode(b"[" * 3000).decode()[:4000],
        Keyset((ID, TITLE)).cursor((1, "a")),
        Keyset((RANK_DOWN, ID)).cursor((1, 1)),
    ],
)
def test_a_cursor_not_made_here_is_invalid_input(cursor):
    with pytest.raises(BadCursor) as refusal:
        Keyset((TITLE, ID)).window(cursor)
    assert isinstance(refusal.value, Invalid)
    assert refusal.value.status == 422
    assert "after" in refusal.value.fields


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (Kind.DAY, "2026-02-30"),
        (Kind.DAY, 5),
        (Kind.DAY, None),
        (Kind.INSTANT, "2026-02-03T10:00"),
        (Kind.INSTANT, "0001-01-01T00:00+14:00"),
        (Kind.INSTANT, "now"),
        (Kind.UUID, "1"),
        (Kind.UUID, 1),
        (Kind.TRUTH, 1),
    ],
)
def test_values_of_the_wrong_kind_are_refused(kind, part):
    keyset = Keyset((Key("x", ITEM.c.title, kind), ID))
    good = {Kind.DAY: date.min, Kind.INSTANT: datetime.now(UTC), Kind.UUID: uuid.uuid4(), Kind.TRUTH: True}[kind]
    raw = keyset.cursor((good, 1))
    mark = json.loads(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))[0]
    with pytest.raises(BadCursor):
        keyset.window(forged(mark, 0, [part, 1]))


@given(st.text(max_size=80) | st.binary(max_size=80).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_no_text_breaks_the_reader(text):
    with pytest.raises(BadCursor):
        Keyset((TITLE, ID)).window(text)
