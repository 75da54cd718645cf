"""Two people in the same moment: one is heard, the other is told, nothing is half done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.work.commands import ask, offer
from collab.work.forms import Ask, Offer
from collab.work.models import Interval, Wait
from collab.work.queries.items import find_item
from tests.work.making import make


@pytest.fixture
def together(app):
    """Run calls in threads that start in the same moment; their statuses in order."""

    def run(*calls):
        barrier = Barrier(len(calls))

        def one(call):
            barrier.wait()
            return call().status_code

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(one, calls))

    return run


@pytest.mark.parametrize("_again", range(6))
def test_accepted_and_returned_in_the_same_moment_one_of_them_holds(app, cast, actor_of, api_of, together, _again):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        handover = offer(actor_of("Eleni"), item, Offer(to=cast.LEGAL))
    dimitra, sofia = api_of("Dimitra"), api_of("Sofia")
    answers = together(
        lambda: dimitra.post(f"/api/v1/handovers/{handover}/acceptance", json={}),
        lambda: sofia.post(f"/api/v1/handovers/{handover}/return", json={"reason": "not ours"}),
    )
    with app.app_context():
        found = find_item(actor_of("Anna"), item)
        running = db.session.scalar(select(func.count()).where(Interval.item_id == item, Interval.to_at.is_(None)))
    assert sorted(status < 300 for status in answers) == [False, True]
    assert min(answers) == 200
    assert max(answers) == 409
    assert found.handovers[0].state == ("accepted" if answers[0] == 200 else "returned")
    assert found.holder_id == (cast.Dimitra if answers[0] == 200 else cast.Eleni)
    assert running == 1


def test_of_two_offers_at_once_one_stands(app, cast, actor_of, api_of, together):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    answers = together(
        lambda: eleni.post(f"/api/v1/work-items/{item}/handovers", json={"to": cast.LEGAL}),
        lambda: nikos.post(f"/api/v1/work-items/{item}/handovers", json={"to": cast.FINANCE}),
    )
    assert sorted(answers) == [201, 409]


def test_two_answers_at_once_end_a_wait_once_and_the_clock_runs_again(app, cast, actor_of, api_of, together):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        wait = ask(actor_of("Eleni"), item, Ask(of=cast.forestry, what="x", stops_clock=True))
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    answers = together(
        lambda: eleni.post(f"/api/v1/waits/{wait}/answer", json={"text": "yes"}),
        lambda: nikos.post(f"/api/v1/waits/{wait}/answer", json={"text": "no"}),
    )
    assert sorted(answers)[0] == 201
    assert sorted(answers)[1] == 409
    said = eleni.get(f"/api/v1/work-items/{item}/messages").get_json()["items"]
    assert len(said) == 1  # whoever was refused said nothing either
    assert eleni.get(f"/api/v1/work-items/{item}").get_json()["state"] == "active"


def test_of_many_who_take_an_item_from_the_tray_one_has_it(app, cast, actor_of, api_of, together):
    with app.app_context():
        item = make(actor_of("Nikos"), cast.PARKS)
    people = [api_of(name) for name in ("Eleni", "Nikos", "Babis")]
    answers = together(*(lambda api=api: api.post(f"/api/v1/work-items/{item}/taking") for api in people))
    assert sorted(answers) == [200, 409, 409]
    with app.app_context():
        tasks = db.session.scalar(
            select(func.count()).where(Wait.item_id == item, Wait.sense == "task", Wait.ended_at.is_(None))
        )
    assert tasks == 1
