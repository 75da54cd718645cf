"""Somebody outside who is awaited for the first time: put on the list from the question, known ones offered first."""

import re

import pytest

from collab.work.commands import complete
from collab.work.forms import Complete
from collab.work.queries.items import id_of
from tests.work.making import make

HARBOUR = {"name": "Harbour Fund of Pieria", "email": "pieria@harbour.example", "address": "Katerini"}


@pytest.fixture
def item(app, actor_of, cast):
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni)


def outside(api_of, text="harbour"):
    return api_of("Eleni").get(f"/api/v1/outsiders?text={text}").json["items"]


def typed(client_of, item, **fields):
    body = {"of": "", "of_name": HARBOUR["name"], "what": "The felling permit", **fields}
    return client_of("Eleni").post(f"/work-items/{item}/waits", data=body)


def said_after(client, item, **fields):
    """The page of the item after something was asked on it."""
    body = {"of_name": "", "what": "The felling permit", **fields}
    return client.get(client.post(f"/work-items/{item}/waits", data=body).location).text


def test_a_name_that_is_new_is_not_put_on_the_list_by_a_slip_of_the_keyboard(client_of, api_of, item):
    page = typed(client_of, item)
    assert page.status_code == 422
    assert "Nobody is called so" in page.text
    assert "tick this" not in page.text
    assert page.text.count('class="field-error"') == 1
    assert '<details class="more" open>' in page.text, "there it is put on the list"
    assert "outsider_another" not in page.text, "there is nobody of this name"
    assert outside(api_of) == []


def test_all_faults_of_a_question_are_said_at_once(client_of, item):
    page = typed(client_of, item, what="")
    assert page.text.count('class="field-error"') == 2
    assert "required" not in page.text.partition('name="what"')[2].partition(">")[0]


def test_of_an_empty_question_what_and_whom_are_asked_for(client_of, item):
    page = typed(client_of, item, what="", of_name="")
    assert page.status_code == 422
    assert page.text.count('class="field-error"') == 2
    assert re.search(r'id="[^"]*of-error">Say who is awaited, which item, or until when.', page.text)
    fold = page.text.partition('name="outsider_new"')[0].rpartition("<details")[2]
    assert not fold.startswith(' class="more" open'), "no name was typed that could be put on the list"


def test_that_another_is_meant_is_offered_where_somebody_is_called_so(client_of, api_of, item):
    api_of("Eleni").post("/api/v1/outsiders", json=HARBOUR)
    page = typed(client_of, item, outsider_new="on")
    assert page.status_code == 422
    assert "on the list under this name already" in page.text
    assert len(outside(api_of)) == 1
    assert typed(client_of, item, outsider_new="on", outsider_another="on").status_code == 303
    assert len(outside(api_of)) == 2


@pytest.mark.parametrize("fault", [{"what": ""}, {"outsider_email": "nomail"}, {"until": "garbage"}])
def test_that_another_is_meant_stays_ticked_whatever_else_is_wrong(client_of, api_of, item, fault):
    api_of("Eleni").post("/api/v1/outsiders", json=HARBOUR)
    page = typed(client_of, item, outsider_new="on", outsider_another="on", **fault)
    assert page.status_code == 422
    box = page.text.partition('name="outsider_another"')[2].partition(">")[0]
    assert "checked" in box
    assert "on the list under this name already" not in page.text


def test_that_another_is_meant_stays_ticked_on_an_item_that_was_finished_meanwhile(app, actor_of, client_of, item):
    with app.app_context():
        complete(actor_of("Eleni"), id_of(actor_of("Eleni"), item), Complete())
    page = typed(client_of, item, outsider_new="on", outsider_another="on")
    assert page.status_code == 409
    assert 'name="outsider_another"' in page.text


def test_ticked_it_is_put_on_the_list_with_what_is_known_and_awaited(client_of, api_of, item):
    about = {"of_name": HARBOUR["name"], "outsider_new": "on", "outsider_email": HARBOUR["email"]}
    page = said_after(client_of("Eleni"), item, **about, outsider_address="Katerini")
    [known] = outside(api_of)
    assert {name: known[name] for name in HARBOUR} == HARBOUR
    assert "does not read this: write or call" in page
    assert "It stands on their list now" not in page
    assert HARBOUR["name"] in page


def test_whoever_does_not_read_it_is_named_in_greek_without_an_article(app, actor_of, cast, client_of, api_of):
    with app.app_context():
        item = make(actor_of("Nikos"), cast.PARKS, cast.Nikos)
    page = said_after(client_of("Nikos"), item, of_name=HARBOUR["name"], outsider_new="on")
    assert f"Δεν το βλέπει εδώ: {HARBOUR['name']}." in page


