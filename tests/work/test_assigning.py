"""A form that assigns offers those alone to whom one may assign, and leads to the handover for anybody else."""

import pytest

from collab.core.db import db

from .making import make


@pytest.fixture
def offered(client_of):
    """`offered("Nikos", "ma")`: the names a field that assigns offers."""

    def ask(name, typed, **more):
        query = {"q": typed, "kinds": "person,post,unit", "mine": "on"} | more
        return [one["name"] for one in client_of(name).get("/parties", query_string=query).get_json()["items"]]

    return ask


def test_only_who_can_be_given_it_is_offered(offered):
    assert offered("Nikos", "mar") == ["Eleni Markou"], "Maria is of ROADS"
    assert offered("Nikos", "mar", mine="") == ["Maria Lekka", "Eleni Markou"]
    assert offered("Nikos", "parks")[0] == "Parks"
    assert offered("Nikos", "roads") == offered("Nikos", "legla") == []
    assert offered("Eleni", "") == [], "whoever heads nothing assigns nothing"


def test_the_form_leads_to_the_handover_for_others(app, cast, client_of, actor_of):
    with app.app_context():
        make(actor_of("Nikos"), cast.PARKS, cast.Eleni)
        db.session.remove()
    page = client_of("Nikos").get("/work-items/PARKS-1/holder").text
    assert "kinds=person,post,unit&amp;mine=on" in page
    assert 'href="/work-items/PARKS-1/handovers/new"' in page


def test_what_becomes_of_it_when_nobody_is_chosen_is_said_so_that_it_cannot_be_misread(app, cast, client_of, actor_of):
    with app.app_context():
        make(actor_of("Nikos"), cast.PARKS, cast.Eleni)
        db.session.remove()
    said = {
        "Yannis": "Left empty, the work goes back into the unit&#39;s tray.",
        "Nikos": "Κενό: επιστρέφει στη θυρίδα της μονάδας.",
    }
    for name, sentence in said.items():
        assert sentence in client_of(name).get("/work-items/PARKS-1/holder").text, name
    many = client_of("Yannis").get("/work-items/bulk-edits/new", query_string={"items": "1", "act": "holder"})
    assert "Left empty, they go back into the trays of their units." in many.text
