"""A unit becomes several on a day, with its people, posts and work; what was planned is taken back before its day."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.people.models import Membership, Unit, UnitEdge, UnitPlan, UnitSplit
from collab.people.sweeps import sweep_splits
from collab.work.models import Label, WorkItem, WorkItemLabel
from collab.work.sweeps import sweep_split_units
from tests.work.making import make


@pytest.fixture
def day(at):
    return at(datetime(2026, 11, 23, 9, tzinfo=UTC))


def _carry_out(app):
    with app.app_context():
        sweep_splits()
        sweep_split_units()
        db.session.remove()


def _members(unit: int, on: date) -> set[int]:
    valid = (Membership.valid_from <= on) & ((Membership.valid_to.is_(None)) | (Membership.valid_to > on))
    return set(db.session.scalars(select(Membership.person_id).where(Membership.unit_id == unit, valid)))


@pytest.fixture
def work(app, cast, actor_of, api_of, day):
    """What lies in Parks: with two clerks, in the tray, in the tray under a label; a post, and something with it."""
    with app.app_context():
        eleni = actor_of("Eleni")
        items = {
            "eleni": make(eleni, cast.PARKS, cast.Eleni, title="Eleni's"),
            "giorgos": make(eleni, cast.PARKS, cast.Giorgos, title="Giorgos's"),
            "tray": make(eleni, cast.PARKS, title="In the tray"),
            "storm": make(eleni, cast.PARKS, title="Of the storm", labels=["storm"]),
            "away": make(eleni, cast.PARKS, cast.Maria, title="With Roads now"),
            "done": make(eleni, cast.PARKS, cast.Eleni, title="Finished long ago"),
        }
    chief = api_of("Kostas")
    post = chief.post("/api/v1/posts", json={"unit_id": cast.PARKS, "name": "Nurseryman", "valid_from": "2026-01-01"})
    items["post"] = post.get_json()["id"]
    reference = _reference(app, items["done"])
    assert api_of("Eleni").post(f"/api/v1/work-items/{reference}/completion", json={}).status_code < 300
    with app.app_context():
        items["of_post"] = make(actor_of("Eleni"), cast.PARKS, items["post"], title="Of the nursery")
        items["label"] = db.session.scalar(select(Label.id).where(Label.name == "storm")) or 0
    return items


def _reference(app, item):
    with app.app_context():
        return db.session.get(WorkItem, item).reference


def _split(cast, work, on="2026-12-01", **more):
    return {
        "on": on,
        "p0_name": "Nurseries", "p0_code": "NURSERY", "p0_head_id": str(cast.Eleni),
        "goes[]": [f"person-{cast.Eleni}:1", f"post-{work['post']}:1", "tray-0:1", ""],
        **more,
    }  # fmt: skip


def test_a_split_is_seen_first_planned_and_carried_out_on_its_day_with_all_that_goes(
    app, cast, client_of, api_of, work, day, at
):
    chief, address = client_of("Kostas"), f"/administration/units/{cast.PARKS}"
    guided = chief.get(f"{address}/split")
    assert guided.status_code == 200
    assert "Nurseryman" in guided.text
    assert "In the tray" not in guided.text.split("<main")[1]
    typed = _split(cast, work)
    seen = chief.post(f"{address}/splits", data=typed)
    main = seen.text.split("<main")[1]
    assert seen.status_code == 200
    for each in ("Nurseries", "Eleni Markou", "2 open items"):
        assert each in main
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(UnitSplit)) == 0
    assert chief.post(f"{address}/splits", data={**typed, "sure": "on"}).status_code == 303
    assert "Nurseries" in client_of("Katerina").get("/units/PARKS").text
    _carry_out(app)
    with app.app_context():
        assert db.session.scalar(select(Unit.id).where(Unit.code == "NURSERY")) is None
    at(datetime(2026, 12, 1, 9, tzinfo=UTC))
    _carry_out(app)
    with app.app_context():
        new = db.session.scalars(select(Unit).where(Unit.code == "NURSERY")).one()
        above = select(UnitEdge.parent_id).where(UnitEdge.unit_id == new.id)
        assert (new.valid_from, db.session.scalar(above)) == (date(2026, 12, 1), cast.TECH)
        assert _members(new.id, date(2026, 12, 1)) == {cast.Eleni}
        assert cast.Eleni in _members(cast.PARKS, date(2026, 11, 30))
        assert cast.Eleni not in _members(cast.PARKS, date(2026, 12, 1))
        where = {name: db.session.get(WorkItem, id_) for name, id_ in work.items() if name not in ("post", "label")}
        lies = {name: (item.unit_id, item.desk_unit_id, item.holder_id) for name, item in where.items()}
        assert lies["eleni"] == (new.id, new.id, cast.Eleni)
        assert lies["tray"] == lies["storm"] == (new.id, new.id, None)
        assert lies["of_post"][:2] == (new.id, new.id)
        assert lies["of_post"][2] not in (None, work["post"])
        assert lies["giorgos"] == (cast.PARKS, cast.PARKS, cast.Giorgos)
        assert lies["away"] == (cast.PARKS, cast.ROADS, cast.Maria)
        assert lies["done"][0] == cast.PARKS
        reference = where["eleni"].reference
        done = where["done"].reference
        storm = select(Label.name, Label.unit_id).join(WorkItemLabel).where(WorkItemLabel.item_id == work["storm"])
        assert [tuple(row) for row in db.session.execute(storm)] == [("storm", new.id)]
    history = client_of("Eleni").get(f"/work-items/{reference}").text
    assert "was split; this went to" in history
    assert client_of("Eleni").get(f"/work-items/{done}").status_code == 200
    assert api_of("Eleni").get(f"/api/v1/units/{new.id}").get_json()["members"][0]["kind"] == "head"
    page = client_of("Katerina").get("/units/PARKS").text
    assert "Split: <bdi>Nurseries</bdi>" in page
    _carry_out(app)
    with app.app_context():
        assert db.session.scalar(select(UnitSplit.followed_at)) is not None


def test_what_is_wrong_with_a_split_stands_at_its_field_and_what_was_typed_is_kept(app, cast, client_of, work, day):
    chief, address = client_of("Kostas"), f"/administration/units/{cast.PARKS}/splits"
    for change, sentence in (
        ({"p0_code": "ROADS"}, "Another unit has this code."),
        ({"p0_code": ""}, "A new unit needs a code"),
        ({"p0_code": "", "p0_name": "", "p0_head_id": "", "p0_unit_id": str(cast.PARKS)}, "Choose another unit."),
        ({"p0_head_id": str(cast.Leila)}, "Choose somebody of this unit."),
        ({"on": "2026-11-22"}, "Choose today or a later day."),
        ({"goes[]": [f"person-{cast.Leila}:1"]}, "Something of this unit has changed meanwhile."),
        ({"goes[]": [f"person-{cast.Eleni}:3"]}, "There is no such part."),
        ({"goes[]": ["person-<b>:1"]}, ""),
        ({"p0_name": "a\x00b"}, "This contains characters that cannot be kept."),
    ):
        page = chief.post(address, data={**_split(cast, work), **change})
        assert (page.status_code, sentence in page.text) == (422, True), change
        assert 'value="Nurseries"' in page.text or "p0_name" in change
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(UnitSplit)) == 0


def test_a_planned_split_is_taken_back_before_its_day_and_its_code_is_free_again(
    app, cast, client_of, api_of, work, day, at
):
    api, parks = api_of("Kostas"), f"/api/v1/units/{cast.PARKS}"
    body = {"on": "2026-12-01", "parts": [{"code": "NURSERY", "name": "Nurseries"}], "goes": [f"person-{cast.Eleni}:1"]}
    split = api.post(f"{parks}/splits", json=body)
    assert split.status_code == 201
    assert api.post(f"{parks}/splits", json=body).status_code == 422
    unit = {"code": "NURSERY", "name": "Other", "valid_from": "2026-12-01"}
    assert api.post("/api/v1/units", json=unit).status_code == 422
    assert api_of("Leila").get(f"{parks}/plans").get_json()["items"][0]["into"] == ["Nurseries"]
    back = client_of("Kostas").post(f"/administration/unit-splits/{split.get_json()['id']}?_method=DELETE")
    assert back.status_code == 303
    assert api.get(f"{parks}/plans").get_json()["items"] == []
    at(datetime(2026, 12, 2, 9, tzinfo=UTC))
    _carry_out(app)
    assert api.post("/api/v1/units", json={**unit, "valid_from": "2026-12-02"}).status_code == 201


def test_what_stands_in_the_way_on_the_day_is_said_and_nothing_is_half_done(
    app, cast, client_of, api_of, work, day, at
):
    api, parks = api_of("Kostas"), f"/api/v1/units/{cast.PARKS}"
    body = {"on": "2026-12-01", "parts": [{"unit_id": cast.ROADS}], "goes": [f"person-{cast.Eleni}:1", "tray-0:1"]}
    split = api.post(f"{parks}/splits", json=body).get_json()["id"]
    closing = {"on": "2026-11-30", "into_id": cast.LEGAL}
    assert api.post(f"/api/v1/units/{cast.ROADS}/closure", json=closing).status_code == 201
    at(datetime(2026, 12, 1, 9, tzinfo=UTC))
    _carry_out(app)
    with app.app_context():
        assert cast.Eleni in _members(cast.PARKS, date(2026, 12, 1))
    page = client_of("Kostas").get(f"/administration/units/{cast.PARKS}").text
    assert "A unit that was to take over a part is closed." in page
    assert api.delete(f"/api/v1/unit-splits/{split}").status_code == 204


def test_into_a_unit_there_is_and_today_it_is_done_at_once(app, cast, api_of, work, day):
    api = api_of("Kostas")
    goes = [f"person-{cast.Giorgos}:1", f"label-{work['label']}:1"]
    body = {"on": "2026-11-23", "parts": [{"unit_id": cast.ROADS}], "goes": goes}
    preview = api.post(f"/api/v1/units/{cast.PARKS}/split-preview", json=body).get_json()
    assert [(one["unit"], one["people"], one["open_items"]) for one in preview[1:]] == [
        ("Roads", ["Giorgos Zervas"], 1)
    ]
    made = api.post(f"/api/v1/units/{cast.PARKS}/splits", json=body)
    assert made.get_json()["carried"] is True
    _carry_out(app)
    with app.app_context():
        item = db.session.get(WorkItem, work["giorgos"])
        assert (item.unit_id, item.desk_unit_id, item.holder_id) == (cast.ROADS, cast.ROADS, cast.Giorgos)
        assert db.session.get(WorkItem, work["tray"]).desk_unit_id == cast.PARKS
        assert db.session.get(WorkItem, work["storm"]).desk_unit_id == cast.ROADS
        labels = select(Label.name, Label.unit_id).where(Label.name == "storm")
        assert [tuple(row) for row in db.session.execute(labels)] == [("storm", cast.ROADS)]
    assert api.delete(f"/api/v1/unit-splits/{made.get_json()['id']}").status_code == 409


def _everything():
    """Every row of the dated tables."""
    tables = (Unit, UnitEdge, Membership)
    return {
        model.__tablename__: sorted(
            tuple(getattr(row, column.key) for column in model.__table__.columns if column.key != "version")
            for row in db.session.scalars(select(model))
        )
        for model in tables
    }


def test_a_planned_closing_is_taken_back_and_all_stands_as_before(app, cast, client_of, api_of, day, at):
    chief = client_of("Kostas")
    with app.app_context():
        before = _everything()
    closing = {"on": "2026-12-01", "into_id": str(cast.ADMIN), "sure": "on"}
    assert chief.post(f"/administration/units/{cast.TECH}/closure", data=closing).status_code == 303
    assert "Is closed" in client_of("Katerina").get("/units/TECH").text
    assert "Takes over all of" in client_of("Katerina").get("/units/ADMIN").text
    with app.app_context():
        plan = db.session.scalar(select(UnitPlan.id))
        assert _everything() != before
    assert chief.post(f"/administration/unit-plans/{plan}?_method=DELETE").status_code == 303
    with app.app_context():
        assert _everything() == before
    assert "Is closed" not in client_of("Katerina").get("/units/TECH").text
    # Once more, and now its day comes.
    assert chief.post(f"/administration/units/{cast.TECH}/closure", data=closing).status_code == 303
    at(datetime(2026, 12, 1, 9, tzinfo=UTC))
    with app.app_context():
        plan = db.session.scalar(select(func.max(UnitPlan.id)))
    assert api_of("Kostas").delete(f"/api/v1/unit-plans/{plan}").status_code == 409
    page = client_of("Katerina").get("/units/TECH").text
    assert 'Taken over by <a class="link" href="/units/ADMIN">' in page


def test_of_two_plans_the_later_is_taken_back_first(app, cast, api_of, day):
    api = api_of("Kostas")
    move = {"on": "2026-12-01", "parent_id": cast.ADMIN}
    assert api.post(f"/api/v1/units/{cast.PARKS}/moves", json=move).status_code == 201
    closing = {"on": "2026-12-10", "into_id": cast.ROADS}
    assert api.post(f"/api/v1/units/{cast.PARKS}/closure", json=closing).status_code == 201
    plans = {one["kind"]: one["id"] for one in api.get(f"/api/v1/units/{cast.PARKS}/plans").get_json()["items"]}
    refused = api.delete(f"/api/v1/unit-plans/{plans['move']}")
    assert (refused.status_code, "Take that back first" in refused.text) == (409, True)
    assert api.delete(f"/api/v1/unit-plans/{plans['close']}").status_code == 204
    assert api.delete(f"/api/v1/unit-plans/{plans['move']}").status_code == 204
    with app.app_context():
        edges = select(UnitEdge.parent_id, UnitEdge.valid_to).where(UnitEdge.unit_id == cast.PARKS)
        assert [tuple(row) for row in db.session.execute(edges)] == [(cast.TECH, None)]


def test_single_items_go_by_number_or_as_a_question_finds_them_and_whoever_holds_them_may_stay(
    app, cast, client_of, api_of, actor_of, work, day
):
    with app.app_context():
        late = [make(actor_of("Eleni"), cast.PARKS, cast.Giorgos, title=f"Late {number}", due_on=date(2026, 11, 30),
                     priority=3) for number in range(120)]  # fmt: skip
    references = [_reference(app, work[name]) for name in ("eleni", "tray")]
    question = "holder:Giorgos due<2026-12-15"
    typed = {
        "on": "2026-11-23", "p0_name": "Nurseries", "p0_code": "NURSERY", "p0_items": " ".join(references).lower(),
        "p1_unit_id": str(cast.ROADS), "p1_query": question, "goes[]": [f"person-{cast.Eleni}:1"],
    }  # fmt: skip
    chief, address = client_of("Kostas"), f"/administration/units/{cast.PARKS}"
    seen = chief.post(f"{address}/splits", data=typed).text.split("<main")[1]
    stays, nurseries, roads = seen.split('<section class="card">')[1:4]
    assert "<dt>Single items</dt><dd>2 open items</dd>" in nurseries
    assert "<dt>Single items</dt><dd>120 open items</dd>" in roads
    assert "<dt>With holders</dt><dd>2 open items</dd>" in stays  # Giorgos's other one, and that of the post
    assert "Late" not in seen
    # Over the API the same, and what is wrong stands at its field.
    api, parks = api_of("Kostas"), f"/api/v1/units/{cast.PARKS}"
    parts = [{"code": "NURSERY", "name": "Nurseries", "items": references}, {"unit_id": cast.ROADS, "query": question}]
    body = {"on": "2026-11-23", "parts": parts, "goes": [f"person-{cast.Eleni}:1"]}
    preview = api.post(f"{parks}/split-preview", json=body).get_json()
    assert [one["single_items"] for one in preview] == [0, 2, 120]
    done, away = _reference(app, work["done"]), _reference(app, work["away"])
    for field, given, sentence in (
        ("items", [*references, done], f"No open item of this unit: {done}."),
        ("items", [away, "PARKS-99999", "<b>"], f"No open item of this unit: {away}, PARKS-99999, &lt;b&gt;."),
        ("items", references, "An item can go to one part alone"),
        ("query", "text:storm", "What is written in an item cannot be asked here."),
        ("query", "due<", "Say what Due date should be"),
        ("query", "-(label:storm OR branches)", "What is written in an item cannot be asked here."),
        ("query", "label:nowhere", "No open item that lies in this unit is found by this."),
    ):
        as_typed = ", ".join(given) if field == "items" else given
        page = chief.post(f"{address}/splits", data={**typed, "p1_query": "", f"p1_{field}": as_typed})
        assert (page.status_code, sentence in page.text) == (422, True), given
        refused = api.post(f"{parks}/splits", json={**body, "parts": [parts[0], {"unit_id": cast.ROADS, field: given}]})
        assert [one["field"] for one in refused.get_json()["errors"]] == [f"parts.1.{field}"], given
    assert chief.post(f"{address}/splits", data={**typed, "sure": "on"}).status_code == 303
    _carry_out(app)
    _carry_out(app)
    with app.app_context():
        new = db.session.scalar(select(Unit.id).where(Unit.code == "NURSERY"))
        lies = {name: db.session.get(WorkItem, work[name]) for name in ("eleni", "tray", "giorgos", "storm")}
        assert {name: (item.desk_unit_id, item.holder_id) for name, item in lies.items()} == {
            "eleni": (new, cast.Eleni), "tray": (new, None),
            "giorgos": (cast.PARKS, cast.Giorgos), "storm": (cast.PARKS, None),
        }  # fmt: skip
        gone = select(WorkItem.desk_unit_id, WorkItem.holder_id, func.count()).where(WorkItem.id.in_(late))
        rows = db.session.execute(gone.group_by(WorkItem.desk_unit_id, WorkItem.holder_id))
        assert [tuple(row) for row in rows] == [(cast.ROADS, None, 120)]
