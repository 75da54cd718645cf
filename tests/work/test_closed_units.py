"""Units come and go, and the work goes with them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text, update

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.core.envelope import anyone, open_command
from collab.core.facts import FactRow
from collab.work.commands import ask, complete, follow_closed_unit, offer
from collab.work.forms import Ask, Complete, Offer
from collab.work.models import Handover, Interval, Wait, WorkItem
from collab.work.sweeps import sweep_closed_units
from tests.work.making import make, outsider

TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def day(at):
    """The Monday on which everything happens, and how to go on to another."""
    at(TODAY)
    return lambda days: at(TODAY + timedelta(days=days))


@open_command(anyone)
def make_many(actor, unit, number):
    """So many items in one breath."""
    for _each in range(number):
        make(actor, unit)


@pytest.fixture
def chief(api_of):
    return api_of("Kostas")


def close(chief, unit, into=None, on="2026-11-23"):
    return chief.post(f"/api/v1/units/{unit}/closure", json={"on": on, "into_id": into})


def sweep(app):
    with app.app_context():
        sweep_closed_units()
        db.session.remove()


def facts(kind):
    return db.session.scalar(select(func.count()).where(FactRow.kind == kind))


def test_open_items_go_to_the_unit_that_takes_over_and_keep_their_number(app, cast, actor_of, chief, api_of, day):
    with app.app_context():
        held = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        tray = make(actor_of("Eleni"), cast.PARKS)
        of_post = make(actor_of("Eleni"), cast.PARKS, cast.head_posts["PARKS"])
    before = api_of("Eleni").get(f"/api/v1/work-items/{held}").get_json()
    assert close(chief, cast.PARKS, cast.LEGAL).status_code == 201
    sweep(app)
    with app.app_context():
        found = {one: db.session.get(WorkItem, one) for one in (held, tray, of_post)}
        assert [(one.unit_id, one.desk_unit_id, one.holder_id) for one in found.values()] == [
            (cast.LEGAL, cast.LEGAL, cast.Eleni), (cast.LEGAL, cast.LEGAL, None), (cast.LEGAL, cast.LEGAL, None),
        ]  # fmt: skip
        assert found[held].reference == before["reference"]
        assert facts("item-followed") == 3
        tasks = db.session.execute(
            select(Wait.of_id, Wait.by_unit_id, Wait.tray_unit_id)
            .where(Wait.sense == "task", Wait.ended_at.is_(None)).order_by(Wait.item_id)
        )  # fmt: skip
        assert list(map(tuple, tasks)) == [
            (cast.Eleni, cast.LEGAL, None), (cast.LEGAL, cast.LEGAL, cast.LEGAL), (cast.LEGAL, cast.LEGAL, cast.LEGAL)
        ]  # fmt: skip
    page = api_of("Dimitra").get(f"/api/v1/work-items/{tray}")
    assert page.status_code == 200
    assert api_of("Maria").get(f"/api/v1/work-items/{tray}").status_code == 404


def test_the_history_says_what_became_of_it(app, cast, actor_of, chief, client_of, day):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        reference = db.session.scalar(select(WorkItem.reference).where(WorkItem.id == item))
    close(chief, cast.PARKS, cast.LEGAL)
    sweep(app)
    page = client_of("Dimitra").get(f"/work-items/{reference}")
    assert "was closed; this went to" in page.text


def test_intervals_stay_true(app, cast, actor_of, chief, day):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS)
    day(2)
    close(chief, cast.PARKS, cast.LEGAL, "2026-11-25")
    sweep(app)
    with app.app_context():
        rows = db.session.execute(
            select(Interval.unit_id, Interval.from_at, Interval.to_at)
            .where(Interval.item_id == item).order_by(Interval.from_at)
        ).all()  # fmt: skip
    assert [row.unit_id for row in rows] == [cast.PARKS, cast.LEGAL]
    assert rows[0].to_at == rows[1].from_at == TODAY + timedelta(days=2)
    assert rows[1].to_at is None


def test_what_was_asked_and_offered_follows(app, cast, actor_of, chief, api_of, day):
    with app.app_context():
        maria = actor_of("Maria")
        asked, offered = make(maria, cast.ROADS, cast.Maria), make(maria, cast.ROADS, cast.Maria)
        ask(maria, asked, Ask(of=cast.PARKS, what="May we?"))
        ask(maria, asked, Ask(of=cast.head_posts["PARKS"], what="And you?"))
        offer(maria, offered, Offer(to=cast.PARKS))
        eleni = actor_of("Eleni")
        asking = make(eleni, cast.PARKS, cast.Eleni)
        ask(eleni, asking, Ask(of=cast.FINANCE, what="The money?", stops_clock=True))
    close(chief, cast.PARKS, cast.LEGAL)
    sweep(app)
    with app.app_context():
        waits = db.session.execute(
            select(Wait.of_id, Wait.tray_unit_id, Wait.by_unit_id)
            .where(Wait.sense == "answer", Wait.ended_at.is_(None)).order_by(Wait.id)
        )  # fmt: skip
        assert list(map(tuple, waits)) == [
            (cast.LEGAL, cast.LEGAL, cast.ROADS), (cast.LEGAL, cast.LEGAL, cast.ROADS),
            (cast.FINANCE, cast.FINANCE, cast.LEGAL),
        ]  # fmt: skip
        standing = db.session.scalars(select(Handover).where(Handover.state == "offered")).one()
        assert (standing.to_id, standing.to_unit_id, standing.from_unit_id) == (cast.LEGAL, cast.LEGAL, cast.ROADS)
        assert facts("expected-followed") == 2
        handover = standing.id
        assert db.session.get(WorkItem, asking).state_kind == "waiting"
    assert api_of("Sofia").post(f"/api/v1/handovers/{handover}/acceptance", json={}).status_code in (200, 201)


def test_an_offer_between_two_units_that_become_one_ends(app, cast, actor_of, chief, day):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        offer(actor_of("Eleni"), item, Offer(to=cast.ROADS))
    close(chief, cast.PARKS, cast.ROADS)
    sweep(app)
    with app.app_context():
        assert db.session.scalars(select(Handover.state)).all() == ["withdrawn"]
        assert db.session.get(WorkItem, item).unit_id == cast.ROADS
        assert not db.session.scalar(select(Wait.id).where(Wait.sense == "handover", Wait.ended_at.is_(None)))


def test_a_unit_planned_to_close_keeps_its_work_until_the_day(app, cast, actor_of, chief, day):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    assert close(chief, cast.PARKS, cast.LEGAL, "2026-11-26").status_code == 201
    sweep(app)
    with app.app_context():
        assert db.session.get(WorkItem, item).unit_id == cast.PARKS
    day(3)
    sweep(app)
    with app.app_context():
        assert db.session.get(WorkItem, item).unit_id == cast.LEGAL


def test_a_unit_that_takes_over_and_is_closed_too_hands_all_of_it_on(app, cast, actor_of, chief, api_of, day):
    with app.app_context():
        first, second = make(actor_of("Eleni"), cast.PARKS, cast.Eleni), make(actor_of("Eleni"), cast.PARKS)
        complete(actor_of("Eleni"), first, Complete())
    close(chief, cast.PARKS, cast.ROADS)
    sweep(app)
    close(chief, cast.ROADS, cast.LEGAL)
    sweep(app)
    with app.app_context():
        assert db.session.get(WorkItem, second).unit_id == cast.LEGAL
    assert api_of("Dimitra").get(f"/api/v1/work-items/{first}").status_code == 200


def test_closed_one_into_the_other_before_anything_has_gone_it_all_arrives_at_the_last(app, cast, actor_of, chief, day):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS)
    close(chief, cast.PARKS, cast.ROADS, "2026-11-26")
    refused = close(chief, cast.ROADS, None, "2026-11-25")
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "into_id")
    assert close(chief, cast.ROADS, cast.LEGAL, "2026-11-25").status_code == 201
    day(4)
    sweep(app)
    with app.app_context():
        assert db.session.get(WorkItem, item).unit_id == cast.LEGAL


def test_what_is_finished_stays_and_is_read_by_those_who_take_over_except_what_is_for_named_people(
    app, cast, actor_of, chief, api_of, day
):
    with app.app_context():
        done, secret = make(actor_of("Eleni"), cast.PARKS, cast.Eleni), make(
            actor_of("Eleni"), cast.PARKS, cast.Eleni, reach="named"
        )  # fmt: skip
        still_secret = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, reach="named")
        for each in (done, secret):
            complete(actor_of("Eleni"), each, Complete())
    assert api_of("Dimitra").get(f"/api/v1/work-items/{done}").status_code == 404
    close(chief, cast.PARKS, cast.LEGAL)
    sweep(app)
    with app.app_context():
        assert db.session.get(WorkItem, done).unit_id == cast.PARKS
        assert db.session.get(WorkItem, still_secret).holder_id == cast.Eleni
    assert api_of("Dimitra").get(f"/api/v1/work-items/{done}").status_code == 200
    assert api_of("Maria").get(f"/api/v1/work-items/{done}").status_code == 404
    for each in (secret, still_secret):
        assert api_of("Dimitra").get(f"/api/v1/work-items/{each}").status_code == 404
        assert api_of("Eleni").get(f"/api/v1/work-items/{each}").status_code == 200


def test_somebody_who_no_longer_works_here_holds_nothing_of_it(app, cast, actor_of, chief, day):
    with app.app_context():
        item = make(actor_of("Giorgos"), cast.PARKS, cast.Giorgos)
    assert chief.post(f"/api/v1/people/{cast.Giorgos}/deactivation", json={}).status_code < 300
    close(chief, cast.PARKS, cast.LEGAL)
    sweep(app)
    with app.app_context():
        found = db.session.get(WorkItem, item)
        assert (found.holder_id, found.desk_unit_id) == (None, cast.LEGAL)


def test_what_is_opened_again_in_a_unit_that_was_closed_goes_on_in_the_one_that_took_over(
    app, cast, actor_of, chief, api_of, day
):
    with app.app_context():
        item = make(actor_of("Nikos"), cast.PARKS, cast.Giorgos)
        complete(actor_of("Nikos"), item, Complete())
    assert close(chief, cast.PARKS, cast.LEGAL).status_code == 201
    sweep(app)
    assert chief.post(f"/api/v1/people/{cast.Giorgos}/deactivation", json={}).status_code < 300
    assert api_of("Nikos").delete(f"/api/v1/work-items/{item}/completion").status_code == 200
    sweep(app)
    with app.app_context():
        found = db.session.get(WorkItem, item)
        assert (found.holder_id, found.desk_unit_id) == (None, cast.LEGAL)
    assert api_of("Sofia").get(f"/api/v1/work-items/{item}").status_code == 200


def test_told_twice_it_does_nothing_twice(app, cast, actor_of, chief, day):
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        ask(actor_of("Maria"), make(actor_of("Maria"), cast.ROADS, cast.Maria), Ask(of=cast.PARKS, what="May we?"))
    close(chief, cast.PARKS, cast.LEGAL)
    sweep(app)
    count = "select (select count(*) from facts), (select count(*) from interval), (select count(*) from participant)"
    with app.app_context():
        before = tuple(db.session.execute(text(count)).one())
        db.session.remove()
        assert follow_closed_unit(SYSTEM, cast.PARKS) is False
    sweep(app)
    with app.app_context():
        assert tuple(db.session.execute(text(count)).one()) == before


def test_six_hundred_items_go_in_batches(app, cast, actor_of, chief, day, monkeypatch):
    batches = []
    from collab.work import sweeps

    one = sweeps.follow_closed_unit
    monkeypatch.setattr(sweeps, "LONGEST", 600)
    monkeypatch.setattr(sweeps, "follow_closed_unit", lambda who, unit: batches.append(unit) or one(who, unit))
    with app.app_context():
        make_many(actor_of("Eleni"), cast.PARKS, 600)
    close(chief, cast.PARKS, cast.LEGAL)
    sweep(app)
    with app.app_context():
        there = select(func.count()).where(WorkItem.unit_id == cast.LEGAL, WorkItem.desk_unit_id == cast.LEGAL)
        assert db.session.scalar(there) == 600
        assert facts("item-followed") == 600
    assert len(batches) >= 4


def test_a_unit_with_work_or_people_is_not_closed_without_one_that_takes_over(app, cast, actor_of, chief, day):
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        ask(actor_of("Maria"), make(actor_of("Maria"), cast.ROADS, cast.Maria), Ask(of=cast.PARKS, what="May we?"))
    error = close(chief, cast.PARKS).get_json()["errors"][0]
    assert error["field"] == "into_id"
    assert error["reason"] == "Still here: 4 people, 1 open item, 1 wait. Say which unit takes them over."


def test_an_empty_unit_is_closed_and_what_lands_there_after_all_goes_to_the_unit_above(app, cast, chief, actor_of, day):
    made = chief.post(
        "/api/v1/units", json={"code": "POOL", "name": "Pool", "parent_id": cast.TECH, "valid_from": "2026-01-01"}
    ).get_json()["id"]
    assert close(chief, made, None, "2026-11-25").status_code == 201
    with app.app_context():
        item = make(actor_of("Yannis"), made)
    day(2)
    sweep(app)
    with app.app_context():
        assert db.session.get(WorkItem, item).unit_id == cast.TECH


def test_what_is_asked_of_a_post_that_ended_long_ago_is_not_lost(app, cast, actor_of, chief, day):
    assert close(chief, cast.PARKS, cast.LEGAL).status_code == 201
    sweep(app)
    day(2)
    with app.app_context():
        item = make(actor_of("Maria"), cast.ROADS, cast.Maria)
        wait = ask(actor_of("Maria"), item, Ask(of=cast.head_posts["LEGAL"], what="Who has the keys?"))
        with writing() as session:  # as it was asked before such posts were refused
            session.execute(update(Wait).where(Wait.id == wait).values(of_id=cast.head_posts["PARKS"]))
        db.session.remove()
    sweep(app)
    with app.app_context():
        asked = db.session.get(Wait, wait)
        assert (asked.of_id, asked.tray_unit_id, asked.ended_at) == (cast.LEGAL, cast.LEGAL, None)


def test_labels_and_shared_views_go_along(app, cast, actor_of, chief, api_of, day):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, labels=["storm"])
        outsider(actor_of("Eleni"), "Somebody")
        make(actor_of("Dimitra"), cast.LEGAL, cast.Dimitra, labels=["storm"])
    close(chief, cast.PARKS, cast.LEGAL)
    sweep(app)
    with app.app_context():
        units = db.session.scalars(text("select unit_id from label where folded = 'storm'")).all()
        assert units == [cast.LEGAL]
        assert db.session.scalar(text(f"select count(*) from work_item_label where item_id = {item}")) == 1
