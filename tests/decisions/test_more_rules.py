"""Dots, a budget, a stated scale and criteria: offered, frozen in the rule, cast, counted and shown."""

import re

import pytest

from .voting import NOW, ballot, drafted, fields, opened

OPTIONS = [{"title": "Plane"}, {"title": "Lime"}]
CRITERIA = [
    {"name": "Price", "weight": 3, "worst": 100, "best": 0, "worst_means": "as dear as it gets"},
    {"name": "Shade", "weight": 1, "best_means": "a whole square"},
]


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def points(made, *given):
    return {"scores": [{"option": one["id"], "points": n} for one, n in zip(made["options"], given, strict=True)]}


def test_dots_are_spread_and_no_more_than_there_are(cast, api_of, closed):
    made = opened(api_of("Nikos"), cast.PARKS, preset="dots", dots=3, options=OPTIONS)
    refused = api_of("Eleni").put(ballot(made), json=points(made, 2, 2))
    assert (refused.status_code, fields(refused)) == (422, ["scores"])
    assert api_of("Eleni").put(ballot(made), json=points(made, 0, 3)).status_code == 200
    assert api_of("Giorgos").put(ballot(made), json=points(made, 2, 1)).status_code == 200
    assert closed(made)["winners"] == ["Lime"]


def test_a_stated_scale_ends_where_it_says(cast, api_of, closed):
    made = opened(api_of("Nikos"), cast.PARKS, preset="score", most=4, options=OPTIONS)
    assert api_of("Eleni").put(ballot(made), json=points(made, 5, 0)).status_code == 422
    assert api_of("Eleni").put(ballot(made), json=points(made, 4, 0)).status_code == 200
    assert closed(made)["winners"] == ["Plane"]


def test_a_budget_is_filled_from_the_most_ticks_down(cast, api_of, client_of, closed):
    nikos = api_of("Nikos")
    without = nikos.post("/api/v1/decisions", json={"title": "Which?", "unit": cast.PARKS, "preset": "budget"})
    assert (without.status_code, fields(without)) == (422, ["budget"])
    free = drafted(nikos, cast.PARKS, preset="budget", budget=100, options=OPTIONS)
    assert fields(nikos.put(f"/api/v1/decisions/{free['reference']}/opening")) == ["options"]
    costs = [{"title": "Benches", "cost": 70}, {"title": "Lamps", "cost": 60}, {"title": "Swings", "cost": 30}]
    made = opened(nikos, cast.PARKS, preset="budget", budget=100, options=costs)
    assert "60&nbsp;€" in client_of("Eleni").get(f"/decisions/{made['reference']}").text
    benches, lamps, swings = (one["id"] for one in made["options"])
    for who, ticks in (("Eleni", [benches, lamps]), ("Giorgos", [benches, swings]), ("Babis", [lamps, benches])):
        assert api_of(who).put(ballot(made), json={"options": ticks}).status_code == 200
    assert "There is 100\u00a0€ to spend." in client_of("Eleni").get(f"/decisions/{made['reference']}").text
    assert closed(made)["winners"] == ["Benches", "Swings"], "the lamps do not fit any more"
    result = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").text
    assert "Still to spend: 30 €" in result
    assert "Ballots that name nobody" not in result, "what is left of the money is no ballot"
    assert nikos.post(f"/api/v1/decisions/{made['reference']}/bundle").status_code == 202


@pytest.mark.parametrize("level", ["open", "confidential"])
def test_criteria_are_scored_unseen_and_the_result_shows_where_people_differ(cast, api_of, client_of, closed, level):
    eleni, others = api_of("Eleni"), {"electorate": {"unit": cast.TECH, "below": True}, "level": level}
    made = opened(api_of("Nikos"), cast.PARKS, preset="criteria", criteria=CRITERIA, options=OPTIONS, **others)
    address = f"/decisions/{made['reference']}"
    words = " ".join(eleni.get(f"/api/v1{address}").get_json()["rule_words"]).translate(
        dict.fromkeys(map(ord, "\u2068\u2069"))
    )
    assert "Price 75%, Shade 25%" in words
    assert "“Price”: 100 (as dear as it gets) is the worst, 0 the best." in words
    plane, lime = (one["id"] for one in made["options"])

    def sheet(*rows):
        pairs = [
            (at, option, n) for at, row in enumerate(rows, 1) for option, n in zip((plane, lime), row, strict=True)
        ]
        return {"sheet": [{"criterion": at, "option": option, "points": n} for at, option, n in pairs]}

    for wrong in (sheet((101, 0), (1, 1)), sheet((1, 1), (11, 0)), sheet((1, 1), (1, 1), (1, 1)), {"sheet": []}):
        assert eleni.put(ballot(made), json=wrong).status_code == 422
    assert eleni.put(ballot(made), json=sheet((20, 40), (10, 5))).status_code == 200
    typed = {f"points-1-{plane}": "20", f"points-1-{lime}": "40", f"points-2-{plane}": "0", f"points-2-{lime}": "5"}
    sent = client_of("Maria").put(f"{address}/ballot", data=typed)
    assert sent.status_code in (200, 204, 303)
    for name in ("Nikos", "Maria"):
        seen = client_of(name).get(f"{address}?tab=vote").text
        assert seen.count('value="20"') == (level == "open" and name == "Maria"), "nobody sees another's scores"
    # Of fewer than three ballots a confidential vote is not opened.
    assert api_of("Petros").put(ballot(made), json={"abstain": True}).status_code == 200
    result = closed(made)
    assert result["winners"] == ["Plane"]
    first = result["spread"][0]
    assert (first["option"], first["criterion"], first["mean"], first["apart"]) == ("Plane", "Shade", 5, "1/2")
    reza = client_of("Reza").get(f"{address}?tab=result").text
    assert "۷۵٪" in reza
    assert "%" not in re.sub("<[^>]+>", "", reza.partition('id="main"')[2].partition("</main>")[0])
    assert re.search('<td class="end">۰–۱۰</td>', reza), "as the line of the page runs: it has no direction of its own"
    page = client_of("Eleni").get(f"{address}?tab=result").text
    for said in ("Where you differ", "far apart", "What each criterion adds to each option"):
        assert said in page


