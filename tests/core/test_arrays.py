"""Lists reach the database as they were, numbers in one go."""

from typing import Any

import pytest
from flask import Flask
from psycopg.types.array import ListDumper
from sqlalchemy import ARRAY, BigInteger, Text, bindparam, select, text

from collab.core.db import db
from collab.core.prepared import Fixed

NUMBERS: tuple[list[Any], ...] = ([], [1], [-1, 2**31, 2**62], list(range(400)), [None, 1], [[1, 2], [3, 4]])
WORDS: tuple[list[Any], ...] = ([], ["a,b", "{", "null", "", "\\", '"', " "], ["λ", None])


@pytest.mark.parametrize(("type_", "lists"), [(BigInteger, NUMBERS), (Text, WORDS)])
def test_a_list_arrives_as_it_was_sent(app: Flask, type_: Any, lists: tuple[list[Any], ...]) -> None:
    same = select(bindparam("these", type_=ARRAY(type_)).label("these"))
    with app.app_context():
        for each in lists:
            assert db.session.scalar(same, {"these": each}) == each
            assert Fixed(lambda: same).rows(these=each)[0].these == each


def test_numbers_are_not_looked_at_one_by_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def each_one(*_given: Any) -> None:
        raise AssertionError("each number was looked at")

    monkeypatch.setattr(ListDumper, "_dump_list", each_one)
    with app.app_context():
        assert db.session.scalar(text("select cardinality(cast(:ids as bigint[]))"), {"ids": [1, 2, 3]}) == 3
