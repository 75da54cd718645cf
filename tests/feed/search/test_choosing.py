"""Fields that choose people, units, posts and outsiders forgive what the palette forgives; exact names come first."""

import pytest
from sqlalchemy import text

from collab.core.db import db, writing
from collab.people.organisation.parties import Naming, rename_parties

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def named(app, cast, still):
    """Two people whose names stand in their own alphabets alone; all in the index."""
    from collab.feed.search.indexing import rebuild

    with app.app_context():
        with writing() as session:
            rename_parties(session, [(cast.Giorgos, Naming("Γιώργος Ζέρβας")), (cast.Leila, Naming("لیلا احمدی یکتا"))])
        rebuild()
        db.session.remove()


@pytest.fixture
def offered(named, client_of):
    """`offered("nik")`: the names a field offers for what was typed."""

    def ask(typed, kinds="", who="Eleni"):
        answer = client_of(who).get("/parties", query_string={"q": typed, "kinds": kinds})
        return [one["name"] for one in answer.get_json()["items"]]

    return ask


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("giorgos zervas", "Γιώργος Ζέρβας"),
        ("zerv", "Γιώργος Ζέρβας"),
        ("ليلا احمدي", "لیلا احمدی یکتا"),
        ("احمدي يكتا", "لیلا احمدی یکتا"),
        ("Katreina Duka", "Katerina Douka"),
        ("nikso papas", "Nikos Pappas"),
        ("Forsetry", "Forestry Office"),
        ("legla service", "Legal Service"),
    ],
)
def test_a_slip_is_forgiven(offered, typed, name):
    assert name in offered(typed)


def test_exact_names_come_first_and_what_is_only_near_is_left_out_then(offered):
    assert offered("mari")[0] == "Maria Lekka"
    assert offered("katerina douka") == ["Katerina Douka"]
    assert offered("xyzzyq") == []


def test_only_what_the_field_takes_is_offered(offered, cast):
    assert offered("legla service", "unit") == ["Legal Service"]
    assert offered("legla service", "person") == []


def test_who_is_no_longer_there_is_not_offered(offered, cast, api_of):
    api_of("Kostas").post(f"/api/v1/people/{cast.Maria}/deactivation")
    assert "Maria Lekka" not in offered("maira lekka")


def test_a_quick_line_offers_whoever_is_near_and_chooses_nobody(named, client_of):
    answer = client_of("Eleni").post("/quick-tasks", data={"text": "call them @Nikso_Papas"}, headers=PART)
    assert answer.status_code == 422
    assert "@Nikos_Pappas" in answer.text


def test_among_many_names_the_index_is_used(app, named):
    from collab.feed.search import names
    from collab.feed.search.asking import asked_names

    with app.app_context(), writing() as session:
        session.execute(
            text(
                """
                insert into search_entry (kind, subject_id, vector, scopes)
                select 'person', 1000000 + n,
                  array_to_tsvector(array(select '^' || n % 997 || 'left' || k from generate_series(1, 150) k)), '{}'
                from generate_series(1, 5000) n
                """
            )
        )
        session.execute(text("analyze search_entry"))
        for question, said in zip((names._FIELD, names._NEAR), asked_names("Katreina Papadopuolos"), strict=True):
            asked = {"q": said, "near": said, "kinds": ["person", "unit"], "most": 5}
            plan = session.scalars(text(f"explain {question.build().text}"), asked).all()
            assert any("ix_search_entry_party" in line for line in plan), plan
        session.rollback()


def test_in_a_talk_those_of_its_unit_come_first_then_those_of_ones_own(client_of, cast):
    def heads(who, **near):
        answer = client_of(who).get("/parties", query_string={"q": "Head of", **near})
        return [one["name"] for one in answer.get_json()["items"]]

    assert heads("Eleni")[0] != "Head of Parks", "elsewhere they stand by name"
    assert heads("Eleni", near=0)[0] == "Head of Parks"
    assert heads("Eleni", near=cast.ROADS)[:2] == ["Head of Roads", "Head of Parks"]
    assert heads("Leila", near=cast.PARKS)[0] == "Head of Parks"
    assert sorted(heads("Eleni")) == sorted(heads("Eleni", near=cast.ROADS)), "nobody is left out for it"
    page = client_of("Eleni").get("/conversations/units/PARKS").text
    assert f'data-combobox="/parties?near={cast.PARKS}" data-call' in page
    assert client_of("Eleni").get("/parties?q=Head&near=-1").status_code == 422
