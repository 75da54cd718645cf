"""A show of hands: nobody has a ballot, the numbers are typed in once and counted by the rule that stands fast."""

import io
import subprocess
import sys
import threading
import zipfile

import pytest

from collab.core.db import db
from collab.decisions.bundled import bundle_of
from collab.decisions.minuted import sheet_of_minutes
from collab.decisions.queries import evidence_told, find_decision, options_of
from collab.decisions.queries.papers import choices_of, frozen_of, whole_roll
from collab.people.recognise import person_as_actor

from .voting import CLOSES, NOW, ballot, drafted, fields, opened


@pytest.fixture
def shown(at, cast, api_of):
    """A vote by show of hands of Nikos, Eleni and Maria, which Nikos runs and chairs."""
    at(NOW)

    def begin(**said):
        among = {"people": [cast.Nikos, cast.Eleni, cast.Maria]}
        return opened(api_of("Nikos"), cast.PARKS, hands=True, chair=cast.Nikos, electorate=among, **said)

    return begin


def numbers(yes, no, abstained=0):
    return {"yes": yes, "no": no, "abstained": abstained}


def hands(made):
    return f"/api/v1/decisions/{made['reference']}/hands"


def test_the_numbers_close_the_vote_and_are_counted_by_its_rule(shown, cast, api_of, client_of):
    made = shown()
    assert made["hands"]
    assert any("Τα χέρια μετρώνται" in said for said in made["rule_words"]), "Nikos reads Greek"
    assert made["reference"] not in client_of("Eleni").get("/").text, "nobody is expected to vote on a page"
    found = api_of("Nikos").put(hands(made), json=numbers(2, 0, 1))
    assert found.status_code == 200, found.get_json()
    said = found.get_json()
    assert (said["stage"], said["result"]["outcome"], said["turnout"]["cast"]) == ("closed", "decided", 3)
    kept = said["result"]["hands"]
    assert {name: kept[name] for name in ("yes", "no", "abstained", "by")} == numbers(2, 0, 1) | {"by": cast.Nikos}
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").text
    assert "By show of hands: 2 yes, 0 no, 1 abstention, typed in by " in page
    assert "at 10:00." in page
    assert "It passes: 2 yes, 0 no." in page
    assert "3 of 3 voted" in client_of("Eleni").get("/decisions?whose=all").text


def test_the_page_of_hands_whose_place_another_took_asks_few_questions(shown, api_of, client_of, queries):
    old, new = shown(), shown(title="Limes?")
    nikos = api_of("Nikos")
    for made in (old, new):
        assert nikos.put(hands(made), json=numbers(2, 0, 1)).status_code == 200
        outcome = f"/api/v1/decisions/{made['reference']}/outcome"
        assert nikos.put(outcome, json={"outcome": "Yes."}).status_code == 200
    place = f"/api/v1/decisions/{old['reference']}/successor"
    assert nikos.put(place, json={"item": new["reference"]}).status_code == 200
    client, path = client_of("Eleni"), f"/decisions/{old['reference']}?tab=result"
    client.get(path)
    with queries() as sent:
        assert "Another decision took its place:" in client.get(path).text
    assert len(sent) <= 12, sent.sent


def test_nobody_casts_a_ballot_and_nothing_but_the_numbers_closes_it_early(shown, api_of, client_of):
    made = shown()
    for name in ("Nikos", "Eleni", "Maria"):
        answer = api_of(name).put(ballot(made), json={"vote": "yes"})
        assert answer.status_code == 409
    assert "show of hands" in api_of("Eleni").put(ballot(made), json={"vote": "yes"}).get_json()["detail"]
    assert api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/closing").status_code == 409
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=vote").text
    assert "Nobody casts a ballot here." in page
    assert 'name="vote"' not in page
    assert 'name="abstained"' not in page, "she neither runs nor chairs it"
    assert client_of("Eleni").put(f"/decisions/{made['reference']}/ballot", data={"vote": "yes"}).status_code == 409


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "yes"),
        (numbers("", 0), "yes"),
        (numbers(-1, 0), "yes"),
        (numbers("-1", 0), "yes"),
        (numbers(10**30, 0), "yes"),
        (numbers(str(10**30), 0), "yes"),
        (numbers("many", 0), "yes"),
        (numbers(1.5, 0), "yes"),
        (numbers(0, True), "no"),
        (numbers(2, 1, 1), "yes"),
        (numbers(4, 0), "yes"),
    ],
)
def test_what_is_no_count_of_those_present_is_refused_and_nothing_is_kept(shown, api_of, typed, field):
    made = shown()
    answer = api_of("Nikos").put(hands(made), json=typed)
    assert answer.status_code == 422
    assert field in fields(answer)
    now = api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert (now["stage"], now["result"], now["version"]) == ("open", None, made["version"])


def test_who_stands_aside_raises_no_hand(shown, api_of):
    made = shown()
    aside = api_of("Maria").put(f"/api/v1/decisions/{made['reference']}/recusal", json={"reason": "My street"})
    assert aside.status_code == 204
    assert api_of("Nikos").put(hands(made), json=numbers(2, 1)).status_code == 422
    said = api_of("Nikos").put(hands(made), json=numbers(1, 1)).get_json()
    assert (said["result"]["entitled"], said["result"]["recused"]) == (2, 1)


