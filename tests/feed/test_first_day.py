"""The first day: nothing is expected yet, and the page says what one can do."""

from sqlalchemy import delete

from collab.core.db import writing
from collab.people.models import Membership
from tests.work.making import make


def test_the_first_day_says_what_one_can_do_and_gives_way_to_what_is_expected(cast, do, client_of):
    page = client_of("Katerina").get("/").text
    assert "first-steps" in page
    assert "data-no-unit" not in page
    assert 'class="card-link" href="/administration/people"' not in page
    assert 'class="card-link" href="/administration/people"' in client_of("Kostas").get("/").text
    do(make, "Nikos", cast.PARKS, cast.Eleni, "water the trees")
    assert "first-steps" not in client_of("Eleni").get("/").text


def test_whoever_belongs_to_no_unit_is_told_so(app, cast, client_of):
    with app.app_context(), writing() as session:
        session.execute(delete(Membership).where(Membership.person_id == cast.Katerina))
    page = client_of("Katerina").get("/").text
    assert "data-no-unit" in page
    assert "An administrator adds you to yours" in page


def test_an_administrator_of_no_unit_is_led_to_where_one_is_put_into_a_unit(app, cast, client_of):
    with app.app_context(), writing() as session:
        session.execute(delete(Membership).where(Membership.person_id == cast.Kostas))
    kostas = client_of("Kostas")
    for address in ("/", "/quick-tasks/new", "/pending-items/new", "/decisions/new", "/meetings/new"):
        page = kostas.get(address).text
        told = page[page.index("data-no-unit") :].partition("</p>")[0]
        assert f'href="/administration/people/{cast.Kostas}#into-a-unit"' in told, address
        assert "shown to you. <a" in told, "two sentences"
        assert 'href="/administration/units"' not in told, address  # units stand already
        assert "An administrator adds you" not in told
    assert 'class="card-link" href="/quick-tasks/new"' not in kostas.get("/").text
    for address in ("/decisions/new", "/meetings/new"):
        assert "data-no-unit" not in client_of("Eleni").get(address).text


def test_whoever_has_no_conversation_is_told_what_they_are_for(app, cast, client_of):
    with app.app_context(), writing() as session:
        session.execute(delete(Membership).where(Membership.person_id == cast.Katerina))
    page = client_of("Katerina").get("/conversations").text
    assert page.count("No conversations yet") == 2  # in the list on a phone, beside it on a desk
    assert "Choose a conversation" not in page
    assert "No conversations yet" not in client_of("Leila").get("/conversations").text
