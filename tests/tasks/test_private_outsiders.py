"""Somebody outside who was named on an item for named people is found by nobody but whoever typed them."""

import pytest

NAME = "Complainant Papadaki"


@pytest.fixture
def secret(api_of, cast):
    """An item for named people of Eleni, with a counterpart nobody knew before. Gives the id of the counterpart."""
    made = api_of("Eleni").post(
        "/api/v1/pending-items",
        json={"title": "A complaint", "unit": cast.PARKS, "holder": cast.Eleni, "reach": "named",
              "counterpart_name": NAME},
    )  # fmt: skip
    assert made.status_code == 201, made.text
    found = api_of("Eleni").get("/api/v1/parties?text=complainant&kinds=outsider").json
    choices = found["items"] if isinstance(found, dict) else found
    return choices[0]["id"]


def found_by(api, address):
    return NAME in api.get(address).text


@pytest.mark.parametrize(
    "address", ["/api/v1/parties?text=complainant", "/api/v1/outsiders?text=complainant", "/api/v1/outsiders"]
)
def test_nobody_else_finds_them(secret, api_of, address):
    assert found_by(api_of("Eleni"), address)
    for other in ("Nikos", "Anna", "Leila", "Kostas", "Reza"):
        assert not found_by(api_of(other), address), other


def test_the_ledger_names_them_to_nobody(secret, api_of, client_of, cast):
    """Auditors read that somebody was added where everybody finds them, and nothing of these."""
    for address in ("/facts", "/facts?kind=outsider-added", "/api/v1/facts", "/api/v1/facts?kind=outsider-added"):
        reader = api_of("Reza") if address.startswith("/api") else client_of("Reza")
        answer = reader.get(address)
        assert answer.status_code == 200
        assert NAME not in answer.text, address
    open_to_all = {"title": "Another", "unit": cast.PARKS, "counterpart_name": "Water Works"}
    assert api_of("Nikos").post("/api/v1/pending-items", json=open_to_all).status_code == 201
    assert "Water Works" in api_of("Reza").get("/api/v1/facts?kind=outsider-added").text


def test_by_their_number_they_do_not_exist_and_cannot_be_named_elsewhere(secret, api_of, cast):
    nikos = api_of("Nikos")
    assert nikos.get(f"/api/v1/outsiders/{secret}").status_code == 404
    assert nikos.put(f"/api/v1/outsiders/{secret}", json={"name": "Taken over"}).status_code == 404
    item = {"title": "Another", "unit": cast.PARKS}
    refused = nikos.post("/api/v1/pending-items", json=item | {"counterpart": secret})
    assert refused.status_code == 422
    assert NAME not in refused.text
    made = nikos.post("/api/v1/pending-items", json=item).json["reference"]
    assert nikos.post(f"/api/v1/pending-items/{made}/waits", json={"of": secret, "what": "x"}).status_code == 422


def test_the_same_name_typed_by_somebody_else_is_somebody_else(secret, api_of, cast):
    made = api_of("Nikos").post(
        "/api/v1/pending-items", json={"title": "Another", "unit": cast.PARKS, "counterpart_name": NAME}
    )
    assert made.status_code == 201
    known = [each["id"] for each in api_of("Leila").get("/api/v1/outsiders?text=complainant").json["items"]]
    assert len(known) == 1
    assert secret not in known


def test_named_where_others_look_they_are_private_no_longer(secret, api_of, cast):
    api_of("Eleni").post(
        "/api/v1/pending-items", json={"title": "Open to all of Parks", "unit": cast.PARKS, "counterpart": secret}
    )
    assert found_by(api_of("Leila"), "/api/v1/outsiders?text=complainant")


@pytest.mark.parametrize("field", ["people[]", "without[]", "chair", "weighed_person[]", "secretary"])
@pytest.mark.parametrize("door", ["/decisions", "/meetings"])
def test_a_refused_form_does_not_name_them_by_their_number(secret, client_of, cast, door, field):
    refused = client_of("Giorgos").post(door, data={"title": "", "unit": cast.PARKS, field: [secret]})
    assert refused.status_code == 422
    assert NAME not in refused.text


def test_no_filter_no_advice_and_no_change_of_many_names_them(secret, client_of, api_of, cast):
    assert NAME not in client_of("Reza").get(f"/facts?person={secret}").text
    assert NAME not in api_of("Reza").get(f"/api/v1/facts?person={secret}").text
    vote = api_of("Nikos").post("/api/v1/decisions", json={"title": "Q", "unit": cast.PARKS}).json["reference"]
    asked = {"what": "", "also[]": [secret], "of[]": [secret]}
    assert NAME not in client_of("Nikos").post(f"/decisions/{vote}/advice", data=asked).text
    task = api_of("Nikos").post("/api/v1/tasks", json={"title": "Q", "unit": cast.PARKS}).json["id"]
    change = {"act": "holder", "holder": secret, "items": str(task), "dry_run": "on"}
    assert NAME not in client_of("Nikos").post("/work-items/bulk-edits", data=change).text


