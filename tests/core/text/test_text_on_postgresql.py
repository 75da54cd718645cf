"""The literals and keys on the real database: it must read them as they were meant."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, text

from collab.core.text.sort import sort_key
from collab.core.text.vector import query, vector

ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=80)
SHARED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def database(servers: Any) -> Iterator[Connection]:
    engine = create_engine(servers.url_of("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def finds(database: Connection, document: str, asked: str, *, typing: bool = False) -> bool:
    found = database.execute(
        text("select cast(:vector as tsvector) @@ cast(:query as tsquery)"),
        {"vector": vector([("D", document)]), "query": query(asked, typing=typing)},
    )
    return bool(found.scalar_one())


@pytest.mark.parametrize(
    ("document", "asked"),
    [
        ("Κλάδεμα δέντρων στην οδό Αριστοτέλους", "ΔΕΝΤΡΟ"),
        ("Κλάδεμα δέντρων στην οδό Αριστοτέλους", "kladema dentrwn"),
        ("Κλάδεμα δέντρων στην οδό Αριστοτέλους", "odos aristotelous"),
        ("Διεύθυνση Πολεοδομίας", "dieuthinsi poleodomias"),
        ("∆ηµοτικό συµβούλιο", "δημοτικού συμβουλίου"),
        ("NOMOΣ 4412", "νόμος 4412"),
        ("see PARKS-214", "parks-214"),
        ("کتاب‌های دانش‌آموزان", "دانش آموز"),
        ("دانش آموز", "دانش‌آموز"),
        ("شهرداری تهران", "شهرداري"),
        ("پرونده‌ها", "پرونده"),
        ("مصوبهٔ ۱۴۰۵", "مصوبه 1405"),
        ("the annual reports", "report"),
    ],
)
def test_what_was_written_one_way_is_found_another(database: Connection, document: str, asked: str) -> None:
    assert finds(database, document, asked)


@pytest.mark.parametrize(
    ("document", "asked"), [("Κλάδεμα δέντρων", "δρόμος"), ("Κλάδεμα δέντρων", "dromos"), ("PARKS-214", "PARKS-21")]
)
def test_other_words_are_not_found(database: Connection, document: str, asked: str) -> None:
    assert not finds(database, document, asked)


def test_an_unfinished_word_is_found(database: Connection) -> None:
    assert finds(database, "Πολεοδομία", "πολεοδ", typing=True)
    assert not finds(database, "Πολεοδομία", "πολεοδ")


@SHARED
@given(ANY, st.booleans())
def test_every_document_and_query_is_read_and_finds_itself(database: Connection, written: str, typing: bool) -> None:
    asked = query(written, typing=typing)
    if asked:
        assert finds(database, written, written, typing=typing)
    else:
        database.execute(text("select cast(:vector as tsvector)"), {"vector": vector([("A", written)])})


def test_the_largest_document_is_taken(database: Connection) -> None:
    book = " ".join(f"{number:x}λέξη{number}" for number in range(30_000)) + " δέντρο" * 50_000
    made = vector([("A", book), ("D", book)])
    read = database.execute(text("select length(cast(:vector as tsvector))"), {"vector": made})
    assert read.scalar_one() > 5_000


@SHARED
@given(st.lists(ANY, max_size=8))
def test_keys_sort_in_the_database_as_in_python(database: Connection, names: list[str]) -> None:
    keys = [sort_key(name) for name in names]
    rows = database.execute(
        text('select key from unnest(cast(:keys as text[])) as key order by key collate "C"'), {"keys": keys}
    )
    assert [row.key for row in rows] == sorted(keys)
