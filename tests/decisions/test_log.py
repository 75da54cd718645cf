"""The log of decisions is searched; the roll stands fast when people move; pages ask little whatever hangs on them."""

from datetime import timedelta
from urllib.parse import unquote_plus

import pytest
from sqlalchemy import update

from collab.core.db import writing
from collab.core.i18n import speaking
from collab.decisions.result_words import in_brief
from collab.people.models import Membership

from .voting import CLOSES, NOW, ballot, drafted, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def test_the_decision_log_is_searched_by_words_whatever_became_of_each(cast, api_of, client_of, close):
    nikos = api_of("Nikos")
    planes, limes = (opened(nikos, cast.PARKS, title=title) for title in ("Plane trees?", "Lime trees?"))
    api_of("Eleni").put(ballot(planes), json={"vote": "yes"})
    drafted(api_of("Petros"), cast.ROADS, title="Plane trees along the road?")
    reason = {"reason": "The nursery has none"}
    assert nikos.put(f"/api/v1/decisions/{limes['reference']}/cancellation", json=reason).status_code == 200
    close()
    eleni = client_of("Eleni")
    shown = eleni.get("/decisions?whose=decided").text
    assert 'aria-current="page">Closed votes</a>' in shown
    assert (planes["reference"] in shown, "vote is closed" in shown) == (True, True), "called by what it shows"
    line = next(part for part in shown.split('<li class="row">') if planes["reference"] in part)
    assert f'datetime="{CLOSES:%Y-%m-%dT%H:%M}' in line, "when it closed, not when it was made"
    api_of("Nikos").put(f"/api/v1/decisions/{planes['reference']}/outcome", json={"outcome": "Forty planes."})
    assert 'href="/work-items?query=kind%3Adecision+state%3Aany"' in eleni.get("/decisions?whose=all").text
    in_greek = unquote_plus(client_of("Nikos").get("/decisions?whose=all").text)
    assert 'href="/work-items?query=είδος:απόφαση κατάσταση:οποιοδήποτε"' in in_greek, "in the words of its reader"
    for words, found in (("", {planes["reference"], limes["reference"]}), ("plane", {planes["reference"]})):
        page = eleni.get("/work-items", query_string={"query": f"kind:decision state:any {words}".strip()}).text
        for one in (planes, limes):
            assert (f'data-row="{one["reference"]}"' in page) == (one["reference"] in found), (words, one["title"])
        assert "along the road" not in page, "what one does not see is not in the log"
    listed = api_of("Eleni").get("/api/v1/decisions?whose=decided").get_json()["items"]
    assert [one["reference"] for one in listed] == [planes["reference"]]


def test_whoever_moves_to_another_unit_while_the_vote_runs_votes_as_the_roll_stood_at_the_opening(
    app, cast, api_of, client_of, at
):
    made = opened(api_of("Nikos"), cast.PARKS)
    at(NOW + timedelta(hours=1))
    with app.app_context(), writing() as session:
        for who, unit in ((cast.Eleni, cast.ROADS), (cast.Maria, cast.PARKS)):
            session.execute(update(Membership).where(Membership.person_id == who).values(unit_id=unit))
    assert "it does not change any more" in client_of("Maria").get(f"/decisions/{made['reference']}/electorate").text
    gone, come = api_of("Eleni"), api_of("Maria")
    assert gone.put(ballot(made), json={"vote": "yes"}).status_code == 200, "she was entitled when it opened"
    refused = come.put(ballot(made), json={"vote": "no"})
    assert (refused.status_code, "not entitled" in refused.get_json()["detail"]) == (403, True)
    roll = gone.get(f"/api/v1/decisions/{made['reference']}/electorate").get_json()["items"]
    assert cast.Eleni in {one["person"] for one in roll}


