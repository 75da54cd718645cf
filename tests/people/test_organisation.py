"""Units, posts, memberships and absences, changed from outside and looked at afterwards."""

import random
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.errors import Invalid
from collab.core.facts import FactRow
from collab.people.commands.units import move_unit
from collab.people.forms.organisation import MoveForm
from collab.people.models import Membership, Organisation, Post, Unit, UnitClosure, UnitEdge
from collab.people.organisation.tree import edges
from collab.people.recognise import person_as_actor
from collab.people.sweeps import sweep_tree
from collab.people.tree import circle, standing
from tests.cast import Cast

Make = Callable[..., Any]
TODAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = TODAY.date()


@pytest.fixture(autouse=True)
def _on_a_monday(at: Callable[[datetime], None]) -> None:
    at(TODAY)


@pytest.fixture
def chief(api_of: Make) -> Any:
    return api_of("Kostas")


def facts(app: Flask) -> list[str]:
    with app.app_context():
        kinds = list(db.session.scalars(select(FactRow.kind).order_by(FactRow.id)))
        db.session.remove()
    return kinds


def closure(app: Flask) -> set[tuple[int, int, int]]:
    with app.app_context():
        rows = db.session.execute(select(UnitClosure.ancestor_id, UnitClosure.descendant_id, UnitClosure.depth)).all()
        db.session.remove()
    return {(row[0], row[1], row[2]) for row in rows}


def recomputed(app: Flask, day: date) -> set[tuple[int, int, int]]:
    """The flat tree of a day by walking up from each unit."""
    with app.app_context():
        parents = standing(edges(db.session()), day)
        db.session.remove()
    found = set()
    for unit in parents:
        above: int | None = unit
        depth = 0
        while above is not None:
            found.add((above, unit, depth))
            above, depth = parents[above], depth + 1
    return found


def new_unit(chief: Any, code: str, parent: int | None, since: date = DAY) -> int:
    body = {"code": code, "name": f"Unit {code}", "parent_id": parent, "valid_from": since.isoformat()}
    answer = chief.post("/api/v1/units", json=body)
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["id"])


def test_a_unit_begins_with_its_heads_post_in_every_language(app: Flask, cast: Cast, chief: Any) -> None:
    body = {"code": "PARKS-1", "name": "Nurseries", "name_el": "Φυτώρια", "parent_id": cast.PARKS}
    made = chief.post("/api/v1/units", json={**body, "valid_from": "2026-11-23"})
    assert made.status_code == 201
    unit = made.get_json()
    assert unit["parent_id"] == cast.PARKS
    assert chief.get(made.headers["Location"]).get_json() == unit
    posts = chief.get(f"/api/v1/posts?unit_id={unit['id']}").get_json()["items"]
    assert [(post["kind"], post["name"]) for post in posts] == [("head", "Head of Nurseries")]
    assert closure(app) == recomputed(app, DAY)
    assert facts(app) == ["unit-created"]


