"""How to reach a counterpart: what is entered of one that is on the list is added there where it is missing."""

import pytest

from collab.tasks.panel import dialled

PHONE, ADDRESS = "2310 777777", "Limaniou 5"
CONTACT = {"counterpart_phone": PHONE, "counterpart_address": ADDRESS}


@pytest.fixture
def known(api_of, cast):
    """`known()`: what stands on the list of the Forestry Office, or of whoever is asked for."""

    def ask(id_=None):
        one = api_of("Eleni").get(f"/api/v1/outsiders/{id_ or cast.forestry}").json
        return one["email"], one["phone"], one["address"]

    return ask


@pytest.fixture
def create(api_of, cast):
    def make(name="Eleni", **said):
        made = api_of(name).post("/api/v1/pending-items", json={"title": "Felling", "unit": cast.PARKS} | said)
        assert made.status_code == 201, made.text
        return made.json

    return make


def told(api_of, reference):
    return [one["sentence"] for one in api_of("Eleni").get(f"/api/v1/work-items/{reference}/history").json["items"]]


FULL = ("forestry@region.example", PHONE, ADDRESS)
ADDED = "Eleni Markou added to what is known of Forestry Office: phone, address"


@pytest.mark.parametrize("typed", [{"name": True}, {"id": True}, {"id": True, "name": True}])
def test_a_new_item_adds_to_a_counterpart_on_the_list(create, known, api_of, cast, typed):
    named = {"counterpart": cast.forestry} if "id" in typed else {}
    named |= {"counterpart_name": "FORESTRY office"} if "name" in typed else {}
    made = create(**named, **CONTACT)
    assert made["details"]["counterpart"]["id"] == cast.forestry
    assert known() == FULL
    assert ADDED in told(api_of, made["reference"])


def test_a_new_item_on_its_page_adds_too(client_of, known, cast):
    typed = {
        "title": "Felling",
        "unit": cast.PARKS,
        "counterpart": cast.forestry,
        "counterpart_name": "Forestry Office",
    }
    assert client_of("Eleni").post("/pending-items", data=typed | CONTACT).status_code == 303
    assert known() == FULL


def test_changing_the_case_adds_to_the_counterpart_it_has(create, known, api_of, client_of, cast):
    made = create(counterpart=cast.forestry)
    typed = {"counterpart": cast.forestry, "counterpart_name": "Forestry Office", "version": made["version"]}
    address = f"/pending-items/{made['reference']}/details?_method=PATCH"
    assert client_of("Eleni").post(address, data=typed | CONTACT).status_code == 303
    assert known() == FULL
    assert ADDED in told(api_of, made["reference"])


def test_a_change_over_the_api_adds_to_the_counterpart_it_has(create, known, api_of, cast):
    made = create(counterpart=cast.forestry)
    answer = api_of("Eleni").patch(f"/api/v1/pending-items/{made['reference']}", json=CONTACT)
    assert answer.status_code == 200, answer.text
    assert known() == FULL


def test_what_stands_there_stays(create, known, cast):
    create(counterpart=cast.forestry, counterpart_email="other@region.example", **CONTACT)
    create(counterpart_name="Forestry Office", counterpart_phone="1", counterpart_address="Elsewhere 1")
    assert known() == FULL


def test_the_history_names_no_more_than_was_added(create, api_of, cast):
    made = create(counterpart=cast.forestry, counterpart_email="other@region.example")
    assert not [one for one in told(api_of, made["reference"]) if "what is known" in one]


def test_a_name_in_another_language_makes_nobody_a_second_time(create, api_of):
    port = api_of("Eleni").post("/api/v1/outsiders", json={"name": "Harbour Office", "name_el": "Λιμεναρχείο"}).json
    made = create(counterpart_name="Harbour Office", counterpart_phone=PHONE)
    assert made["details"]["counterpart"]["id"] == port["id"]
    create(counterpart_name="Harbour")
    assert len(api_of("Eleni").get("/api/v1/outsiders?text=harbour").json["items"]) == 2


