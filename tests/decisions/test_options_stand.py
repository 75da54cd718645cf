"""Arguments stand under the option they are about; and from the opening on the options are those that they are."""

import re

import pytest

from .voting import NOW, drafted

OPTIONS = [{"title": "Plane"}, {"title": "Lime"}]


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def test_an_argument_stands_under_its_option_and_on_its_side(cast, api_of, client_of):
    nikos, eleni = api_of("Nikos"), client_of("Eleni")
    made = drafted(nikos, cast.PARKS, preset="one", options=OPTIONS)
    plane, lime = (one["id"] for one in made["options"])
    address = f"/decisions/{made['reference']}"
    assert nikos.put(f"/api/v1{address}/discussion").status_code == 200
    given = [
        (plane, "for", "It stands dry summers."), (plane, "against", "Its hairs make one cough."),
        (lime, "for", "Bees like it."), (lime, "against", "It drips on cars."),
    ]  # fmt: skip
    for option, side, text in given:
        sent = eleni.post(f"{address}/arguments", data={"option": str(option), "side": side, "text": text})
        assert sent.status_code == 303
    listed = nikos.get(f"/api/v1{address}/arguments").get_json()["items"]
    assert sorted((one["option"], one["side"], one["text"]) for one in listed) == sorted(given)
    for stage in ("discussion", "open"):
        page = eleni.get(f"{address}?tab=question").text
        cards = dict(
            re.findall(r'<li class="option-card" id="option-(\d+)">(.*?)(?=<li class="option-card"|</ol>)', page, re.S)
        )
        assert set(cards) == {str(plane), str(lime)}, stage
        for option, side, text in given:
            for other, card in cards.items():
                assert card.count(text) == (other == str(option)), (stage, text)
            under = re.findall(r'<h4 class="small muted">(For|Against)</h4>', cards[str(option)].partition(text)[0])
            assert under[-1].lower() == side, (stage, text)
        nikos.put(f"/api/v1{address}/opening")


def test_of_an_open_vote_no_option_is_added_changed_or_removed(cast, api_of, client_of):
    nikos, page = api_of("Nikos"), client_of("Nikos")
    made = drafted(nikos, cast.PARKS, preset="one", options=OPTIONS)
    address, first = f"/decisions/{made['reference']}", made["options"][0]["id"]
    added = nikos.post(f"/api/v1{address}/options", json={"title": "Elm"})
    assert added.status_code == 201
    assert nikos.put(f"/api/v1{address}/opening").status_code == 200
    before = nikos.get(f"/api/v1{address}/options").get_json()["items"]
    frozen = nikos.get(f"/api/v1{address}").get_json()
    options = f"{address}/options"
    tried = [
        nikos.post(f"/api/v1{options}", json={"title": "Oak"}),
        nikos.put(f"/api/v1{options}/{first}", json={"title": "Oak"}, headers={"If-Match": f'"{frozen["version"]}"'}),
        nikos.delete(f"/api/v1{options}/{first}"),
        page.post(options, data={"title": "Oak"}),
        page.put(f"{options}/{first}", data={"title": "Oak", "version": str(frozen["version"])}),
        page.delete(f"{options}/{first}"),
    ]
    assert [answer.status_code for answer in tried] == [409] * 6
    assert nikos.get(f"/api/v1{options}").get_json()["items"] == before
    assert [one["title"] for one in before] == ["Plane", "Lime", "Elm"]
    shown = page.get(f"{address}?tab=question").text
    assert f"{options}/new" not in shown
    assert f"{options}/{first}" not in shown, "no way there is shown either"


def test_of_an_open_vote_no_criterion_is_weighed_anew(cast, api_of, client_of):
    nikos = api_of("Nikos")
    criteria = [{"name": "Shade"}, {"name": "Price"}]
    made = drafted(nikos, cast.PARKS, preset="criteria", criteria=criteria, options=OPTIONS)
    address = f"/decisions/{made['reference']}"
    assert nikos.put(f"/api/v1{address}/opening").status_code == 200
    weights = [one["weight"] for one in nikos.get(f"/api/v1{address}").get_json()["criteria"]]
    api = {"pairs": [{"first": 1, "second": 2, "value": "5"}]}
    assert nikos.put(f"/api/v1{address}/comparisons", json=api).status_code == 409
    assert client_of("Nikos").put(f"{address}/comparisons", data={"pair-1-2": "5"}).status_code == 409
    assert [one["weight"] for one in nikos.get(f"/api/v1{address}").get_json()["criteria"]] == weights