def test_the_weights_of_criteria_follow_from_comparing_each_two(cast, api_of, client_of):
    nikos, eleni = client_of("Nikos"), client_of("Eleni")
    three = [*CRITERIA, {"name": "Care"}]
    made = drafted(api_of("Eleni"), cast.PARKS, preset="criteria", criteria=three, options=OPTIONS)
    address = f"/decisions/{made['reference']}"
    form = eleni.get(f"{address}/comparisons").text
    assert all(words in form for words in ("Price</bdi> — <bdi>Shade", "“Care” is extremely more important", "33.3"))
    fits = {"pair-1-2": "3", "pair-1-3": "5", "pair-2-3": "3"}
    live = eleni.post(f"{address}/comparisons/preview", data=fits, headers={"HX-Request-Type": "partial"}).text
    assert "63.7" in live, "Saaty's weights are 0.637, 0.258, 0.105"
    assert "The answers fit together." in live
    against = eleni.post(f"{address}/comparisons/preview", data=fits | {"pair-1-3": "1/5"}).text
    assert "contradict each other" in against
    assert eleni.put(f"{address}/comparisons", data={"pair-1-2": "3", "pair-1-3": "5"}).status_code == 422
    odd, stray = fits | {"pair-1-2": "4"}, fits | {"pair-2-9": "3"}
    for answer in (
        eleni.put(f"{address}/comparisons", data=odd),
        eleni.post(f"{address}/comparisons/preview", data=odd),
    ):
        assert (answer.status_code, 'id="pair-1-2-error">One of these is expected' in answer.text) == (422, True)
    part = {"HX-Request-Type": "partial"}
    for sent, words in ((odd, "One of these is expected"), (stray, "A criterion is compared with those")):
        live = eleni.post(f"{address}/comparisons/preview", data=sent, headers=part)
        assert (live.status_code, words in live.text) == (422, True)
    assert eleni.put(f"{address}/comparisons", data=fits).status_code in (200, 204, 303)
    whole = api_of("Eleni").get(f"/api/v1{address}").get_json()
    assert [one["weight"] for one in whole["criteria"]] == [637, 258, 105]
    assert any("consistency ratio is 0.03" in words for words in whole["rule_words"]), "the trace stays with the rule"
    assert nikos.get(f"{address}/comparisons").text.count('value="3" selected') == 2
    api = {"pairs": [{"first": 1, "second": 1, "value": "3"}]}
    assert api_of("Eleni").put(f"/api/v1{address}/comparisons", json=api).status_code == 422
    assert api_of("Giorgos").put(f"/api/v1{address}/comparisons", json=api).status_code == 403
    other = drafted(api_of("Eleni"), cast.PARKS)["reference"]
    assert eleni.put(f"/decisions/{other}/comparisons", data=fits).status_code == 409


def test_criteria_that_cannot_be_weighed_are_refused(cast, api_of):
    for criteria in (
        [],
        CRITERIA[:1],
        [CRITERIA[0], CRITERIA[0]],
        [CRITERIA[0], {"name": "Flat", "worst": 1, "best": 1}],
    ):
        body = {"title": "Which?", "unit": cast.PARKS, "preset": "criteria", "criteria": criteria}
        refused = api_of("Nikos").post("/api/v1/decisions", json=body)
        assert (refused.status_code, fields(refused)) == (422, ["criteria"])


def test_criteria_are_typed_into_the_form_and_come_back(cast, api_of, client_of):
    nikos = client_of("Nikos")
    typed = {
        "title": "Which trees?", "unit": str(cast.PARKS), "preset": "criteria", "option_lines": "Plane\nLime",
        "criterion_name[]": ["Price", "Shade", ""], "criterion_weight[]": ["3", "1", "1"],
        "criterion_worst[]": ["100", "0", "0"], "criterion_best[]": ["0", "10", "10"],
        "criterion_worst_means[]": ["dear", "", ""], "criterion_best_means[]": ["", "a square", ""],
    }  # fmt: skip
    assert nikos.post("/decisions", data=typed).status_code in (200, 204, 303)
    made = api_of("Nikos").get("/api/v1/decisions?whose=mine").get_json()["items"][0]
    whole = api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert [one["name"] for one in whole["criteria"]] == ["Price", "Shade"]
    form = nikos.get(f"/decisions/{made['reference']}/editing").text
    assert 'value="Shade"' in form
    assert 'value="a square"' in form