@pytest.mark.parametrize("door", ["/api/v1/pending-items", "/pending-items"])
def test_somebody_else_of_the_name_is_meant_though_the_field_chose_the_one_on_the_list(
    client_of, api_of, known, cast, door
):
    typed = {"title": "Felling", "unit": cast.PARKS, "counterpart": cast.forestry,
             "counterpart_name": "Forestry Office", "counterpart_another": "on"}  # fmt: skip
    if "api" in door:
        answer = api_of("Eleni").post(door, json=typed | CONTACT | {"counterpart_another": True})
    else:
        answer = client_of("Eleni").post(door, data=typed | CONTACT)
    assert answer.status_code in (201, 303), answer.text
    assert known() == ("forestry@region.example", None, None)
    assert len(api_of("Eleni").get("/api/v1/outsiders?text=forestry").json["items"]) == 2


@pytest.mark.parametrize("whose", [{}, {"counterpart": "Maria"}, {"counterpart": "ROADS"}])
def test_what_has_no_place_is_refused_and_not_lost(client_of, cast, whose):
    named = {name: getattr(cast, value) for name, value in whose.items()}
    typed = {"title": "Felling", "unit": cast.PARKS} | named | CONTACT
    answer = client_of("Eleni").post("/pending-items", data=typed)
    assert answer.status_code == 422
    assert ('id="f-counterpart_phone-error"' if whose else 'id="f-counterpart-error"') in answer.text
    assert f'value="{PHONE}"' in answer.text


def test_to_somebody_whom_one_does_not_find_nothing_is_added(create, api_of, cast):
    made = create("Nikos", counterpart_name="Complainant Papadaki", reach="named", holder=cast.Giorgos)
    one = f"/api/v1/outsiders/{made['details']['counterpart']['id']}"
    assert api_of("Giorgos").get(one).status_code == 404
    answer = api_of("Giorgos").patch(f"/api/v1/pending-items/{made['reference']}", json=CONTACT)
    assert answer.status_code == 422, answer.text
    assert answer.json["errors"][0]["field"] == "counterpart_phone"
    assert api_of("Nikos").get(one).json["phone"] is None


def counterpart_on(client, reference):
    page = client.get(f"/work-items/{reference}").text
    return page.split('id="counterpart"')[1].split("</dd>")[0] if 'id="counterpart"' in page else ""


def test_how_to_reach_them_stands_on_the_item(create, client_of, queries, cast):
    made = create(counterpart=cast.forestry, **CONTACT | {"counterpart_phone": "+30 2310-777 777 ext. 4"})
    client_of("Giorgos").get("/work-items")
    with queries() as sent:
        shown = counterpart_on(client_of("Giorgos"), made["reference"])
    assert 'href="mailto:forestry@region.example"' in shown
    assert 'href="tel:+302310777777"' in shown
    assert ">+30 2310-777 777 ext. 4<" in shown
    assert ADDRESS in shown
    assert len(sent) <= 12, sent.sent


def test_the_form_of_the_case_says_what_is_on_the_list(create, client_of, cast):
    made = create(counterpart=cast.forestry, counterpart_address=ADDRESS)
    form = client_of("Eleni").get(f"/pending-items/{made['reference']}/details").text
    assert "On the list: forestry@region.example" in form
    assert f"On the list: {ADDRESS}" in form
    assert form.count("On the list:") == 2, "the phone is not known"
    assert "How to reach the counterpart" in form


def test_whoever_does_not_find_them_reads_the_name_alone(create, client_of, cast):
    about = {"counterpart_name": "Complainant Papadaki", "counterpart_phone": PHONE, "counterpart_email": "p@x.example"}
    made = create("Nikos", **about, reach="named", holder=cast.Giorgos)
    assert f">{PHONE}<" in counterpart_on(client_of("Nikos"), made["reference"])
    shown = counterpart_on(client_of("Giorgos"), made["reference"])
    assert "Complainant Papadaki" in shown
    form = client_of("Giorgos").get(f"/pending-items/{made['reference']}/details").text
    for text in (shown, form):
        assert PHONE not in text
        assert "p@x.example" not in text


@pytest.mark.parametrize(
    ("phone", "href"),
    [("۰۲۱-۸۸۸۸", "tel:0218888"), ("+30 2310 777 777", "tel:+302310777777"), ("ask the porter", ""), ("1/2", ""),
     ("2310 111111, 2310 222222", "tel:2310111111"), (None, "")],
)  # fmt: skip
def test_a_number_is_dialled_as_it_was_written(phone, href):
    assert dialled(phone) == href
