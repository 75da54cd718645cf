"""A legal hold is placed on what is chosen by its name, and called by it, as far as an administrator knows the name."""

import pytest

V1 = "/api/v1"


@pytest.fixture
def found(client_of):
    """`found("Parks")`: names and hints of what the field offers to the administrator."""
    return lambda q: [
        (one["name"], one["hint"])
        for one in client_of("Kostas").get("/legal-holds/choices", query_string={"q": q}).json["items"]
    ]


@pytest.fixture
def parks(api_of, cast):
    sent = api_of("Eleni").post(f"{V1}/units/{cast.PARKS}/messages", json={"text": "Salt", "nonce": "salt"})
    return sent.json["conversation"]


@pytest.fixture
def group(api_of, cast):
    """A group of others, whose name the administrator does not know."""
    form = {"title": "Strictly between us", "members": [cast.Nikos]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def test_a_talk_of_a_unit_is_found_by_name_and_called_by_it(client_of, found, parks):
    page = client_of("Kostas")
    assert found("par") == [("Parks", f"Conversation {parks}")]
    assert page.post("/legal-holds", data={"conversation_name": "parks", "reason": "Court order"}).status_code == 303
    shown = page.get("/retention").text
    assert '<span class="row-title"><bdi>Parks</bdi></span>' in shown
    assert f"Conversation {parks}" in shown


def test_what_others_say_among_themselves_is_found_by_number_or_address_alone(client_of, api_of, found, group, cast):
    page = client_of("Kostas")
    assert found("strictly") == []
    called = f"group {group}"
    for typed in (str(group), f"https://city.example/conversations/{group}?at=1"):
        assert found(typed) == [(called, "")], typed
    assert page.post("/legal-holds", data={"conversation_name": str(group), "reason": "x"}).status_code == 303
    shown = page.get("/retention").text
    assert ("Strictly" in shown, f"<bdi>{called}</bdi>" in shown) == (False, True)
    own = api_of("Kostas").post(f"{V1}/conversations", json={"title": "Backups", "members": [cast.Nikos]}).json["id"]
    assert found("backup") == [("Backups", f"group {own}")]


def test_a_name_that_is_none_or_several_is_asked_for_again_and_others_find_nothing(client_of, api_of, cast):
    for unit in (cast.PARKS, cast.ROADS):
        name = "Eleni" if unit == cast.PARKS else "Petros"
        api_of(name).post(f"{V1}/units/{unit}/messages", json={"text": "Salt", "nonce": "salt"})
    for typed in ("Nowhere", "a", "0", "-1", "x" * 600):
        again = client_of("Kostas").post("/legal-holds", data={"conversation_name": typed, "reason": "x"})
        assert again.status_code == 422, typed
        assert "field-error" in again.text
    assert client_of("Nikos").get("/legal-holds/choices?q=parks").status_code == 404
