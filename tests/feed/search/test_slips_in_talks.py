"""A slip in a name after `from:` or `unit:` is forgiven in a search of conversations, and whom it meant is said."""

import pytest

V1 = "/api/v1"


@pytest.fixture
def talk(api_of, cast, directory):
    """A conversation in which Eleni and Sofia said something of a pine."""
    id_ = api_of("Eleni").post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Sofia]}).json["id"]
    for name, text in (("Eleni", "The pine at the school"), ("Sofia", "The pine and the law")):
        sent = api_of(name).post(f"{V1}/conversations/{id_}/messages", json={"text": text, "nonce": name})
        assert sent.status_code == 201
    return id_


@pytest.mark.parametrize("question", ["pine from:Sofai", "pine unit:Leagl", "pine from:Σοφία"])
def test_who_is_called_nearly_so_is_looked_for_and_named(api_of, client_of, talk, question):
    found = api_of("Eleni").get(f"{V1}/messages", query_string={"q": question}).json
    assert [one["text"] for one in found["items"]] == ["The pine and the law"]
    assert len(found["instead"]) == 1
    page = client_of("Eleni").get("/conversations/search", query_string={"q": question}).text
    assert "Nobody is called so" in page
    assert found["instead"][0] in page


def test_whoever_is_called_so_is_meant_and_nobody_else(api_of, client_of, talk):
    exact = api_of("Eleni").get(f"{V1}/messages", query_string={"q": "pine from:Sofia"}).json
    assert ([one["text"] for one in exact["items"]], exact["instead"]) == (["The pine and the law"], [])
    nobody = api_of("Eleni").get(f"{V1}/messages", query_string={"q": "pine from:Zebedee"}).json
    assert (nobody["items"], nobody["instead"]) == ([], [])
    assert api_of("Leila").get(f"{V1}/messages", query_string={"q": "pine from:Sofai"}).json["items"] == []
