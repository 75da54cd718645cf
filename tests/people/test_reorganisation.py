"""Before a unit is closed, moved or merged one sees what goes along; and the organisation of any day can be seen."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.core.facts import FactRow
from collab.people.models import Unit
from collab.work.models import WorkItem
from collab.work.sweeps import sweep_closed_units
from tests.work.making import make


@pytest.fixture
def day(at):
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))


def test_closing_shows_the_numbers_first_and_changes_nothing_until_it_is_confirmed(app, cast, client_of, actor_of, day):
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="A secret of the parks")
    chief = client_of("Kostas")
    address = f"/administration/units/{cast.PARKS}/closure"
    body = {"on": "2026-11-23", "into_id": str(cast.LEGAL)}
    page = chief.post(address, data=body)
    assert page.status_code == 200
    main = page.text.split("<main")[1]
    assert "Close Parks?" in main
    assert "<dt>Open items</dt><dd>1</dd>" in main
    assert "<dt>People</dt><dd>4</dd>" in main
    assert "A secret" not in main
    with app.app_context():
        assert db.session.scalar(select(Unit.valid_to).where(Unit.id == cast.PARKS)) is None
        assert db.session.scalar(select(func.count()).where(FactRow.kind == "unit-closed")) == 0
    assert chief.post(address, data={**body, "sure": "on"}).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(Unit.valid_to).where(Unit.id == cast.PARKS)) == date(2026, 11, 23)


def test_what_is_wrong_is_said_at_the_field_before_anything_is_confirmed(cast, client_of, day):
    page = client_of("Kostas").post(f"/administration/units/{cast.PARKS}/closure", data={"on": "2026-11-23"})
    assert page.status_code == 422
    assert "Still here: 4 people. Say which unit takes them over." in page.text
    moved = {"on": "2026-11-23", "parent_id": str(cast.PARKS)}
    assert client_of("Kostas").post(f"/administration/units/{cast.TECH}/moves", data=moved).status_code == 422


def test_moving_shows_the_numbers_first(app, cast, client_of, day):
    chief, address = client_of("Kostas"), f"/administration/units/{cast.TECH}/moves"
    body = {"on": "2026-11-23", "parent_id": str(cast.ADMIN)}
    for _time in range(2):  # a look ahead that is asked for again is made again
        page = chief.post(address, data={**body, "once": "0a1b2c3d"})
        assert "<dt>Units below</dt><dd>2</dd>" in page.text
    assert chief.post(address, data={**body, "sure": "on"}).status_code == 303


def test_several_units_become_one_with_their_work_or_none_of_them_does(app, cast, client_of, api_of, actor_of, day):
    with app.app_context():
        items = [make(actor_of("Eleni"), cast.PARKS), make(actor_of("Maria"), cast.ROADS)]
    chief = client_of("Kostas")
    body = {"codes": "PARKS, ROADS", "into_id": str(cast.LEGAL), "on": "2026-11-23"}
    assert "<dt>Open items</dt><dd>2</dd>" in chief.post("/administration/unit-merges", data=body).text
    api = api_of("Kostas")
    merge = {"codes": "PARKS, NOWHERE", "into_id": cast.LEGAL, "on": "2026-11-23"}
    refused = api.post("/api/v1/unit-merges", json=merge)
    assert refused.get_json()["errors"] == [{"field": "codes", "reason": "There is no unit with the code NOWHERE."}]
    itself = api.post("/api/v1/unit-merges", json={**merge, "codes": "PARKS LEGAL"})
    assert itself.get_json()["errors"][0]["field"] == "codes"
    numbers = api.post("/api/v1/unit-merges/preview", json={**merge, "codes": "PARKS ROADS"}).get_json()
    assert (numbers["open_items"], numbers["people"]) == (2, 6)
    with app.app_context():
        assert db.session.scalars(select(Unit.id).where(Unit.valid_to.is_not(None))).all() == []
    assert chief.post("/administration/unit-merges", data={**body, "sure": "on"}).status_code == 303
    with app.app_context():
        sweep_closed_units()
        db.session.remove()
        assert {db.session.get(WorkItem, item).unit_id for item in items} == {cast.LEGAL}


def test_the_api_gives_units_and_members_as_on_a_past_day(cast, api_of, day):
    chief = api_of("Kostas")
    now = chief.get(f"/api/v1/units/{cast.PARKS}").get_json()
    then = chief.get(f"/api/v1/units/{cast.PARKS}?on=2025-06-01").get_json()
    assert "Thanos Galanis" not in [one["name"] for one in now["members"]]
    assert "Thanos Galanis" in [one["name"] for one in then["members"]]
    moved = chief.post(f"/api/v1/units/{cast.PARKS}/moves", json={"on": "2026-11-23", "parent_id": cast.ADMIN})
    assert moved.status_code == 201
    assert chief.get(f"/api/v1/units/{cast.PARKS}?on=2026-11-22").get_json()["parent_id"] == cast.TECH
    listed = {one["code"]: one for one in chief.get("/api/v1/units?on=2026-11-22").get_json()["items"]}
    assert listed["PARKS"]["parent_id"] == cast.TECH
    assert chief.get("/api/v1/units?on=2014-12-31").get_json()["items"] == []
    assert chief.get("/api/v1/units?on=never").status_code == 422
