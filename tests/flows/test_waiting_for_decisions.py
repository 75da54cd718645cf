"""Work waits for a decision, and goes on by itself once that is settled."""

import pytest

from tests.decisions.voting import NOW, opened
from tests.work.making import make


@pytest.fixture
def vote(at, cast, api_of):
    """A vote by show of hands, which Nikos runs."""
    at(NOW)
    among = {"people": [cast.Nikos, cast.Eleni, cast.Giorgos]}
    return opened(api_of("Nikos"), cast.PARKS, hands=True, chair=cast.Nikos, electorate=among)


def test_an_item_that_waits_for_a_decision_goes_on_once_it_is_settled(
    app, api_of, client_of, cast, actor_of, vote, tell
):
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Plant them")
    eleni, here = api_of("Eleni"), "/api/v1/work-items/PARKS-2"
    assert eleni.get(here).json["title"] == "Plant them"
    asked = client_of("Eleni").post(
        "/work-items/PARKS-2/waits",
        data={"item_name": vote["reference"], "what": "once it is decided", "stops_clock": "on"},
    )
    assert asked.status_code == 303, asked.text
    assert eleni.get(here).json["state"] == "waiting"
    page = client_of("Eleni").get("/work-items/PARKS-2").text
    assert vote["reference"] in page
    assert "Shall we plant plane trees?" in page
    closed = api_of("Nikos").put(
        f"/api/v1/decisions/{vote['reference']}/hands", json={"yes": 2, "no": 1, "abstained": 0}
    )
    assert closed.status_code == 200, closed.text
    assert eleni.get(here).json["state"] == "waiting", "until the word has gone round"
    tell()
    assert eleni.get(here).json["state"] == "active"
    assert [one["sense"] for one in eleni.get(f"{here}/waits").json["items"]] == ["task"]
