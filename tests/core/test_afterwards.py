"""What follows a change follows it once it is committed, and nothing else."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.envelope import afterwards, attempt, envelope, session
from collab.people.models import Outsider
from tests.cast import Cast

ELENI = Actor(person_id=1, name="Eleni")


def _note(cast: Cast, words: str) -> None:
    session().execute(update(Outsider).where(Outsider.id == cast.forestry).values(note=words))


def _broken(act: Callable[[], None]) -> None:
    afterwards(act)
    raise ZeroDivisionError


def test_it_is_done_when_others_can_see_the_change(app: Flask, cast: Cast) -> None:
    seen: list[str | None] = []
    with app.app_context():
        with envelope(ELENI):
            _note(cast, "closed on Fridays")
            with envelope(ELENI):  # a command called by a command
                afterwards(lambda: seen.append(db.session.scalar(select(Outsider.note))))
            assert seen == []
        assert seen == ["closed on Fridays"]


def test_what_is_rolled_back_is_followed_by_nothing_nor_is_the_next_change_by_what_was_its(
    app: Flask, cast: Cast
) -> None:
    done: list[str] = []
    with app.app_context():
        with pytest.raises(ZeroDivisionError), envelope(ELENI):
            _broken(lambda: done.append("first"))
        with envelope(ELENI):
            _note(cast, "open again")
            with pytest.raises(ZeroDivisionError), attempt():
                _broken(lambda: done.append("a row that was refused"))
            afterwards(lambda: done.append("second"))
    assert done == ["second"]


def test_one_that_fails_holds_back_no_other(app: Flask, cast: Cast) -> None:
    done: list[str] = []
    with app.app_context(), envelope(ELENI):
        _note(cast, "moved")
        afterwards(lambda: done.append(str(1 / 0)))
        afterwards(lambda: done.append("the other"))
    assert done == ["the other"]


def test_nothing_follows_where_no_command_runs() -> None:
    with pytest.raises(RuntimeError):
        afterwards(lambda: None)
