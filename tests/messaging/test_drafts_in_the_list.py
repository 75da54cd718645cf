"""Where something is written and not sent is seen in the list, and what one writes to oneself is called so."""

import re

import pytest

V1 = "/api/v1"


@pytest.fixture
def talk(api_of, cast):
    form = {"title": "Storm", "members": [cast.Sofia]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def drafted(client, at=""):
    """The conversations of the list beside which a draft is marked."""
    lines = client.get(f"/conversations/list{at}").text.split('class="talks-line')[1:]
    return [
        re.search(r'href="([^"]+)"', one)[1] for one in lines if 'aria-label="draft not sent"' in one.split("</a>")[0]
    ]


def test_a_draft_is_marked_in_ones_own_list_without_a_further_statement(api_of, client_of, cast, talk, queries):
    eleni, item = client_of("Eleni"), {"title": "Water", "unit": cast.PARKS, "holder": cast.Eleni}
    ref = api_of("Eleni").post(f"{V1}/tasks", json=item).json["reference"]
    spoken = {"text": "It is dry", "nonce": "n1"}
    on_work = api_of("Eleni").post(f"{V1}/work-items/{ref}/messages", json=spoken).json["conversation"]
    assert drafted(eleni) == []
    with queries() as before:
        drafted(eleni)
    for path in (f"conversations/{talk}", f"conversations/{on_work}"):
        saved = api_of("Eleni").put(f"{V1}/{path}/draft", json={"text": "Half a sen"})
        assert saved.status_code in (200, 204), saved.text
    with queries() as after:
        assert sorted(drafted(eleni)) == sorted([f"/conversations/{talk}", f"/conversations/{on_work}"])
    assert len(after) == len(before)
    assert drafted(client_of("Sofia")) == []
    assert f"/conversations/{talk}" not in drafted(eleni, f"?at={talk}"), "where it is open it is read itself"
    api_of("Eleni").put(f"{V1}/conversations/{talk}/draft", json={"text": ""})
    assert drafted(eleni) == [f"/conversations/{on_work}"]


def test_notes_to_oneself_are_said_to_be_for_oneself_alone(api_of, client_of, cast):
    def begun(*others):
        made = api_of("Eleni").post(f"{V1}/conversations", json={"kind": "direct", "members": list(others)})
        assert made.status_code in (200, 201), made.text
        return client_of("Eleni").get(f"/conversations/{made.json['id']}").text, made.json["id"]

    page, talk = begun(cast.Eleni)
    assert "What you write here is for you alone." in page
    assert "read by everybody who may see this" not in page
    about = client_of("Eleni").get(f"/conversations/{talk}/about").text
    assert "It is for you alone" in about
    assert "it is written to you" not in about
    page, talk = begun(cast.Sofia)
    assert "read by everybody who may see this" in page
    about = client_of("Eleni").get(f"/conversations/{talk}/about").text
    assert ("it is written to you" in about, "for you alone" in about) == (True, False)