def test_renaming_a_unit_renames_its_heads_post(cast: Cast, chief: Any) -> None:
    unit = chief.get(f"/api/v1/units/{cast.PARKS}")
    body = {"code": "GREEN", "name": "Greenery", "level": "department"}
    changed = chief.put(f"/api/v1/units/{cast.PARKS}", json=body, headers={"If-Match": unit.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.get_json()["version"] == unit.get_json()["version"] + 1
    post = chief.get(f"/api/v1/posts/{cast.head_posts['PARKS']}").get_json()
    assert post["name"] == "Head of Greenery"
    assert chief.put(
        f"/api/v1/units/{cast.PARKS}", json=body, headers={"If-Match": unit.headers["ETag"]}
    ).status_code == 412  # fmt: skip


def test_a_code_that_differs_in_capital_letters_alone_is_no_other_code(cast: Cast, chief: Any) -> None:
    body = {"code": "parks", "name": "Parks", "parent_id": cast.TECH, "valid_from": "2026-11-23"}
    refused = chief.post("/api/v1/units", json=body)
    assert (refused.status_code, [each["field"] for each in refused.json["errors"]]) == (422, ["code"])
    legal = chief.get(f"/api/v1/units/{cast.LEGAL}")
    other = {"code": "Parks", "name": "Legal Service", "level": "department"}
    tag = {"If-Match": legal.headers["ETag"]}
    assert chief.put(f"/api/v1/units/{cast.LEGAL}", json=other, headers=tag).status_code == 422
    own = chief.put(f"/api/v1/units/{cast.LEGAL}", json={**other, "code": "Legal"}, headers=tag)
    assert (own.status_code, own.json["code"]) == (200, "Legal")


def test_a_moved_unit_takes_those_below_along_and_changes_rights_at_once(
    app: Flask, cast: Cast, chief: Any, client_of: Make
) -> None:
    sofia = client_of("Sofia")
    assert f"/units/{'PARKS'}" not in sofia.get("/people").text.split("nav-units")[1].split("</nav>")[0]
    team = new_unit(chief, "TREES", cast.PARKS)
    moved = chief.post(f"/api/v1/units/{cast.PARKS}/moves", json={"parent_id": cast.LEGAL, "on": DAY.isoformat()})
    assert moved.status_code == 201
    assert closure(app) == recomputed(app, DAY)
    with app.app_context():
        head = person_as_actor(cast.Sofia)
        former = person_as_actor(cast.Yannis)
        db.session.remove()
    assert head is not None
    assert former is not None
    assert {cast.PARKS, team} <= head.headed
    assert not {cast.PARKS, team} & former.headed
    assert "/units/PARKS" in sofia.get("/people").text.split("nav-units")[1].split("</nav>")[0]


def test_no_unit_stands_under_itself(cast: Cast, chief: Any) -> None:
    for unit, parent in (("TECH", "PARKS"), ("TECH", "TECH"), ("CITY", "ROADS")):
        body = {"parent_id": cast.units[parent], "on": DAY.isoformat()}
        answer = chief.post(f"/api/v1/units/{cast.units[unit]}/moves", json=body)
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["field"] == "parent_id"


def test_a_circle_that_would_come_later_is_refused_now(cast: Cast, chief: Any) -> None:
    later = (DAY + timedelta(days=30)).isoformat()
    assert (
        chief.post(f"/api/v1/units/{cast.TECH}/moves", json={"parent_id": cast.ADMIN, "on": later}).status_code == 201
    )
    refused = chief.post(f"/api/v1/units/{cast.ADMIN}/moves", json={"parent_id": cast.PARKS, "on": DAY.isoformat()})
    assert refused.status_code == 422


def test_random_moves_keep_a_tree_on_every_day(app: Flask, cast: Cast) -> None:
    chance = random.Random(7)
    units, done = list(cast.units.values()), 0
    with app.app_context():
        for _n in range(60):
            unit, parent = chance.choice(units), chance.choice([None, *units])
            on = DAY + timedelta(days=chance.randint(-20, 20))
            try:
                move_unit(SYSTEM, unit, MoveForm(parent_id=parent, on=on))
                done += 1
            except Invalid:
                pass
        assert circle(edges(db.session())) is None
        db.session.remove()
    assert done > 15
    assert closure(app) == recomputed(app, DAY)


def test_a_planned_move_comes_into_force_on_its_day(
    app: Flask, cast: Cast, chief: Any, at: Callable[[datetime], None]
) -> None:
    later = DAY + timedelta(days=3)
    chief.post(f"/api/v1/units/{cast.PARKS}/moves", json={"parent_id": cast.ADMIN, "on": later.isoformat()})
    assert (cast.TECH, cast.PARKS, 1) in closure(app)
    at(TODAY + timedelta(days=3))
    with app.app_context():
        before = db.session.scalar(select(Organisation.tree_version))
        sweep_tree()
        assert db.session.scalar(select(Organisation.tree_version)) == (before or 0) + 1
        sweep_tree()
        assert db.session.scalar(select(Organisation.tree_version)) == (before or 0) + 1
        db.session.remove()
    assert (cast.ADMIN, cast.PARKS, 1) in closure(app)
    assert facts(app)[-1] == "tree-turned"


def test_the_tree_of_a_past_day_can_still_be_seen(cast: Cast, chief: Any, client_of: Make) -> None:
    chief.post(f"/api/v1/units/{cast.PARKS}/moves", json={"parent_id": cast.ADMIN, "on": DAY.isoformat()})
    client = client_of("Leila")
    now, then = client.get("/units/PARKS").text, client.get("/units/PARKS?on=2026-01-01").text
    over = [page.split('class="head-over"')[1].split("</p>")[0] for page in (now, then)]
    assert "/units/ADMIN" in over[0]
    assert "/units/TECH?on=2026-01-01" in over[1]
    assert "/units/PARKS" not in client.get("/units?on=2014-12-31").text.split("<main")[1]


def test_a_membership_ends_with_its_unit_at_the_latest(cast: Cast, chief: Any) -> None:
    new = {"code": "FAIR", "name": "Fair", "valid_from": "2026-01-01", "valid_to": "2027-01-01"}
    unit = chief.post("/api/v1/units", json=new).json["id"]
    path, asked = f"/api/v1/people/{cast.Maria}/memberships", {"unit_id": unit, "valid_from": "2026-06-01"}
    refused = chief.post(path, json={**asked, "valid_to": "2030-01-01"})
    assert (refused.status_code, [each["field"] for each in refused.json["errors"]]) == (422, ["valid_to"])
    assert "2027" in refused.json["errors"][0]["reason"]
    assert chief.post(path, json={**asked, "valid_to": "2027-01-01"}).status_code == 201


def test_closing_a_unit_ends_its_posts_and_memberships_or_hands_them_over(app: Flask, cast: Cast, chief: Any) -> None:
    on = DAY + timedelta(days=1)
    refused = chief.post(f"/api/v1/units/{cast.TECH}/closure", json={"on": on.isoformat()})
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["field"] == "into_id"
    closed = chief.post(f"/api/v1/units/{cast.TECH}/closure", json={"on": on.isoformat(), "into_id": cast.ADMIN})
    assert closed.status_code == 201, closed.text
    with app.app_context():
        assert db.session.scalar(select(Unit.valid_to).where(Unit.id == cast.TECH)) == on
        assert db.session.scalars(select(Post.valid_to).where(Post.unit_id == cast.TECH)).all() == [on]
        below = db.session.scalars(
            select(UnitEdge.unit_id).where(UnitEdge.parent_id == cast.ADMIN, UnitEdge.valid_from == on)
        ).all()
        yannis = db.session.execute(
            select(Membership.unit_id, Membership.valid_from, Membership.valid_to, Membership.kind)
            .where(Membership.person_id == cast.Yannis)
            .order_by(Membership.valid_from)
        ).all()
        db.session.remove()
    assert set(below) == {cast.PARKS, cast.ROADS}
    assert [tuple(row)[0::2] for row in yannis] == [(cast.TECH, on), (cast.ADMIN, None)]
    assert yannis[1].kind == "member"
    assert closure(app) == recomputed(app, DAY)


def test_a_unit_has_one_head_at_a_time_and_any_number_of_acting_ones(cast: Cast, chief: Any) -> None:
    address = f"/api/v1/people/{cast.Maria}/memberships"
    body = {"unit_id": cast.PARKS, "valid_from": DAY.isoformat()}
    assert chief.post(address, json={**body, "kind": "head"}).status_code == 422
    assert chief.post(address, json={**body, "kind": "acting"}).status_code == 201
    assert chief.post(address, json={**body, "kind": "acting"}).status_code == 422
    second = chief.post(f"/api/v1/people/{cast.Petros}/memberships", json={**body, "kind": "acting"})
    assert second.status_code == 201


def test_leaving_a_unit_ends_rights_on_that_day(
    app: Flask, cast: Cast, chief: Any, at: Callable[[datetime], None]
) -> None:
    places = chief.get(f"/api/v1/people/{cast.Nikos}/memberships").get_json()["items"]
    ends = (DAY + timedelta(days=1)).isoformat()
    assert chief.post(f"/api/v1/memberships/{places[0]['id']}/end", json={"on": ends}).status_code == 204
    with app.app_context():
        still = person_as_actor(cast.Nikos)
        at(TODAY + timedelta(days=1))
        gone = person_as_actor(cast.Nikos)
        db.session.remove()
    assert still is not None
    assert cast.PARKS in still.headed
    assert gone is not None
    assert not gone.reach


def test_heads_note_absences_of_their_own_people_only(cast: Cast, api_of: Make) -> None:
    body = {"first_day": DAY.isoformat(), "last_day": DAY.isoformat(), "substitute_id": cast.Maria}
    assert api_of("Nikos").post(f"/api/v1/people/{cast.Eleni}/absences", json=body).status_code == 201
    assert api_of("Nikos").post(f"/api/v1/people/{cast.Dimitra}/absences", json=body).status_code == 403
    assert api_of("Eleni").post(f"/api/v1/people/{cast.Nikos}/absences", json=body).status_code == 403
    assert api_of("Dimitra").post(f"/api/v1/people/{cast.Dimitra}/absences", json=body).status_code == 201


def test_a_head_notes_with_one_press_that_somebody_is_away_today(cast: Cast, client_of: Make) -> None:
    nikos, page = client_of("Nikos"), f"/people/{cast.Eleni}"
    pressed = r'type="hidden" name="first_day" value="([^"]+)">.*?name="last_day" value="([^"]+)">'
    form = re.search(pressed, nikos.get(page).text)
    assert form is not None
    sent = nikos.post(f"{page}/absences", data={"first_day": form[1], "last_day": form[2]})
    assert sent.status_code == 303
    assert not re.search(pressed, nikos.get(page).text), "once is enough"
    assert nikos.get(page).text.count('class="callout callout-wait"') == 1
    assert not re.search(pressed, client_of("Maria").get(page).text), "that is for the head to say"


def test_a_substitute_reaches_it_at_once_and_loses_it_when_the_absence_is_taken_back(
    app: Flask, cast: Cast, api_of: Make
) -> None:
    nikos = api_of("Nikos")
    body = {"first_day": DAY.isoformat(), "last_day": "2026-12-01", "substitute_id": cast.Dimitra, "note": "private"}
    absence = nikos.post(f"/api/v1/people/{cast.Nikos}/absences", json=body).get_json()["id"]
    dimitra = api_of("Dimitra")
    assert dimitra.get("/api/v1/me").get_json()["stands_in_for"] == [cast.Nikos]
    listed = dimitra.get(f"/api/v1/people/{cast.Nikos}/absences").get_json()["items"]
    assert (listed[0]["id"], listed[0]["note"]) == (absence, None)
    assert dimitra.delete(f"/api/v1/absences/{absence}").status_code == 403
    assert nikos.delete(f"/api/v1/absences/{absence}").status_code == 204
    assert dimitra.get("/api/v1/me").get_json()["stands_in_for"] == []
    assert nikos.delete(f"/api/v1/absences/{absence}").status_code == 422


REFUSED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("post", "/api/v1/units", {"code": "X", "name": "X", "valid_from": "2026-11-23"}),
    ("put", "/api/v1/units/{PARKS}", {"code": "X", "name": "X"}),
    ("post", "/api/v1/units/{PARKS}/moves", {"on": "2026-11-23"}),
    ("post", "/api/v1/units/{ROADS}/closure", {"on": "2026-11-24"}),
    ("post", "/api/v1/posts", {"unit_id": 5, "name": "X", "valid_from": "2026-11-23"}),
    ("post", "/api/v1/people", {"email": "x@city.example", "name": "X"}),
    ("put", "/api/v1/people/{Maria}", {"email": "x@city.example", "name": "X"}),
    ("post", "/api/v1/people/{Maria}/deactivation", {}),
    ("post", "/api/v1/people/{Maria}/invitations", {}),
    ("put", "/api/v1/people/{Maria}/roles", {"roles": ["administrator"]}),
    ("post", "/api/v1/people/{Maria}/memberships", {"unit_id": 5, "valid_from": "2026-11-23"}),
)


def test_only_a_unit_below_another_follows_the_calendar_of_the_one_above(cast: Cast, client_of: Make) -> None:
    kostas = client_of("Kostas")
    usual = '<option value=""'
    for unit, words in ((cast.CITY, "The organisation’s own"), (cast.PARKS, "As the unit above")):
        page = kostas.get(f"/administration/units/{unit}").text
        chosen = page[page.index(usual, page.index("calendar_id")) :].partition("</option>")[0]
        assert chosen.endswith(words)


def test_an_empty_list_of_posts_leads_to_the_units_and_every_tab_has_the_title_of_its_neighbours(
    client_of: Make,
) -> None:
    kostas = client_of("Kostas")
    page = kostas.get("/administration/posts?text=qqqq").text
    assert '<a class="button button-primary" href="/administration/units">To the units</a>' in page
    assert '<h1 class="page-title">Administration</h1>' in kostas.get("/administration/skills").text


def test_only_administrators_change_the_organisation(app: Flask, cast: Cast, api_of: Make) -> None:
    for who in ("Eleni", "Nikos", "Anna", "Reza", "Shirin"):
        client = api_of(who)
        for method, address, body in REFUSED:
            filled = address.format(**cast.units, **cast.people)
            assert getattr(client, method)(filled, json=body).status_code == 403, (who, method, filled)
    assert facts(app) == []


def test_the_list_of_posts_says_who_holds_each_and_which_are_vacant(cast: Cast, client_of: Make) -> None:
    kostas = client_of("Kostas")
    made = {"unit_id": str(cast.PARKS), "name": "Head gardener", "kind": "member", "valid_from": "2020-01-01"}
    assert kostas.post("/administration/posts", data=made).status_code == 303
    page = kostas.get("/administration/posts").text
    rows = re.findall(r'<li class="row">(.*?)</li>', page, re.S)
    ends = {re.search("<bdi>(.*?)</bdi>", row)[1]: row for row in rows}  # type: ignore[index]
    assert "vacant" in ends["Head gardener"]
    held = next(row for row in rows if f'/administration/posts/{cast.head_posts["PARKS"]}"' in row)
    assert (
        f'<a class="chip" href="/administration/people/{cast.Nikos}"><bdi class="chip-name">Nikos Pappas</bdi>' in held
    )
    assert "vacant" not in held


def test_a_unit_that_begins_later_stands_in_the_list_under_the_unit_it_will_stand_under(
    cast: Cast, client_of: Make
) -> None:
    kostas = client_of("Kostas")
    new = {
        "code": "LATER",
        "name": "Later",
        "level": "office",
        "parent_id": str(cast.LEGAL),
        "valid_from": "2031-01-01",
    }
    assert kostas.post("/administration/units", data=new).status_code == 303
    page = kostas.get("/administration/units?text=later").text
    row = re.search(r'<li class="row">(.*?)</li>', page, re.S)
    assert row
    assert "Later" in row[1]
    assert "Legal Service" in row[1]
