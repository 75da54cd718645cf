"""Who is entitled by a post or by a kind of place, and who is left out though the query finds them, with the reason."""

from datetime import date

import pytest
from sqlalchemy import insert, update

from collab.core.db import writing
from collab.people.models import Membership, Party, Person, Post

from .voting import NOW, ballot, drafted, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def change(app):
    """`change(statement)`: something about people, of which the house has doors elsewhere."""

    def run(*statements):
        with app.app_context(), writing() as session:
            for statement in statements:
                session.execute(statement)

    return run


def roll(client, made):
    """Person → reason, of what, reason against."""
    found = client.get(f"/api/v1/decisions/{made['reference']}/electorate?limit=200").get_json()["items"]
    return {one["person"]: (one["because"], one["of"], one["left_out"]) for one in found}


def belongs(person, unit, kind, post=None, until=None):
    return insert(Membership).values(
        person_id=person, unit_id=unit, post_id=post, kind=kind, valid_from=date(2020, 1, 1), valid_to=until
    )


def test_whoever_holds_a_post_on_that_day_is_entitled_for_it_and_nobody_who_held_it_before(
    app, cast, api_of, client_of, change
):
    with app.app_context(), writing() as session:
        party = Party(kind="post", label="Tree inspector", sort_key="tree inspector", folded="tree inspector")
        session.add(party)
        session.flush()
        inspector = party.id
        session.add(Post(id=inspector, unit_id=cast.PARKS, kind="member", valid_from=date(2020, 1, 1)))
    change(
        belongs(cast.Maria, cast.PARKS, "member", inspector),
        belongs(cast.Dimitra, cast.PARKS, "member", inspector, until=date(2026, 11, 23)),
    )
    posts = {"people": [inspector, cast.head_posts["ROADS"]]}
    made = opened(api_of("Nikos"), cast.PARKS, electorate=posts, reach="all")
    assert roll(api_of("Nikos"), made) == {
        cast.Maria: ("post", "Tree inspector", None),
        cast.Petros: ("post", "Head of Roads", None),
    }
    page = client_of("Anna").get(f"/decisions/{made['reference']}/electorate").text
    assert "holds the post Tree inspector" in page.replace("<bdi>", "").replace("</bdi>", "")
    assert api_of("Maria").put(ballot(made), json={"vote": "yes"}).status_code == 200
    for name in ("Nikos", "Dimitra"):
        assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 403


def test_while_the_head_is_another_for_now_the_post_is_theirs_too(cast, api_of, change):
    change(belongs(cast.Maria, cast.ROADS, "acting"))
    made = opened(api_of("Nikos"), cast.PARKS, electorate={"people": [cast.head_posts["ROADS"]]})
    assert {person: said[0] for person, said in roll(api_of("Nikos"), made).items()} == {
        cast.Petros: "post",
        cast.Maria: "post",
    }


@pytest.mark.parametrize(
    ("who", "entitled"),
    [
        ("heads", {"Nikos": "head", "Eleni": "acting"}),
        ("leaders", {"Nikos": "head", "Eleni": "acting", "Babis": "deputy"}),
        ("everybody", {"Nikos": "head", "Eleni": "acting", "Babis": "deputy", "Giorgos": "member"}),
    ],
)
def test_of_a_unit_those_who_head_it_those_who_lead_it_or_everybody(cast, api_of, change, who, entitled):
    change(belongs(cast.Eleni, cast.PARKS, "acting"))
    made = opened(api_of("Nikos"), cast.PARKS, electorate={"unit": cast.PARKS, "who": who})
    of = {person: said[0] for person, said in roll(api_of("Nikos"), made).items()}
    assert of == {getattr(cast, name): because for name, because in entitled.items()}
    for name in ("Babis", "Giorgos"):
        answer = api_of(name).put(ballot(made), json={"vote": "yes"})
        assert answer.status_code == (200 if name in entitled else 403), name


def test_whom_the_house_leaves_out_is_on_the_roll_with_the_reason_against(cast, api_of, client_of, change):
    """Giorgos has no account in use, Reza is auditor, the pumping station no person."""
    program = api_of("Kostas").post("/api/v1/bots", json={"name": "Pumping station", "unit_id": cast.PARKS})
    assert program.status_code == 201, program.get_json()
    bot = program.get_json()["id"]
    change(update(Person).where(Person.id == cast.Giorgos).values(active=False))
    query = {"unit": cast.PARKS, "people": [cast.Reza, bot, cast.Maria], "without": [cast.Babis]}
    made = drafted(api_of("Nikos"), cast.PARKS, electorate=query, reach="all")
    against = {cast.Giorgos: "inactive", cast.Reza: "auditor", bot: "bot", cast.Babis: "without"}
    entitled = {cast.Nikos, cast.Eleni, cast.Maria}

    def held():
        found = roll(api_of("Nikos"), made)
        assert {person: said[2] for person, said in found.items() if said[2]} == against
        assert {person for person, said in found.items() if not said[2]} == entitled

    held()
    answer = api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/opening")
    assert (answer.status_code, answer.get_json()["turnout"]["entitled"]) == (200, 3)
    change(update(Person).where(Person.id == cast.Giorgos).values(active=True))
    held()
    page = client_of("Anna").get(f"/decisions/{made['reference']}/electorate").text
    for words in ("has no account that is in use", "is auditor, who reads and decides nothing", "is no person"):
        assert words in page
    for name in ("Giorgos", "Reza", "Babis"):
        assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 403, name
