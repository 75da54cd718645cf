"""A prepared statement asked of the driver itself says what SQLAlchemy would say."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from json import dumps

import pytest
from flask import Flask
from sqlalchemy import bindparam, literal, select, text
from sqlalchemy.exc import DataError

from collab.core.db import db
from collab.core.prepared import Fixed, run
from tests.conftest import Statements

ODD = Fixed(lambda: text("select cast(:one as bigint) as n, '100%' as _said, '{\"a\": 1}'::jsonb as j, null as class"))


def test_both_ways_give_the_same_rows_and_whoever_listens_hears_them(
    app: Flask, queries: Callable[[], AbstractContextManager[Statements]]
) -> None:
    with app.app_context():
        [row] = ODD.rows(one=7)
        assert (tuple(row), row.n, row._mapping["j"]) == ((7, "100%", {"a": 1}, None), 7, {"a": 1})
    with queries() as sent, app.app_context():
        [again] = ODD.rows(one=7)
    assert (len(sent), tuple(again)) == (1, tuple(row))


def test_json_is_read_as_it_was_written(app: Flask) -> None:
    kept = {"Γραφείο": ["دفتر", 1.5, -7, None, True, {"a": {}}], "": '\n \\ " \u0007'}
    either = text("select cast(:kept as jsonb) as one, cast(:kept as json) as other, cast('null' as jsonb) as none")
    with app.app_context():
        for rows in (Fixed(lambda: either).rows(kept=dumps(kept)), db.session.execute(either, {"kept": dumps(kept)})):
            [row] = rows
            assert (row.one, row.other, row.none) == (kept, kept, None)


def test_what_the_database_refuses_is_refused_as_elsewhere(app: Flask) -> None:
    with app.app_context(), pytest.raises(DataError):
        run("select cast(%(word)s as bigint)", {"word": "no number"})
    with app.app_context():
        db.session.rollback()
        assert tuple(run("select 1 as one", {})[0]) == (1,)


def test_what_is_the_same_each_time_is_written_out_and_means_the_same(app: Flask) -> None:
    words = ["it's", "100%", "%(one)s $1", "λέξη", "a\\b", "two\nlines", ""]
    every = Fixed(lambda: select(*(literal(word) for word in words), literal(7), literal(True), bindparam("one", 5)))
    with app.app_context():
        sql, sent = every.compiled().sql, every.compiled().constants
        [row], [fresh] = every.rows(one=8), db.session.execute(every.build(), {"one": 8})
        assert tuple(row) == tuple(fresh) == (*words, 7, True, 8)
    assert "'it''s'" in sql
    assert set(sent.values()) == {"a\\b", "two\nlines", True, 5}


def test_no_statement_is_compiled_before_it_runs(app: Flask) -> None:
    """What the planner takes for costly would be, for 150 ms; a search that is shown a few of each kind is."""
    with app.app_context():
        assert db.session.execute(text("show jit")).scalar_one() == "off"