def test_every_tab_asks_at_most_twelve_questions_however_much_hangs_on_it(cast, api_of, client_of, close, queries):
    nikos, eleni = api_of("Nikos"), api_of("Eleni")
    task = nikos.post("/api/v1/tasks", json={"title": "Fountain", "unit": cast.PARKS, "holder": cast.Eleni}).get_json()
    options = [{"title": title, "about": task["reference"]} for title in ("Plane", "Lime", "Elm")]
    more = {"proxies": 1, "substitutes": "substitute", "ties": "chair", "chair": cast.Nikos, "quorum": "half"}
    made = drafted(eleni, cast.PARKS, preset="rank", options=options, **more)
    address = f"/decisions/{made['reference']}"
    for option in made["options"]:
        for side in ("for", "against"):
            argument = {"option": option["id"], "side": side, "text": "Shade"}
            assert eleni.post(f"/api/v1{address}/arguments", json=argument).status_code == 201
    client = client_of("Eleni")

    def asks(*paths):
        for path in paths:
            assert client.get(path).status_code == 200
            with queries() as sent:
                client.get(path)
            assert len(sent) <= 12, (path, len(sent), sent.sent)

    asks(address, f"{address}?tab=vote", f"{address}/opening", f"{address}/electorate")
    assert nikos.put(f"/api/v1{address}/opening").status_code == 200
    asks(f"{address}?tab=question", f"{address}?tab=vote", f"{address}?tab=talk", f"{address}/electorate")
    for name in ("Nikos", "Giorgos"):
        ranks = [{"option": one["id"], "rank": place} for place, one in enumerate(made["options"], 1)]
        assert api_of(name).put(ballot(made), json={"ranks": ranks}).status_code == 200
    close()
    outcome = {"outcome": "Planes.", "revisit_on": "2027-05-01", "revisit_after": task["reference"]}
    assert api_of("Nikos").put(f"/api/v1{address}/outcome", json=outcome).status_code == 200
    assert api_of("Nikos").post(f"/api/v1{address}/tasks", json={"title": "Order"}).status_code == 201
    client = client_of("Eleni")
    asks(f"{address}?tab=result", f"{address}?tab=question", f"{address}/ballots")


def test_a_row_names_three_of_those_chosen_and_how_many_more_there_are(app):
    def came(locale, *winners):
        with app.app_context(), speaking(locale):
            said = in_brief("approve", "decided", winners)
        return said.translate(dict.fromkeys(map(ord, "\u2068\u2069")))

    assert came("en", "A", "B", "C") == "chosen: A, B, C"
    assert came("en", "A", "B", "C", "D") == "chosen: A, B, C, 1 more"
    assert came("en", *"ABCDEFG") == "chosen: A, B, C, 4 more"
    assert came("el", "A") == "επιλέχθηκε: A"
    assert came("el", "A", "B") == "επιλέχθηκαν: A, B"


def test_a_closed_vote_says_in_its_row_what_came_out(cast, api_of, client_of, close, queries):
    nikos = api_of("Nikos")
    options = [{"title": "Plane"}, {"title": "Lime"}]
    passed, lost, chosen, even, few, silent = (
        opened(nikos, cast.PARKS, **said)
        for said in (
            {}, {}, {"preset": "one", "options": options}, {"preset": "one", "options": options},
            {"quorum": "two-thirds"}, {},
        )
    )  # fmt: skip
    ballots = (
        (passed, "Eleni", {"vote": "yes"}), (lost, "Eleni", {"vote": "no"}),
        (chosen, "Eleni", {"option": chosen["options"][1]["id"]}),
        (even, "Eleni", {"option": even["options"][0]["id"]}), (even, "Babis", {"option": even["options"][1]["id"]}),
        (few, "Eleni", {"vote": "yes"}),
    )  # fmt: skip
    for made, name, choice in ballots:
        assert api_of(name).put(ballot(made), json=choice).status_code == 200
    close()
    client = client_of("Eleni")
    client.get("/decisions?whose=decided")
    with queries() as sent:
        page = client.get("/decisions?whose=decided").text.translate(dict.fromkeys(map(ord, "\u2068\u2069")))
    assert len(sent) <= 8
    rows = {row.split("</bdi>")[0].rsplit(">", 1)[-1]: row for row in page.split('class="row"')[1:]}
    said = {
        passed["reference"]: ">passed<", lost["reference"]: ">did not pass<", chosen["reference"]: ">chosen: Lime<",
        even["reference"]: ">even<", few["reference"]: ">no quorum<",
        silent["reference"]: ">nobody voted for anything<",
    }  # fmt: skip
    assert {ref: words in rows[ref] for ref, words in said.items()} == dict.fromkeys(said, True)