def test_only_its_chair_and_whoever_runs_it_type_and_only_once(shown, api_of, at):
    made = shown()
    assert api_of("Eleni").put(hands(made), json=numbers(1, 0)).status_code == 403
    stale = api_of("Nikos").put(hands(made), json=numbers(1, 0), headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert api_of("Nikos").put(hands(made), json=numbers(1, 0)).status_code == 200
    again = api_of("Nikos").put(hands(made), json=numbers(3, 0))
    assert again.status_code == 409
    assert api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]["hands"]["yes"] == 1


def test_two_at_once_are_one(app, shown, api_of):
    made = shown()
    answers, ready = [], threading.Barrier(2)

    def send(client, yes):
        ready.wait()
        answers.append(client.put(hands(made), json=numbers(yes, 0)).status_code)

    clients = [api_of("Nikos"), api_of("Nikos")]
    threads = [threading.Thread(target=send, args=(one, yes)) for yes, one in enumerate(clients, start=1)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [200, 409]


def test_after_the_hour_it_is_over_and_a_vote_with_ballots_has_no_numbers(shown, cast, api_of, at):
    made = shown()
    other = opened(api_of("Nikos"), cast.PARKS)
    assert api_of("Nikos").put(hands(other), json=numbers(1, 0)).status_code == 409
    at(CLOSES)
    late = api_of("Nikos").put(hands(made), json=numbers(1, 0))
    assert (late.status_code, late.get_json()["type"].rsplit("/", 1)[-1].rsplit(":", 1)[-1]) == (409, "vote-closed")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"level": "confidential"}, "level"),
        ({"preset": "one"}, "hands"),
        ({"preset": "consent"}, "hands"),
        ({"proxies": 1}, "proxies"),
        ({"weights": "two"}, "weights"),
        ({"substitutes": "substitute"}, "proxies"),
        ({"quorum": "half", "extension": 1}, "extension"),
    ],
)
def test_what_makes_no_sense_with_hands_is_refused(cast, api_of, at, said, field):
    at(NOW)
    body = {"title": "Shall we?", "unit": cast.PARKS, "closes_on": "2026-11-25", "ties": "open", "hands": True}
    if "weights" in said:
        said = {"weights": [{"person": cast.Eleni, "weight": 2}]}
    answer = api_of("Nikos").post("/api/v1/decisions", json=body | said)
    assert answer.status_code == 422
    assert fields(answer) == [field]


def test_the_rule_decides_as_it_does_of_ballots(shown, api_of):
    for said, counted, outcome in (
        ({"preset": "absolute"}, numbers(1, 0), "rejected"),
        ({"preset": "absolute"}, numbers(2, 0), "decided"),
        ({"preset": "two-thirds"}, numbers(2, 1), "decided"),
        ({"quorum": "two-thirds"}, numbers(1, 0), "no-quorum"),
        ({}, numbers(1, 1, 1), "rejected"),
    ):
        made = shown(**said)
        result = api_of("Nikos").put(hands(made), json=counted).get_json()["result"]
        assert result["outcome"] == outcome, (said, counted)


def test_minutes_and_bundle_say_it_and_the_chair_breaks_a_tie(app, shown, cast, api_of, tmp_path):
    made = shown(ties="chair")
    assert api_of("Nikos").put(hands(made), json=numbers(1, 1, 1)).get_json()["result"]["outcome"] == "tie"
    word = {"choice": "yes", "reason": "Shade"}
    said = api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/tie", json=word).get_json()
    assert (said["result"]["outcome"], said["result"]["hands"]["abstained"]) == ("decided", 1)
    with app.app_context():
        who = person_as_actor(cast.Eleni)
        found = find_decision(who, made["reference"])
        sheets = {language: str(sheet_of_minutes(who, found, language)) for language in ("en", "el", "fa")}
        options = options_of(found.id)
        packed = bundle_of(
            found, options, choices_of(who, found), whole_roll(who, found), "Lefkothea", frozen_of(found),
            evidence_told(who, found, options),
        )  # fmt: skip
        db.session.remove()
    assert "By show of hands: 1 yes, 1 no, 1 abstention, typed in by " in sheets["en"]
    assert "did not vote" not in sheets["en"], "nobody knows who raised a hand"
    assert "Με ανάταση" in sheets["el"]
    assert "۱" in sheets["fa"]
    place = tmp_path / "bundle.zip"
    place.write_bytes(packed)
    with zipfile.ZipFile(io.BytesIO(packed)) as held:
        (tmp_path / "recount.py").write_bytes(held.read("recount.py"))
        assert "show of hands" in held.read("README.txt").decode()
    ran = subprocess.run([sys.executable, "-I", tmp_path / "recount.py", place], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "byte for byte" in ran.stdout


def test_a_draft_says_it_on_its_form_and_stays_so(cast, api_of, client_of, at):
    at(NOW)
    made = drafted(api_of("Nikos"), cast.PARKS, hands=True)
    form = client_of("Nikos").get(f"/decisions/{made['reference']}/editing").text
    assert 'value="hands" checked' in form
