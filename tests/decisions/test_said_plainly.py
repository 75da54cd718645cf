"""What the pages of a vote say, where they said it crookedly or not at all."""

import re

import pytest

from collab.decisions.pictures import rounds_of
from collab.decisions.result_words import objections_in_words

from .test_counted_so import THREE, ranked
from .voting import NOW, ballot, drafted, opened, rule_in


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def tab(client, made, name):
    return client.get(f"/decisions/{made['reference']}?tab={name}").text


def test_where_some_have_several_votes_are_counted_and_not_people(cast, api_of, client_of):
    weights = [{"person": cast.Eleni, "weight": 4}]
    made = opened(api_of("Nikos"), cast.PARKS, weights=weights, quorum="half")
    assert "7 votes, quorum 4 of 7, passes with 4 yes if 7 vote." in rule_in(api_of("Eleni"), made)
    assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 200
    assert "4 of 7 votes cast" in tab(client_of("Eleni"), made, "vote")


def test_a_question_says_how_many_abstained_and_yes_stands_before_no(cast, api_of, client_of, closed):
    made = opened(api_of("Nikos"), cast.PARKS)
    for name, vote in (("Eleni", "yes"), ("Giorgos", "no"), ("Babis", "abstain"), ("Nikos", "yes")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    assert "1 abstention" not in tab(client_of("Eleni"), made, "vote")
    result = closed(made)
    assert "1 abstention" in tab(client_of("Eleni"), made, "result")
    assert [bar.name for bar in rounds_of(result["count"]).rounds[0].bars] == ["yes", "no"]


def test_a_run_off_says_who_drops_out_is_even_and_a_budget_who_is_chosen_however_that_ends(
    cast, api_of, client_of, closed
):
    """Of five A has two and B, C and D one each; of the money B and C, with three ticks each, find room for one."""
    nikos, five = api_of("Nikos"), ("Eleni", "Giorgos", "Babis", "Nikos", "Maria")
    electorate = {"people": [getattr(cast, name) for name in five]}
    runoff = opened(nikos, cast.PARKS, preset="runoff", options=[*THREE, {"title": "D"}], electorate=electorate)
    priced = [{"title": "A", "cost": 60}, {"title": "B", "cost": 40}, {"title": "C", "cost": 40}]
    budget = opened(nikos, cast.PARKS, preset="budget", budget=100, options=priced)
    ids = [one["id"] for one in budget["options"]]
    for name, order in zip(five, ("ABCD", "BA", "CBD", "ACB", "DBA"), strict=True):
        assert api_of(name).put(ballot(runoff), json=ranked(runoff, order)).status_code == 200
    for name, ticks in (("Eleni", ids), ("Giorgos", ids), ("Babis", ids[:1]), ("Nikos", ids)):
        assert api_of(name).put(ballot(budget), json={"options": ticks}).status_code == 200
    words = rule_in(api_of("Eleni"), runoff)
    assert (
        "A tie is settled by: who stood better in the rounds before. What that does not settle is left open." in words
    )
    closed(runoff)
    said = {one["reference"]: tab(client_of("Eleni"), one, "result") for one in (runoff, budget)}
    plain = {key: page.translate(dict.fromkeys(map(ord, "\u2068\u2069"))) for key, page in said.items()}
    assert "Who drops out is even between: B, C, D." in plain[runoff["reference"]]
    assert "It is even between: B, C. In any case chosen: A." in plain[budget["reference"]]


def test_points_are_not_called_votes(cast, api_of, client_of, closed):
    made = opened(api_of("Nikos"), cast.PARKS, preset="borda", options=THREE)
    assert api_of("Eleni").put(ballot(made), json=ranked(made, "AB")).status_code == 200
    closed(made)
    for page in (
        tab(client_of("Eleni"), made, "result"),
        client_of("Eleni").get(f"/decisions/{made['reference']}/places").text,
    ):
        assert ">Points</th>" in page
        assert ">Votes</th>" not in page


def test_an_objection_stands_under_its_authors_name_in_the_readers_language():
    kept = [["Eleni Markou", "open", "Too dear."]]
    assert "الِنی" in objections_in_words(kept, ["الِنی"])[0]
    assert "Eleni Markou" in objections_in_words(kept)[0]


def test_a_draft_tells_who_opens_it_and_the_opening_what_voters_are_told(cast, api_of, client_of):
    made = drafted(api_of("Eleni"), cast.PARKS, body="The pavement is *new*.")
    assert "The vote is opened by whoever heads the unit" in tab(client_of("Eleni"), made, "question")
    assert "They are told once you put it up for discussion" in tab(client_of("Eleni"), made, "vote")
    named = drafted(api_of("Eleni"), cast.PARKS, reach="named")
    for put_up in (False, True):
        if put_up:
            assert api_of("Eleni").put(f"/api/v1/decisions/{named['reference']}/discussion").status_code == 200
        page = tab(client_of("Eleni"), named, "question")
        assert "they read it once they are among those who decide" in page
        assert "They are told" not in page
    head = client_of("Sofia")
    assert "They are told once you put it up for discussion" not in tab(head, made, "vote")
    assert "The pavement is <em>new</em>." in client_of("Nikos").get(f"/decisions/{made['reference']}/opening").text


def test_a_budget_takes_prices_with_its_options_and_asks_for_the_rest_on_the_draft(cast, api_of, client_of):
    typed = {
        "title": "Which?", "unit": str(cast.PARKS), "preset": "budget", "budget": "900",
        "option_lines": "Benches = ۱۲۰\nTrees\n2 + 2 = four",
    }  # fmt: skip
    assert client_of("Eleni").post("/decisions", data=typed).status_code in (200, 204, 303)
    made = api_of("Eleni").get("/api/v1/decisions?whose=mine").get_json()["items"][0]
    whole = api_of("Eleni").get(f"/api/v1/decisions/{made['reference']}").get_json()
    found = [(one["title"], one["cost"]) for one in whole["options"]]
    assert found == [("Benches", 120), ("Trees", None), ("2 + 2 = four", None)]
    assert tab(client_of("Eleni"), made, "question").count("Say what it costs…") == 2


def test_what_nobody_compared_is_asked_for_and_not_taken_as_equal(cast, api_of, client_of):
    three = [{"name": "Price"}, {"name": "Shade"}, {"name": "Care"}]
    made = drafted(api_of("Eleni"), cast.PARKS, preset="criteria", criteria=three, options=THREE)
    address, eleni = f"/decisions/{made['reference']}/comparisons", client_of("Eleni")
    form = eleni.get(address).text
    assert form.count('<option value="" selected>') == 3
    assert "3 pairs are not compared yet" in form
    assert "The answers fit together." not in form
    some = {"pair-1-2": "3", "pair-1-3": "5", "pair-2-3": ""}
    refused = eleni.put(address, data=some)
    assert (refused.status_code, "Compare every two criteria." in refused.text) == (422, True)
    assert refused.text.count('aria-invalid="true"') == 1
    assert [
        one["weight"] for one in api_of("Eleni").get(f"/api/v1/decisions/{made['reference']}").get_json()["criteria"]
    ] == [1, 1, 1]


def test_a_paper_leads_back_to_its_vote_and_nowhere_else(cast, api_of, client_of, closed):
    made, eleni = opened(api_of("Nikos"), cast.PARKS), client_of("Eleni")
    assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 200
    closed(made)
    paper = eleni.post(f"/decisions/{made['reference']}/bundle").location
    assert f'class="button" href="/decisions/{made["reference"]}"' in eleni.get(paper).text
    alone = paper.split("?")[0]
    for bad in ("//evil.example", "https://evil.example", "/decisions/X?a=1", "javascript:alert(1)", '/a/"><b>'):
        page = eleni.get(alone, query_string={"back": bad}).text
        assert ">Back</a>" not in page, bad


@pytest.mark.parametrize(
    ("choice", "said"),
    [("no", "It does not pass: 1 yes, 1 no. It was even, and the chair decided against it."),
     ("yes", "It passes: 1 yes, 1 no. It was even, and the chair decided for it.")],
)  # fmt: skip
def test_where_the_chair_broke_a_tie_no_number_of_yes_is_said_to_have_been_needed(
    cast, api_of, client_of, close, choice, said
):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS, ties="chair", chair=cast.Nikos)
    for name, vote in (("Babis", "yes"), ("Eleni", "no")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    close()
    word = {"choice": choice, "reason": "There is no other place"}
    assert nikos.put(f"/api/v1/decisions/{made['reference']}/tie", json=word).status_code == 200
    page = tab(client_of("Eleni"), made, "result")
    assert said in page
    assert "It took" not in page
    assert "yes were needed" not in page


def test_the_vote_is_closed_before_its_hour_only_after_a_question(cast, api_of, client_of):
    made = opened(api_of("Nikos"), cast.PARKS, electorate={"people": [cast.Eleni]})
    assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 200
    form = tab(client_of("Nikos"), made, "vote").split('id="close-now"')[1].split(">")[0]
    assert 'data-confirm="' in form


def test_when_a_vote_was_cast_is_said_in_the_order_of_each_language(cast, api_of, client_of):
    made = opened(api_of("Nikos"), cast.PARKS, electorate={"people": [cast.Leila, cast.Eleni, cast.Babis]})
    for name in ("Leila", "Eleni", "Babis"):
        assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
    for name, said in (
        ("Eleni", r"The vote is in, cast <time [^>]*>[^<]+</time>\."),
        ("Babis", r"Η ψήφος καταχωρίστηκε <time [^>]*>[^<]+</time>\."),
        ("Leila", r">\s*<time [^>]*>[^<]+</time> رأی داده شد\."),
    ):
        assert re.search(said, tab(client_of(name), made, "vote")), name


def test_a_vote_without_a_closing_time_is_not_offered_to_be_opened(cast, api_of, client_of):
    yannis, page = api_of("Yannis"), client_of("Yannis")
    made = drafted(yannis, cast.TECH, closes_on=None)
    offered = page.get(f"/decisions/{made['reference']}/opening").text
    assert ("Open the vote</button>" in offered, "Say when it closes" in offered) == (False, True)
    assert f'href="/decisions/{made["reference"]}/editing#f-closes_on"' in offered
    timed = page.get(f"/decisions/{drafted(yannis, cast.TECH)['reference']}/opening").text
    assert ("Open the vote</button>" in timed, "Say when it closes" in timed) == (True, False)


def test_a_sealed_vote_is_replaced_by_whoever_asks_for_it_and_no_empty_ballot_stands_there_till_then(
    cast, api_of, client_of, close
):
    people = [getattr(cast, name) for name in ("Eleni", "Nikos", "Giorgos", "Babis", "Maria")]
    folded = '<details class="more"><summary>Replace my vote…</summary>'
    for level, wanted in (("confidential", True), ("open", False)):
        made = opened(api_of("Nikos"), cast.PARKS, level=level, electorate={"people": people}, preset="approve",
            options=[{"title": "Plane"}, {"title": "Lime"}])  # fmt: skip
        page, address = client_of("Eleni"), f"/decisions/{made['reference']}"
        assert folded not in page.get(f"{address}?tab=vote").text
        chosen = {"options[]": str(made["options"][0]["id"])}
        assert page.put(f"{address}/ballot", data=chosen).status_code == 303
        assert (folded in page.get(f"{address}?tab=vote").text) == wanted
        refused = page.put(f"{address}/ballot", data={"options[]": "999999"}).text
        assert folded not in refused, "what was typed and refused is open to be mended"
    close()  # and its key goes
