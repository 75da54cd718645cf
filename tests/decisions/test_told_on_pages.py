"""What pages and papers of a decision tell: rule and rounds, how firm it is, what follows, what waits since when."""

import re
from datetime import timedelta

import pytest

from .test_papers import minutes
from .voting import NOW, ballot, drafted, opened, rule_in

THREE = [{"title": title} for title in ("Plane", "Lime", "Elm")]
ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def page_of(client, made, tab="result"):
    text = client.get(f"/decisions/{made['reference']}?tab={tab}").text.translate(ISOLATES)
    return " ".join(re.sub(r"</?bdi[^>]*>", "", text).split())


def run_off(cast, api_of):
    """Two say Plane first, one Lime, one Elm before Plane; Lime or Elm goes out, and Plane has more than half."""
    made = opened(api_of("Nikos"), cast.PARKS, preset="runoff", options=THREE, quorum="half", ties="lot")
    plane, lime, elm = (one["id"] for one in made["options"])
    for name, order in (
        ("Eleni", (plane, lime)),
        ("Giorgos", (plane,)),
        ("Babis", (lime, plane)),
        ("Nikos", (elm, plane)),
    ):
        ranks = [{"option": option, "rank": rank} for rank, option in enumerate(order, 1)]
        assert api_of(name).put(ballot(made), json={"ranks": ranks}).status_code == 200
    return made


def test_the_minutes_hold_the_rule_and_every_round_with_its_votes(app, cast, api_of, close):
    made = run_off(cast, api_of)
    rule = rule_in(api_of("Eleni"), made)
    close()
    rounds = api_of("Eleni").get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]["count"]["rounds"]
    assert len(rounds) > 1
    with app.app_context():
        paper = minutes(api_of("Nikos"), made, {"language": "en"}).translate(ISOLATES)
    sentences = [one for one in re.split(r"(?<=[.!?]) ", rule) if one]
    assert len(sentences) > 3
    squeezed = "".join(paper.split())
    assert [one for one in sentences if "".join(one.split()) not in squeezed] == []
    parts = re.split(r"Round (\d+)", paper)[1:]
    told = dict(reversed(list(zip(parts[::2], parts[1::2], strict=True))))  # ties name their round once more
    for number, round_ in enumerate(rounds, 1):
        for name, votes in round_["votes"].items():
            if float(votes):
                assert re.search(rf"\b{name} (\([^)]*\) )?{votes}\b", told[str(number)]), (
                    number,
                    name,
                    votes,
                    told[str(number)],
                )


def test_the_result_page_says_how_many_ballots_otherwise_would_have_changed_it(cast, api_of, client_of, close):
    made = opened(api_of("Nikos"), cast.PARKS)
    for name, vote in (("Eleni", "yes"), ("Giorgos", "yes"), ("Babis", "yes"), ("Nikos", "no")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    one = opened(api_of("Nikos"), cast.PARKS, preset="one", options=THREE)
    for name, at in (("Eleni", 0), ("Giorgos", 0), ("Babis", 0), ("Nikos", 1)):
        assert api_of(name).put(ballot(one), json={"option": one["options"][at]["id"]}).status_code == 200
    close()
    assert "It hung on 1 vote that would have had to be the other way." in page_of(client_of("Eleni"), made)
    assert "1 ballot otherwise, and Lime would have been level or ahead." in page_of(client_of("Eleni"), one)


def test_the_result_page_says_at_which_weight_another_option_would_be_first(cast, api_of, client_of, close):
    """Plane has 8 and 5, Lime 2 and 6 of 10: price is worth 6 to Plane, shade 1 to Lime, so they are level where price
    weighs 1 to shade's 6, a seventh, which is 14.3 of a hundred."""
    criteria = [{"name": "Price", "weight": 3}, {"name": "Shade", "weight": 1}]
    made = opened(api_of("Nikos"), cast.PARKS, preset="criteria", criteria=criteria, options=THREE[:2])
    plane, lime = (one["id"] for one in made["options"])
    rows = [(1, plane, 8), (1, lime, 2), (2, plane, 5), (2, lime, 6)]
    sheet = {"sheet": [{"criterion": at, "option": option, "points": points} for at, option, points in rows]}
    assert api_of("Eleni").put(ballot(made), json=sheet).status_code == 200
    close()
    page = page_of(client_of("Eleni"), made)
    assert re.search(r"If “Price” weighed less than 14(\.3)?%, and not 75%, Lime would be first\.", page), page[-6000:]
    assert re.search(r"If “Shade” weighed more than 8[56](\.7)?%, and not 25%, Lime would be first\.", page)


def test_what_follows_has_its_day_and_its_holder_and_the_page_says_once_it_is_carried_out(
    cast, api_of, client_of, close
):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS)
    assert nikos.put(ballot(made), json={"vote": "yes"}).status_code == 200
    close()
    nikos, base = api_of("Nikos"), f"/api/v1/decisions/{made['reference']}"
    assert nikos.put(f"{base}/outcome", json={"outcome": "Yes."}).status_code == 200
    said = {"title": "Order the trees", "due_on": "2026-12-20", "holder": cast.Eleni}
    task = nikos.post(f"{base}/tasks", json=said).get_json()
    read = api_of("Eleni").get(f"/api/v1/tasks/{task['reference']}").get_json()
    assert (read["due_on"], read["holder"]["id"]) == ("2026-12-20", cast.Eleni)
    eleni = client_of("Eleni")
    before = page_of(eleni, made).partition('id="follow-title"')[2]
    assert all(words in before for words in ("Not yet carried out.", task["reference"], "Eleni Markou"))
    assert re.search(r"due [^<]*20 Dec", before), "until when, beside who"
    assert "#circle-check" not in before.partition(task["reference"])[0]
    assert api_of("Eleni").post(f"/api/v1/work-items/{task['reference']}/completion", json={}).status_code == 200
    assert nikos.put(f"{base}/completion", json={}).get_json()["stage"] == "carried-out"
    after = page_of(eleni, made).partition('id="follow-title"')[2]
    assert "It was carried out." in after
    assert "Not yet carried out." not in after
    assert "#circle-check" in after.partition(task["reference"])[0], "the task is done"


