"""Work goes on while a list is brought in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.errors import Invalid
from collab.tasks.importing.commands import bring_in_work, keep_room
from collab.tasks.importing.planning import WorkList, plan_work
from collab.work.models import WorkItem
from tests.cast import Cast

from .lists import listed

Api = Callable[[str], Any]


def test_an_item_of_the_same_unit_and_label_is_opened_while_a_list_is_being_written(
    app: Flask, cast: Cast, api_of: Api
) -> None:
    rows = listed({"labels": "storm"}, {"unit_code": "ROADS"}, {"labels": "storm"})
    eleni, answers = api_of("Eleni"), []

    def meanwhile(_rows: int) -> None:
        task = {"title": "Came meanwhile", "unit": cast.PARKS, "labels": ["storm"]}
        with ThreadPoolExecutor(1) as beside:  # a thread of its own, as another process would be
            answers.append(beside.submit(eleni.post, "/api/v1/tasks", json=task).result())

    with app.app_context():
        kept = keep_room(SYSTEM, plan_work(db.session(), rows))
        bring_in_work(SYSTEM, rows, progress=meanwhile, kept=kept)
        found = db.session.execute(select(WorkItem.title, WorkItem.reference).order_by(WorkItem.reference)).all()
    assert [answer.status_code for answer in answers] == [201], answers[0].get_json()
    assert [tuple(row) for row in found] == [
        ("Title 2", "PARKS-1"), ("Title 4", "PARKS-2"), ("Came meanwhile", "PARKS-3"), ("Title 3", "ROADS-1"),
    ]  # fmt: skip


def test_what_needs_more_room_than_was_kept_takes_it(app: Flask, cast: Cast) -> None:
    with app.app_context():
        kept = keep_room(SYSTEM, plan_work(db.session(), listed({})))
        bring_in_work(SYSTEM, listed({}, {}, {"unit_code": "ROADS"}), kept=kept)
        found = db.session.scalars(select(WorkItem.reference).order_by(WorkItem.id)).all()
    assert found == ["PARKS-2", "PARKS-3", "ROADS-1"]


def test_room_of_an_import_that_fails_stays_unused(app: Flask, cast: Cast) -> None:
    with app.app_context():
        kept = keep_room(SYSTEM, plan_work(db.session(), listed({}, {})))
        with pytest.raises(Invalid):
            bring_in_work(SYSTEM, listed({"unit_code": "NOWHERE"}), kept=kept)
        bring_in_work(SYSTEM, listed({}))
        assert db.session.scalars(select(WorkItem.reference)).all() == ["PARKS-3"]


def test_an_empty_list_needs_no_room(app: Flask, cast: Cast) -> None:
    with app.app_context():
        assert keep_room(SYSTEM, plan_work(db.session(), WorkList([]))) == {}
