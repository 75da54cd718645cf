"""A number off its scale is refused beside the option it was typed for, with the scale; what else was typed stays."""

import pytest

from .voting import NOW, ballot, drafted, opened

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


def test_a_vote_with_dots_speaks_of_dots_alone(cast, api_of, client_of):
    made = opened(api_of("Nikos"), cast.PARKS, preset="dots", dots=3, options=OPTIONS)
    sent = {f"points-{one['id']}": "9" for one in made["options"]}
    refused = client_of("Eleni").put(f"/decisions/{made['reference']}/ballot", data=sent)
    assert (refused.status_code, "You spread 27 dots; there are 3." in refused.text) == (422, True)
    assert refused.text.count("lie between 0 and 3") == 3
    body = refused.text.split('id="ballot-0"')[1].split("</form>")[0]
    assert ("Points" in body, "A score" in body) == (False, False)
    empty = api_of("Eleni").put(ballot(made), json={"scores": []})
    assert "Give dots to at least one option" in empty.get_data(as_text=True)


def test_the_page_of_a_new_option_asks_what_it_costs_only_where_money_is_shared_out(cast, api_of, client_of):
    for preset, more, asked in (("one", {}, False), ("budget", {"budget": 100}, True)):
        options = [{"title": "Planes"} | ({"cost": 4} if asked else {})]
        made = drafted(api_of("Nikos"), cast.PARKS, preset=preset, options=options, **more)
        page = client_of("Eleni").get(f"/decisions/{made['reference']}/options/{made['options'][0]['id']}").text
        assert ('name="cost"' in page) == asked, preset
