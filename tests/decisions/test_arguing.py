"""Arguments: about an option, and where a vote has none about the question itself."""

import pytest

from .voting import NOW, drafted, fields, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def arguments(made):
    return f"/api/v1/decisions/{made['reference']}/arguments"


@pytest.mark.parametrize("preset", ["simple", "consent"])
def test_people_argue_for_and_against_the_question_itself(api_of, client_of, cast, preset):
    nikos, eleni = api_of("Nikos"), api_of("Eleni")
    made = drafted(nikos, cast.PARKS, preset=preset)
    assert nikos.put(f"/api/v1/decisions/{made['reference']}/discussion").status_code == 200
    given = eleni.post(arguments(made), json={"side": "for", "text": "They give shade."})
    assert given.status_code == 201
    assert given.get_json()["option"] is None
    page = client_of("Eleni")
    address = f"/decisions/{made['reference']}"
    sent = page.post(f"{address}/arguments", data={"side": "against", "text": "Their leaves fall."})
    assert sent.status_code == 303
    shown = page.get(f"{address}?tab=question").text
    assert "They give shade." in shown
    assert "Their leaves fall." in shown
    said = eleni.get(arguments(made)).get_json()["items"]
    assert [(one["option"], one["side"]) for one in said] == [(None, "for"), (None, "against")]
    assert eleni.delete(f"{arguments(made)}/{said[0]['id']}").status_code == 204
    assert "They give shade." not in page.get(f"{address}?tab=question").text


def test_ones_own_argument_is_taken_back_and_that_of_somebody_else_removed(api_of, client_of, cast):
    yannis, eleni = api_of("Yannis"), api_of("Eleni")
    made = drafted(yannis, cast.TECH, preset="simple", reach="all")
    assert yannis.put(f"/api/v1/decisions/{made['reference']}/discussion").status_code == 200
    for who, text in ((yannis, "They give shade."), (eleni, "Their leaves fall.")):
        assert who.post(arguments(made), json={"side": "for", "text": text}).status_code == 201
    page = client_of("Yannis").get(f"/decisions/{made['reference']}?tab=question").text
    own, other = (page.index(text) for text in ("They give shade.", "Their leaves fall."))
    assert page[own:other].count("Take back") == 1
    assert page[own:other].count("Remove") == 0
    assert page[other:].count("Remove") == 1
    assert page[other:].count("Take back") == 0


def test_an_argument_is_about_what_the_vote_has(api_of, cast):
    nikos = api_of("Nikos")
    options = [{"title": "Plane trees"}, {"title": "Olives"}]
    listed = drafted(nikos, cast.PARKS, preset="one", options=options)
    asked = opened(nikos, cast.PARKS)
    argument = {"side": "for", "text": "Shade."}
    none = nikos.post(arguments(listed), json=argument)
    assert (none.status_code, fields(none)) == (422, ["option"])
    foreign = nikos.post(arguments(asked), json=argument | {"option": listed["options"][0]["id"]})
    assert (foreign.status_code, fields(foreign)) == (422, ["option"])
    assert nikos.post(arguments(asked), json=argument).status_code == 201
