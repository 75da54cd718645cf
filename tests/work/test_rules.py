"""Every rule of the work item as a truth table: who may, over HTTP, in which situation."""

import pytest

from collab.core import clock
from collab.work.commands import accept, ask, complete, offer, take_wait
from collab.work.forms import Accept, Ask, Complete, Offer
from tests.work.making import make, take_part

ROLES = ("Eleni", "Nikos", "Babis", "Maria", "Petros", "Dimitra", "Sofia", "Yannis", "Anna", "Kostas", "Reza", "Leila")


def answers(api_of, call):
    """Who is let through (2xx), who is refused though they see it (403), for whom it does not exist (404)."""
    found = {"may": set(), "sees": set(), "nothing": set()}
    for name in ROLES:
        status = call(api_of(name)).status_code
        key = {403: "sees", 404: "nothing"}.get(status, "may")
        assert status < 300 or status in (403, 404, 409), f"{name}: {status}"
        found[key].add(name)
    return found


@pytest.fixture
def one(app, cast, actor_of):
    """Held by Eleni of PARKS; Maria of ROADS took part once."""

    def fresh():
        with app.app_context():
            item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
            at = clock.now()
            take_part(actor_of("Eleni"), item, cast.Maria, "asked", at, at)
            return item

    return fresh


HEADS = {"Nikos", "Babis", "Yannis", "Anna"}
SEERS = {"Eleni", "Maria", "Reza"} | HEADS
ACTING = SEERS - {"Reza"}
WORDS = {"text": "x", "nonce": "n"}
A_DATE = {"until": "2030-01-01", "what": "x"}


@pytest.mark.parametrize(
    ("what", "may"),
    [
        (lambda api, i: api.get(f"/api/v1/work-items/{i}"), SEERS),
        (lambda api, i: api.get(f"/api/v1/work-items/{i}/messages"), SEERS),
        (lambda api, i: api.post(f"/api/v1/work-items/{i}/messages", json=WORDS), ACTING),
        (lambda api, i: api.post(f"/api/v1/work-items/{i}/watchers"), ACTING),
        (lambda api, i: api.post(f"/api/v1/work-items/{i}/waits", json=A_DATE), ACTING),
        (lambda api, i: api.patch(f"/api/v1/work-items/{i}", json={"title": "new"}), HEADS | {"Eleni"}),
        (lambda api, i: api.post(f"/api/v1/work-items/{i}/cancellation", json={"reason": "x"}), HEADS | {"Eleni"}),
        (lambda api, i: api.post(f"/api/v1/work-items/{i}/completion", json={}), HEADS | {"Eleni"}),
    ],
)  # fmt: skip
def test_who_sees_takes_part_and_changes(app, api_of, cast, one, what, may):
    shown = {"may": set(), "sees": set(), "nothing": set()}
    for name in ROLES:
        status = what(api_of(name), one()).status_code
        shown[{403: "sees", 404: "nothing"}.get(status, "may")].add(name)
    assert shown["may"] == may
    assert shown["sees"] == SEERS - may
    assert shown["nothing"] == set(ROLES) - SEERS


def test_who_assigns_takes_and_reopens(app, api_of, cast, actor_of, one):
    item = one()
    put = {"json": {"holder": cast.Eleni}}
    assert answers(api_of, lambda api: api.put(f"/api/v1/work-items/{item}/holder", **put))["may"] == HEADS
    with app.app_context():
        lying = [make(actor_of("Nikos"), cast.PARKS) for _name in ROLES]
    takers = {
        name
        for name, tray in zip(ROLES, lying, strict=True)
        if api_of(name).post(f"/api/v1/work-items/{tray}/taking").status_code == 200
    }
    assert takers == HEADS | {"Eleni"}
    reopeners = set()
    for name in ROLES:
        with app.app_context():
            done = make(actor_of("Eleni"), cast.PARKS, cast.Nikos)
            complete(actor_of("Nikos"), done, Complete())
        if api_of(name).delete(f"/api/v1/work-items/{done}/completion").status_code == 200:
            reopeners.add(name)
    assert reopeners == HEADS | {"Eleni"}  # the creator too


def test_who_decides_an_offer_and_who_takes_it_back(app, api_of, cast, actor_of, one):
    def offered():
        item = one()
        with app.app_context():
            return offer(actor_of("Eleni"), item, Offer(to=cast.LEGAL))

    def may(call):
        return {name for name in ROLES if call(api_of(name), offered()).status_code < 300}

    deciders = {"Dimitra", "Sofia", "Anna"}
    assert may(lambda api, h: api.post(f"/api/v1/handovers/{h}/acceptance", json={})) == deciders
    assert may(lambda api, h: api.post(f"/api/v1/handovers/{h}/return", json={"reason": "no"})) == deciders
    assert may(lambda api, h: api.delete(f"/api/v1/handovers/{h}")) == HEADS | {"Eleni"}
    # To a person: they and the heads above, not their colleagues.
    item = one()
    with app.app_context():
        personal = offer(actor_of("Eleni"), item, Offer(to=cast.Dimitra))
    assert api_of("Sofia").get(f"/api/v1/handovers/{personal}").status_code == 200
    assert api_of("Dimitra").post(f"/api/v1/handovers/{personal}/acceptance", json={}).status_code == 200


def test_who_answers_withdraws_reminds_and_takes_a_question(app, api_of, cast, actor_of, one):
    def asked():
        item = one()
        with app.app_context():
            return ask(actor_of("Eleni"), item, Ask(of=cast.LEGAL, what="May we?"))

    def may(call):  # Giorgos is a colleague of whoever asks, and no more
        return {name for name in (*ROLES, "Giorgos") if call(api_of(name), asked()).status_code < 300}

    asked_ones = {"Dimitra", "Sofia", "Anna"}
    assert may(lambda api, w: api.post(f"/api/v1/waits/{w}/answer", json={"text": "yes"})) == asked_ones
    assert may(lambda api, w: api.post(f"/api/v1/waits/{w}/nudges")) == {"Eleni", "Giorgos"} | HEADS
    assert may(lambda api, w: api.delete(f"/api/v1/waits/{w}")) == {"Eleni"} | HEADS
    assert may(lambda api, w: api.post(f"/api/v1/waits/{w}/taking")) == asked_ones


def test_a_named_item_is_for_its_people_alone(app, api_of, cast, actor_of):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, reach="named")
    found = answers(api_of, lambda api: api.get(f"/api/v1/work-items/{item}"))
    assert found["may"] == {"Eleni"}
    assert found["sees"] == set()


def test_former_participants_go_on_reading_and_a_taken_question_is_the_takers(app, api_of, cast, actor_of, one):
    item = one()
    with app.app_context():
        accept(actor_of("Dimitra"), offer(actor_of("Eleni"), item, Offer(to=cast.LEGAL)), Accept())
        wait = ask(actor_of("Dimitra"), item, Ask(of=cast.ROADS, what="whose?"))
        take_wait(actor_of("Maria"), wait)
    assert api_of("Eleni").get(f"/api/v1/work-items/{item}").status_code == 200
    mine = api_of("Maria").get("/api/v1/waits").get_json()["items"]
    assert [each["id"] for each in mine] == [wait]
    assert api_of("Petros").get("/api/v1/waits").get_json()["items"] == []