@pytest.mark.parametrize("stage", ["draft", "open", "closed"])
def test_a_decision_has_four_tabs_at_most(cast, api_of, client_of, close, stage):
    made = drafted(api_of("Nikos"), cast.PARKS) if stage == "draft" else opened(api_of("Nikos"), cast.PARKS)
    if stage == "closed":
        assert api_of("Nikos").put(ballot(made), json={"vote": "yes"}).status_code == 200
        close()
    page = client_of("Eleni").get(f"/decisions/{made['reference']}").text
    tabs = re.findall(rf'class="tab"[^>]*href="/decisions/{made["reference"]}\?tab=([a-z]+)"', page)
    assert tabs == ["question", "vote", *(["result"] if stage == "closed" else []), "talk"]
    assert page.count('class="tab"') == len(tabs)


def test_what_waits_for_my_vote_or_advice_says_since_when(cast, api_of, client_of, at):
    voted = opened(api_of("Nikos"), cast.PARKS, closes_on="2026-12-15")
    advised = drafted(api_of("Nikos"), cast.PARKS)
    asked = {"of": [cast.Petros], "what": "Is the ground firm?", "until": "2026-12-01"}
    answer = api_of("Nikos").post(f"/api/v1/decisions/{advised['reference']}/advice", json=asked)
    assert answer.status_code == 201, answer.get_json()
    at(NOW + timedelta(days=3))
    for name, whose, made in (("Eleni", "my-vote", voted), ("Petros", "my-advice", advised)):
        page = client_of(name).get(f"/decisions?whose={whose}").text
        row = page.partition(made["reference"])[2].partition("</li>")[0]
        since = re.search(
            r'<time datetime="2026-11-23T[^"]*" title="[^"]*23 November 2026[^"]*">asked ([^<]*)</time>', row
        )
        assert since, row
        assert since[1].strip() == "3 days ago"


def test_a_head_sees_what_was_decided_in_the_units_below_and_is_not_carried_out(cast, api_of, client_of, close):
    nikos, petros = api_of("Nikos"), api_of("Petros")
    names = ("Planes", "Limes", "Elms", "Oaks")
    made = {name: opened(nikos, cast.PARKS, title=f"{name}?") for name in names}
    made["Roads"] = opened(petros, cast.ROADS, title="Asphalt?")
    for name, one in made.items():
        who = petros if name == "Roads" else nikos
        assert who.put(ballot(one), json={"vote": "yes"}).status_code == 200
    close()
    for name in ("Planes", "Limes", "Roads"):
        who = api_of("Petros" if name == "Roads" else "Nikos")
        assert (
            who.put(f"/api/v1/decisions/{made[name]['reference']}/outcome", json={"outcome": "Yes."}).status_code == 200
        )
    done = f"/api/v1/decisions/{made['Limes']['reference']}/completion"
    assert api_of("Nikos").put(done, json={}).status_code == 200

    def listed(name):
        page = client_of(name).get("/decisions?whose=not-carried-out").text
        api = api_of(name).get("/api/v1/decisions?whose=not-carried-out").get_json()["items"]
        found = {title for title, one in made.items() if f'href="/decisions/{one["reference"]}"' in page}
        assert {one["reference"] for one in api} == {made[title]["reference"] for title in found}
        return found

    assert listed("Nikos") == {"Planes"}
    assert listed("Yannis") == {"Planes", "Roads"}, "heads both units"
    assert listed("Petros") == {"Roads"}
    assert listed("Eleni") == set(), "heads nothing and runs nothing"
    assert "Nothing is left to carry out" in client_of("Eleni").get("/decisions?whose=not-carried-out").text