def test_what_is_wrong_about_it_is_said_at_its_field_and_nothing_is_kept(client_of, api_of, item):
    page = typed(client_of, item, outsider_new="on", outsider_email="no mail")
    assert page.status_code == 422
    assert "A mail address is expected here." in page.text
    assert 'value="no mail"' in page.text
    assert outside(api_of) == []


def test_whoever_is_known_by_that_name_is_meant_and_only_what_was_missing_is_added(api_of, item):
    eleni = api_of("Eleni")
    known = eleni.post("/api/v1/outsiders", json={"name": HARBOUR["name"], "phone": "210 1"}).json["id"]
    said = {**HARBOUR, "name": "HARBOUR fund of Pieria", "phone": "999"}
    made = eleni.post(f"/api/v1/work-items/{item}/waits", json={"outsider": said, "what": "x"})
    assert made.status_code == 201, made.text
    [one] = outside(api_of)
    assert (one["id"], one["phone"], one["email"]) == (known, "210 1", HARBOUR["email"])


def test_somebody_else_of_the_same_name_is_somebody_else(api_of, item):
    eleni = api_of("Eleni")
    eleni.post("/api/v1/outsiders", json={"name": HARBOUR["name"]})
    said = {**HARBOUR, "another": True}
    assert eleni.post(f"/api/v1/work-items/{item}/waits", json={"outsider": said, "what": "x"}).status_code == 201
    assert len(outside(api_of)) == 2


def test_similar_names_are_offered_first(client_of, api_of, item):
    api_of("Eleni").post("/api/v1/outsiders", json={"name": "Harbour of the North"})
    assert "Harbour of the North" in typed(client_of, item).text


def test_on_an_item_for_named_people_nobody_else_finds_them(app, actor_of, cast, api_of):
    with app.app_context():
        secret = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, "Complaint", reach="named")
    made = api_of("Eleni").post(f"/api/v1/work-items/{secret}/waits", json={"outsider": HARBOUR, "what": "x"})
    assert made.status_code == 201
    assert len(outside(api_of)) == 1
    assert api_of("Nikos").get("/api/v1/outsiders?text=harbour").json["items"] == []


def test_one_is_awaited_and_not_two(api_of, cast, item):
    both = {"of": cast.Maria, "outsider": HARBOUR, "what": "x"}
    assert api_of("Eleni").post(f"/api/v1/work-items/{item}/waits", json=both).status_code == 422


@pytest.mark.parametrize("outsider", [7, "x", [], {"name": "\x00"}, {"name": ""}, {"name": "x", "email": 7}])
def test_nonsense_is_refused(api_of, item, outsider):
    refused = api_of("Eleni").post(f"/api/v1/work-items/{item}/waits", json={"outsider": outsider, "what": "x"})
    assert refused.status_code == 422


def test_people_of_the_house_find_it_on_their_list(client_of, cast, item):
    assert "It stands on their list now" in said_after(client_of("Eleni"), item, of=cast.Maria)


def test_a_new_counterpart_comes_with_its_contact(api_of, cast):
    said = {"title": "Felling", "unit": cast.PARKS, "counterpart_name": HARBOUR["name"],
            "counterpart_email": HARBOUR["email"], "counterpart_address": "Katerini"}  # fmt: skip
    made = api_of("Eleni").post("/api/v1/pending-items", json=said)
    assert made.status_code == 201, made.text
    [one] = outside(api_of)
    assert {name: one[name] for name in HARBOUR} == HARBOUR


def test_becoming_the_other_kind_stands_in_the_menu(client_of, item):
    page = client_of("Eleni").get(f"/work-items/{item}").text
    menu = page[page.index('id="item-menu"') :]
    assert "Make it a pending item" in menu[: menu.index("</header>")]
    assert page.count("Make it a pending item") == 1


def test_quick_add_as_a_page_leads_to_what_was_added_and_out(client_of):
    eleni = client_of("Eleni")
    answer = eleni.post("/quick-tasks", data={"text": "Water the plane trees"})
    page = eleni.get(answer.location).text
    reference = answer.location.rpartition("=")[2]
    assert f'href="/work-items/{reference}"' in page
    assert 'href="/tasks"' in page
    assert eleni.get("/quick-tasks/new?added=NOPE-1").status_code == 200
    undo = f"/quick-tasks/{reference}?_method=DELETE"
    assert f'action="{undo}"' in page
    assert "was taken back" in eleni.get(eleni.post(undo).location).text


def test_the_example_of_a_day_that_has_come_is_one_that_has_come(client_of, item):
    page = client_of("Eleni").get(f"/work-items/{item}").text
    assert 'data-day-form="dd/mm/yyyy, Friday"' in page
    assert 'data-day-over-form="dd/mm/yyyy, yesterday"' in page