def test_a_line_that_is_told_names_them_once_the_item_is_open(api_of, cast):
    eleni = api_of("Eleni")
    body = {"title": "Q", "unit": cast.PARKS, "holder": cast.Eleni, "reach": "named"}
    item = f"/api/v1/work-items/{eleni.post('/api/v1/tasks', json=body).json['id']}"
    asked = eleni.post(f"{item}/waits", json={"outsider": {"name": "Witness Hidden"}, "what": "What did you see?"})
    assert asked.status_code == 201, asked.text
    reference = eleni.get(item).json["reference"]
    assert "Witness Hidden" not in api_of("Reza").get(f"/api/v1/facts?item={reference}").text
    opened = eleni.patch(item, json={"reach": "unit"})
    assert opened.status_code == 200, opened.text
    assert "Witness Hidden" in api_of("Reza").get(f"/api/v1/facts?item={reference}").text


@pytest.mark.parametrize(
    ("door", "field"), [("completion", "outcome"), ("cancellation", "reason"), ("waits", "what"), ("messages", "text")]
)
def test_no_words_of_a_stranger_name_them_by_their_number_in_a_history_or_the_ledger(
    secret, api_of, client_of, cast, door, field
):
    leila = api_of("Leila")
    mine = {"title": "Mine", "unit": cast.FINANCE, "holder": cast.Leila}
    task = leila.post("/api/v1/tasks", json=mine).json
    item = f"/api/v1/work-items/{task['id']}"
    words = " ".join(f"@[x](party:{id_})" for id_ in (secret, cast.Sofia))
    said = {field: f"`{words}`" if door == "messages" else words}
    more = {"waits": {"until": "2027-03-01"}, "messages": {"nonce": "n-1"}}
    answer = leila.post(f"{item}/{door}", json=said | more.get(door, {}))
    assert answer.status_code < 300, answer.text
    told = [one["sentence"] for one in leila.get(f"{item}/history").json["items"]]
    ledger = [one.get("sentence", "") for one in api_of("Reza").get("/api/v1/facts").json["items"]]
    assert words in "".join(ledger), "as it was typed"
    for sentence in (*told, *ledger):
        assert NAME not in sentence
        assert "Sofia" not in sentence, "who was not called is not shown in the words of another"
    for reader, page in (("Leila", f"/work-items/{task['reference']}"), ("Reza", "/facts")):
        assert NAME not in client_of(reader).get(page).text


def test_a_message_that_would_call_them_is_refused(secret, api_of, cast):
    leila = api_of("Leila")
    item = leila.post("/api/v1/tasks", json={"title": "Mine", "unit": cast.FINANCE, "holder": cast.Leila}).json["id"]
    said = {"text": f"say @[x](party:{secret}) ok", "nonce": "n-1"}
    refused = leila.post(f"/api/v1/work-items/{item}/messages", json=said)
    assert refused.status_code == 422
    assert NAME not in refused.text
    assert NAME not in leila.post("/api/v1/messages/preview", json={"text": said["text"]}).text


@pytest.mark.parametrize("field", ["holder", "awaited", "asked-by", "offered", "creator", "watcher"])
def test_no_condition_of_a_list_names_them_by_their_number(secret, client_of, field):
    for page in ("/work-items", "/tasks", "/pending-items"):
        asked = [f"{page}?query={field}:%23{secret}"] + [f"{page}?holder={secret}"] * (field == "holder")
        for address in asked:
            answer = client_of("Leila").get(address)
            assert answer.status_code == 200
            assert NAME not in answer.text, address
            assert f"#{secret}" in answer.text, "the number stands there as it was asked for"
    assert NAME in client_of("Eleni").get(f"/work-items?query={field}:%23{secret}").text, "who typed them reads it"


def test_no_form_that_comes_back_names_them_by_their_number(secret, client_of, cast):
    absence = {"first_day": "", "last_day": "", "substitute_id": secret}
    for person in ("Leila", "Nikos"):
        refused = client_of(person).post(f"/people/{cast.people[person]}/absences", data=absence)
        assert refused.status_code == 422
        assert NAME not in refused.text
    assert NAME in client_of("Eleni").post(f"/people/{cast.Eleni}/absences", data=absence).text


def test_no_saved_view_names_them_by_their_number(secret, client_of, api_of):
    view = api_of("Leila").post("/api/v1/views", json={"name": "Mine", "query": f"holder:#{secret}"})
    assert view.status_code == 201, view.text
    assert NAME not in client_of("Leila").get("/views").text
