"""Finding people, units and posts; the pages stay within their number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.core.i18n import speaking
from collab.feed.search.indexing import rebuild
from collab.people.models import Membership, Person
from collab.people.organisation.members import NewMembership, NewPerson, add_memberships, add_people
from collab.people.organisation.parties import Naming, rename_parties
from tests.cast import BEGINNING, Cast

Make = Callable[..., Any]


def rename(app: Flask, id_: int, naming: Naming) -> None:
    with app.app_context():
        with writing() as session:
            rename_parties(session, [(id_, naming)])
        db.session.remove()


SOUGHT: tuple[tuple[str, set[str]], ...] = (
    ("mar", {"Eleni", "Maria"}),
    ("MARIA", {"Maria"}),
    ("lekka mar", {"Maria"}),
    ("ΜΑΡΊΑ", {"Sofia"}),
    ("παπαδοπουλοσ", {"Sofia"}),
    ("كاظمي", {"Leila"}),
    ("کاظمی", {"Leila"}),
    ("%", set()),
    ("arkou", set()),
)


def test_people_are_found_by_the_beginning_of_any_word_in_any_spelling(app: Flask, cast: Cast, api_of: Make) -> None:
    rename(app, cast.Sofia, Naming("Sofia Rigas", {"el": "Μαρία Παπαδόπουλος"}))
    rename(app, cast.Leila, Naming("Leila Ahmadi", {"fa": "لیلا کاظمی"}))
    client = api_of("Eleni")
    names = {id_: name for name, id_ in cast.people.items()}
    for typed, found in SOUGHT:
        for address in ("/api/v1/people", "/api/v1/parties"):
            items = client.get(address, query_string={"text": typed}).get_json()["items"]
            assert {names[one["id"]] for one in items if one["id"] in names} == found, (address, typed)


@pytest.mark.parametrize("typed", ["anta", "anta kara", "anta.k", "a.karahaliou@ant", "karahalio anta"])
def test_people_are_found_by_mail_address_and_in_latin_letters_as_where_one_chooses(
    app: Flask, cast: Cast, still: Any, client_of: Make, queries: Make, typed: str
) -> None:
    """A name in other letters, the address that the list shows, and a slip where nobody else is meant."""
    email = "a.karahaliou@anta.example" if "@" in typed else "anta.k@city.example"
    with app.app_context():
        with writing() as session:
            naming = Naming("Άντα Καραχάλιου")
            new = NewPerson(email=email, naming=naming, locale="el", time_zone="Europe/Athens")
            add_people(session, [new])
        rebuild()
        db.session.remove()
    for name, address in (("Kostas", "/administration/people"), ("Eleni", "/people")):
        client = client_of(name)
        client.get(address)
        with queries() as sent:
            page = client.get(address, query_string={"text": typed})
        assert "Άντα Καραχάλιου" in page.text, address
        assert len(sent.sent) <= 8, sent.sent
    nobody = client_of("Kostas").get("/administration/people", query_string={"text": "karkadani"}).text
    assert "Nobody found" in nobody


def test_names_are_shown_in_the_readers_language(app: Flask, cast: Cast, client_of: Make) -> None:
    rename(app, cast.PARKS, Naming("Parks", {"el": "Πράσινο", "fa": "فضای سبز"}, "PARKS"))
    with app.app_context():
        with writing() as session:
            from collab.people.organisation.tree import raise_tree_version

            raise_tree_version(session)
        db.session.remove()
    assert "Πράσινο" in client_of("Nikos").get("/units/PARKS").text
    assert "فضای سبز" in client_of("Leila").get("/units/PARKS").text
    assert "Parks" in client_of("Eleni").get("/units/PARKS").text


def test_a_party_tells_what_it_is(cast: Cast, api_of: Make) -> None:
    found = api_of("Eleni").get("/api/v1/parties?text=parks").get_json()["items"]
    assert [(one["kind"], one["id"]) for one in found] == [("unit", cast.PARKS), ("post", cast.head_posts["PARKS"])]
    posts = api_of("Eleni").get("/api/v1/parties?text=head parks&kinds=post").get_json()["items"]
    assert [(one["id"], one["hint"]) for one in posts] == [(cast.head_posts["PARKS"], "Parks")]
    outside = api_of("Eleni").get("/parties?q=forest").get_json()["items"]
    assert [one["id"] for one in outside] == [cast.forestry]


def test_closed_accounts_and_closed_units_are_not_offered(app: Flask, cast: Cast, api_of: Make) -> None:
    chief = api_of("Kostas")
    chief.post(f"/api/v1/people/{cast.Maria}/deactivation")
    assert chief.get("/api/v1/parties?text=maria").get_json()["items"] == []
    assert chief.get("/api/v1/people?text=maria").get_json()["items"] == []
    assert [one["id"] for one in chief.get("/api/v1/people?text=maria&closed=1").get_json()["items"]] == [cast.Maria]


def test_the_directory_is_walked_page_by_page_without_loss(app: Flask, cast: Cast, api_of: Make) -> None:
    client, after, seen = api_of("Eleni"), "", []
    while True:
        page = client.get("/api/v1/people", query_string={"limit": 4, **({"after": after} if after else {})}).get_json()
        seen += [one["id"] for one in page["items"]]
        if not page["next"]:
            break
        after = page["next"]
    assert sorted(seen) == sorted(cast.people.values())
    assert client.get("/api/v1/people?after=nonsense").status_code == 422


def test_a_unit_lists_those_below_too(cast: Cast, api_of: Make) -> None:
    found = api_of("Eleni").get(f"/api/v1/people?unit_id={cast.TECH}").get_json()["items"]
    assert {"Eleni", "Nikos", "Babis", "Maria", "Petros", "Yannis"} <= {one["name"].split()[0] for one in found}
    assert "Anna" not in {one["name"].split()[0] for one in found}


def crowd(app: Flask, cast: Cast, unit: int | None = None, mark: str = "p") -> list[int]:
    """A hundred more people in one unit."""
    with app.app_context():
        with writing() as session:
            new = [
                NewPerson(f"{mark}{n}@city.example", Naming(f"Person {n:03}"), "en", "Europe/Athens")
                for n in range(100)
            ]
            ids = add_people(session, new)
            add_memberships(
                session, [NewMembership(id_, unit or cast.PARKS, "member", BEGINNING, main=True) for id_ in ids]
            )
        db.session.remove()
    return ids


PAGES = (
    ("/people", 8),
    ("/people?text=p", 8),
    ("/units", 8),
    ("/units/PARKS", 12),
    ("/people/{Eleni}", 12),
    ("/profile", 8),
    ("/parties?q=p", 4),
    ("/parties?q=prson", 8),
    ("/administration/people", 8),
    ("/administration/units", 8),
    ("/administration/posts", 8),
    ("/administration/people/{Eleni}", 12),
    ("/administration/units/{PARKS}", 12),
)


def test_pages_ask_the_same_few_questions_however_many_there_are(
    app: Flask, cast: Cast, client_of: Make, queries: Callable[[], Any]
) -> None:
    client = client_of("Kostas")

    def asked() -> list[int]:
        counts = []
        for address, _most in PAGES:
            filled = address.format(**cast.units, **cast.people)
            client.get(filled)
            with queries() as sent:
                assert client.get(filled).status_code == 200
            counts.append(len(sent))
        return counts

    few = asked()
    crowd(app, cast)
    assert asked() == few
    assert all(count <= most for count, (_address, most) in zip(few, PAGES, strict=True)), few


def test_the_administrators_pages_do_not_exist_for_others(cast: Cast, client_of: Make) -> None:
    new = {"code": "X", "name": "X", "valid_from": "2026-11-23"}
    for who in ("Eleni", "Nikos", "Anna", "Reza", "Shirin", "Leila"):
        client = client_of(who)
        for address in ("", "/units", "/units/5", "/posts", "/people", "/people/15", "/calendars", "/mail"):
            assert client.get(f"/administration{address}").status_code == 404
        assert client.post("/administration/units", data=new).status_code == 404
        assert "/administration" not in client.get("/people").text


def test_the_frame_shows_ones_units_with_those_above_and_below(cast: Cast, client_of: Make) -> None:
    frame = client_of("Yannis").get("/units/PARKS").text.split('id="nav-units"')[1].split("</nav>")[0]
    shown = [part.split('"')[0] for part in frame.split('href="/units/')[1:]]
    assert shown == ["CITY", "TECH", "PARKS", "ROADS"]
    assert 'href="/units/PARKS" aria-current="page"' in frame


def test_a_profile_is_changed_by_its_owner_and_shown_at_once(cast: Cast, client_of: Make) -> None:
    client = client_of("Eleni")
    quick = client.patch("/profile", data={"locale": "fa"}, headers={"HX-Request": "true"})
    assert (quick.status_code, quick.headers["HX-Refresh"]) == (204, "true")
    assert 'dir="rtl"' in client.get("/people").text
    whole = {"name": "Eleni M.", "title": "Gardener", "phone": "", "locale": "en", "calendar": "jalali",
             "theme": "dark", "time_zone": "Asia/Tehran"}  # fmt: skip
    assert client.patch("/profile", data=whole).status_code == 303
    assert "Your profile is saved." in client.get("/profile").text, "said in the language that was chosen"
    page = client.get(f"/people/{cast.Eleni}").text
    assert "Gardener" in page
    assert 'data-theme="dark"' in page
    assert client.patch("/profile", data={**whole, "title": ""}).status_code == 303
    assert "Gardener" not in client.get(f"/people/{cast.Eleni}").text


def test_text_people_typed_never_becomes_markup(app: Flask, cast: Cast, client_of: Make) -> None:
    client = client_of("Eleni")
    client.patch(
        "/profile", data={"name": "<img src=x onerror=alert(1)>", "title": "</title><script>alert(1)</script>"}
    )
    for address in ("/people", f"/people/{cast.Eleni}", "/profile", "/units/PARKS"):
        page = client.get(address).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page


def test_several_units_and_the_main_one_first(app: Flask, cast: Cast, api_of: Make) -> None:
    with app.app_context():
        with writing() as session:
            session.execute(
                insert(Membership),
                [{"person_id": cast.Eleni, "unit_id": cast.LEGAL, "kind": "member", "valid_from": BEGINNING}],
            )
            session.execute(update(Person).where(Person.id == cast.Eleni).values(access_version=2))
        db.session.remove()
    units = api_of("Maria").get(f"/api/v1/people/{cast.Eleni}").get_json()["units"]
    assert [(one["code"], one["main"]) for one in units] == [("PARKS", True), ("LEGAL", False)]


def test_lists_of_the_house_stand_in_the_order_of_the_names_that_the_reader_reads(
    app: Flask, cast: Cast, client_of: Make, api_of: Make
) -> None:
    """The town speaks one language, its reader another: what is read decides, page by page and backwards too."""
    with app.app_context():
        from collab.people.queries.tree import tree

        assert tree().locale != "fa"
        db.session.remove()
    called = (
        (cast.PARKS, "D", "ابنیه"),
        (cast.LEGAL, "C", "بوستان"),
        (cast.ROADS, "B", "پارک"),
        (cast.CITY, "A", "یک"),
    )
    for unit, name, persian in called:
        rename(app, unit, Naming(name, {"fa": persian}))
    order, after, reader = [], None, api_of("Leila")
    while True:
        query = {"limit": 3} | ({"after": after} if after else {})
        page = reader.get("/api/v1/units", query_string=query).get_json()
        order += [one["id"] for one in page["items"]]
        if not (after := page["next"]):
            break
    assert len(order) == len(set(order)) == len(cast.units)
    ours = [unit for unit, _name, _persian in called]
    assert [one for one in order if one in ours] == ours
    with app.app_context(), speaking("fa"):
        from collab.people.queries.lists import units

        second = units(SYSTEM, cursor=units(SYSTEM, limit=3).next, limit=3)
        assert [one.id for one in units(SYSTEM, cursor=second.previous, limit=3).items] == order[:3]
        db.session.remove()
    english = [one["id"] for one in api_of("Eleni").get("/api/v1/units").get_json()["items"]]
    assert [one for one in english if one in ours] == ours[::-1]
