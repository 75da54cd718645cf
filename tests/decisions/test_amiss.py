"""A number off its scale is refused beside the option it was typed for, with the scale; what else was typed stays."""

import pytest

from .voting import NOW, ballot, opened

OPTIONS = [{"title": "Planes"}, {"title": "Limes"}, {"title": "Olives"}]


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.mark.parametrize("typed", ["-1", "11", "many", "۱۱"])
def test_points_off_the_scale_are_refused_beside_their_option(cast, api_of, client_of, typed):
    made = opened(api_of("Nikos"), cast.PARKS, preset="score", options=OPTIONS)
    first, second, third = (one["id"] for one in made["options"])
    sent = {f"points-{first}": "7", f"points-{second}": typed, f"points-{third}": ""}
    refused = client_of("Eleni").put(f"/decisions/{made['reference']}/ballot", data=sent)
    assert refused.status_code == 422
    assert refused.text.count("lies between 0 and 10") == 1
    plain = refused.text.replace("\u2068", "").replace("\u2069", "")
    assert "A score of “Limes” lies between 0 and 10" in plain
    assert refused.text.count('aria-invalid="true"') == 1
    assert 'value="7"' in refused.text
    assert api_of("Eleni").put(ballot(made), json={"scores": [{"option": first, "points": 7}]}).status_code == 200


def test_ranks_off_the_scale_too_and_who_abstained_is_told(cast, api_of, client_of):
    made = opened(api_of("Nikos"), cast.PARKS, preset="rank", options=OPTIONS)
    first = made["options"][0]["id"]
    address, eleni = f"/decisions/{made['reference']}", client_of("Eleni")
    refused = eleni.put(f"{address}/ballot", data={f"rank-{first}": "4"})
    assert (refused.status_code, "lies between 1 and 3" in refused.text) == (422, True)
    assert "You abstained." not in eleni.get(f"{address}?tab=vote").text
    assert api_of("Eleni").put(ballot(made), json={"abstain": True}).status_code == 200
    assert "You abstained." in eleni.get(f"{address}?tab=vote").text
