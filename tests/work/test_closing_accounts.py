"""An administrator closes an account: asked first, and told what still lies on its desk."""

import pytest

from collab.core.db import db
from collab.people.models import Person
from collab.work.commands import ask
from collab.work.forms import Ask
from tests.work.making import make

QUESTION = "Close the account of Eleni"


def test_one_press_closes_nothing_before_it_was_asked_about(app, client_of, cast):
    kostas, address = client_of("Kostas"), f"/administration/people/{cast.Eleni}"
    assert f'data-confirm="{QUESTION}' in kostas.get(address).text
    asked = kostas.post(f"{address}/deactivation", data={"sure": ""})
    assert asked.status_code == 200
    assert f"<p>{QUESTION}" in asked.text
    assert 'name="sure" value="on"' in asked.text
    with app.app_context():
        assert db.session.get(Person, cast.Eleni).active
    assert kostas.post(f"{address}/deactivation", data={"sure": "on"}).status_code == 303
    with app.app_context():
        assert not db.session.get(Person, cast.Eleni).active


def test_what_lies_on_the_desk_is_said_in_numbers_before_and_after(app, client_of, cast, actor_of, queries):
    with app.app_context():
        eleni, nikos = actor_of("Eleni"), actor_of("Nikos")
        for title in ("Plane trees", "Playground"):
            make(eleni, cast.PARKS, cast.Eleni, title=title)
        ask(nikos, make(nikos, cast.PARKS, cast.Nikos, title="Fountain"), Ask(of=cast.Eleni, what="Which valve?"))
    kostas, address = client_of("Kostas"), f"/administration/people/{cast.Eleni}"
    link = f'href="/people/{cast.Eleni}/desk"'
    kostas.get(address)
    with queries() as sent:
        before = kostas.get(address).text
    assert len(sent) <= 12, sent.sent
    closed = kostas.post(f"{address}/deactivation", data={"sure": "on"})
    after = kostas.get(closed.location).text
    for page in (before, after):
        assert "Items they hold: 2 · Questions that wait for them: 1" in page
        assert link in page
        assert "Plane trees" not in page
    assert "Its desk is not empty." in after
    assert f'<a class="toast-act" {link}>' in after


def test_an_empty_desk_is_not_spoken_of(client_of, cast):
    kostas, address = client_of("Kostas"), f"/administration/people/{cast.Eleni}"
    assert "/desk" not in kostas.get(address).text
    closed = kostas.post(f"{address}/deactivation", data={"sure": "on"})
    assert "Its desk" not in kostas.get(closed.location).text


def test_the_day_on_which_a_membership_ends_is_labelled_for_all_to_see(client_of, cast):
    page = client_of("Kostas").get(f"/administration/people/{cast.Eleni}").text
    assert '<label class="muted" for="on-' in page
    assert 'aria-label="First day without"' not in page


@pytest.mark.parametrize("undone", [False, True])
@pytest.mark.parametrize("reach", ["unit", "named"])
def test_what_is_opened_again_is_not_expected_of_whoever_left_since(api_of, cast, undone, reach):
    body = {"title": "Lamp", "unit": cast.PARKS, "holder": cast.Eleni, "reach": reach}
    item = f"/api/v1/work-items/{api_of('Nikos').post('/api/v1/tasks', json=body).json['id']}"
    assert api_of("Nikos").post(f"{item}/completion", json={}).status_code == 200
    assert api_of("Kostas").post(f"/api/v1/people/{cast.Eleni}/deactivation", json={}).status_code < 300
    nikos = api_of("Nikos")
    done = next(one for one in nikos.get(f"{item}/history").json["items"] if one["kind"] == "item-completed")
    again = nikos.post(f"/api/v1/facts/{done['id']}/undo") if undone else nikos.delete(f"{item}/completion")
    assert again.status_code == 200, again.text
    left = api_of("Nikos").get(item).json
    assert (left["holder"] or {}).get("id") == (cast.Nikos if reach == "named" else None)
    waits = api_of("Nikos").get(f"{item}/waits").json["items"]
    expected = [one["of"]["id"] for one in waits if one["sense"] == "task" and not one["ended_at"]]
    assert expected == [cast.Nikos if reach == "named" else cast.PARKS]


@pytest.mark.parametrize("reach", ["unit", "named"])
def test_the_history_says_where_what_was_opened_again_lies_now(api_of, cast, reach):
    body = {"title": "Lamp", "unit": cast.PARKS, "holder": cast.Eleni, "reach": reach}
    nikos = api_of("Nikos")
    item = f"/api/v1/work-items/{nikos.post('/api/v1/tasks', json=body).json['id']}"

    def opened_again():
        assert nikos.delete(f"{item}/completion").status_code == 200
        lines = nikos.get(f"{item}/history").json["items"]
        assert nikos.post(f"{item}/completion", json={}).status_code == 200
        return next(one["sentence"] for one in lines if one["kind"] == "item-reopened")

    assert nikos.post(f"{item}/completion", json={}).status_code == 200
    assert opened_again() == "Nikos Pappas την άνοιξε ξανά"
    assert api_of("Kostas").post(f"/api/v1/people/{cast.Eleni}/deactivation", json={}).status_code < 300
    where = "τη χειρίζεται πλέον Nikos Pappas" if reach == "named" else "βρίσκεται στη θυρίδα: Parks"
    assert opened_again() == f"Nikos Pappas την άνοιξε ξανά· Eleni Markou δεν είναι πια εδώ, οπότε {where}"
    assert opened_again() == "Nikos Pappas την άνοιξε ξανά"
