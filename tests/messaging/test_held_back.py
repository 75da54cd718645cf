"""What cannot be said at its time just yet goes behind what is due: nobody else's waits for it, and why is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from collab.core.db import db
from collab.core.errors import Busy
from collab.core.facts import FactRow
from collab.messaging import flood, sweeps
from collab.messaging.queries import later as questions
from tests.messaging.test_sending_later import MONDAY, V1, said, sweep, talk, waiting  # noqa: F401


def keep(api, talk, *words, when="monday"):  # noqa: F811
    for each in words:
        kept = api.post(f"{V1}/conversations/{talk}/later", json={"text": each, "when": when})
        assert kept.status_code == 201, kept.text


@pytest.fixture
def trace(app):
    """What the ledger says of messages that were held back."""

    def read():
        with app.app_context():
            of = FactRow.kind == "message-held-back"
            return [row.payload["why"] for row in db.session.scalars(select(FactRow).where(of).order_by(FactRow.id))]

    return read


@pytest.fixture
def two_a_turn(monkeypatch):
    monkeypatch.setattr(questions, "A_TURN", 2)
    monkeypatch.setitem(flood.HERE, "person", flood.Limit(2, timedelta(seconds=30)))


def test_a_flood_of_one_waits_behind_what_others_have_due_and_keeps_its_order(
    api_of,
    cast,
    talk,  # noqa: F811
    sweep,  # noqa: F811
    trace,
    two_a_turn,
):
    eleni, sofia = api_of("Eleni"), api_of("Sofia")
    keep(eleni, talk, "One", "Two", "Three", "Four", "Five")
    keep(sofia, talk, "Mine")
    sweep(MONDAY)
    assert [words for _name, words in said(sofia, talk)] == ["One", "Two", "Mine"]
    assert trace() == ["flood"]
    moved = [due for _text, due, _refused in waiting(eleni)]
    assert moved == [(MONDAY + timedelta(seconds=31)).isoformat()] * 3, "its author sees when it is tried again"
    sweep(MONDAY + timedelta(seconds=31))
    sweep(MONDAY + timedelta(seconds=62))
    assert [words for _name, words in said(sofia, talk)] == ["One", "Two", "Mine", "Three", "Four", "Five"]
    assert waiting(eleni) == []


def test_one_that_meets_a_busy_moment_is_tried_again_and_stands_in_front_of_nobodys(
    api_of,
    talk,  # noqa: F811
    sweep,  # noqa: F811
    trace,
    two_a_turn,
    monkeypatch,
):
    eleni, sofia = api_of("Eleni"), api_of("Sofia")
    keep(eleni, talk, "One", "Two")
    keep(sofia, talk, "Mine")
    said_it = sweeps.commands.send_due

    def busy(later_id, author):
        if author == eleni.person:
            raise Busy
        return said_it(later_id, author)

    with monkeypatch.context() as for_now:
        for_now.setattr(sweeps.commands, "send_due", busy)
        sweep(MONDAY)
    assert [words for _name, words in said(sofia, talk)] == ["Mine"]
    assert trace() == ["busy"]
    sweep(MONDAY + timedelta(seconds=59))
    assert len(waiting(eleni)) == 2
    sweep(MONDAY + timedelta(seconds=60))
    assert [words for _name, words in said(sofia, talk)] == ["Mine", "One", "Two"]


def test_what_fails_as_nobody_foresaw_is_given_back_to_its_author(api_of, talk, sweep, monkeypatch):  # noqa: F811
    eleni = api_of("Eleni")
    keep(eleni, talk, "One")

    def broken(*_given):
        raise RuntimeError("broken")

    with monkeypatch.context() as for_now:
        for_now.setattr(sweeps.commands, "send_due", broken)
        sweep(MONDAY)
    assert waiting(eleni) == [("One", MONDAY.isoformat(), True)]
