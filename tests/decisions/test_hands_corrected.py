"""Numbers of a show of hands that were typed in wrongly are corrected: by whom, until when, and what is said of it."""

import io
import json
import subprocess
import sys
import threading
import zipfile

import pytest
from sqlalchemy import select

from collab.core.db import db
from collab.core.facts import FactRow
from collab.decisions.bundled import bundle_of
from collab.decisions.minuted import sheet_of_minutes
from collab.decisions.queries import evidence_told, find_decision, options_of
from collab.decisions.queries.papers import choices_of, frozen_of, whole_roll
from collab.people.recognise import person_as_actor

from .voting import CLOSES, NOW, drafted, fields, opened


@pytest.fixture
def typed(at, cast, api_of):
    """A vote by show of hands of Nikos, Eleni and Maria, typed in by Nikos as one yes and two no."""
    at(NOW)

    def begin(numbers=(1, 2, 0), **said):
        among = {"people": [cast.Nikos, cast.Eleni, cast.Maria]}
        made = opened(api_of("Nikos"), cast.PARKS, hands=True, chair=cast.Nikos, electorate=among, **said)
        answer = api_of("Nikos").put(hands(made), json=counted(*numbers))
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()

    return begin


def counted(yes, no, abstained=0, **reason):
    return {"yes": yes, "no": no, "abstained": abstained} | reason


def hands(made):
    return f"/api/v1/decisions/{made['reference']}/hands"


def corrected(client, made, *numbers, reason="Misread", **more):
    return client.put(f"{hands(made)}/correction", json=counted(*numbers, reason=reason), **more)


def whole(client, made):
    return client.get(f"/api/v1/decisions/{made['reference']}").get_json()


def test_it_is_counted_again_and_page_minutes_and_ledger_keep_what_stood_there(app, typed, cast, api_of, client_of):
    made = typed()
    assert made["result"]["outcome"] == "rejected"
    answer = corrected(api_of("Nikos"), made, 2, 1, reason="The columns were swapped")
    assert answer.status_code == 200, answer.get_json()
    result = answer.get_json()["result"]
    assert (result["outcome"], result["cast"], result["hands"]["yes"]) == ("decided", 3, 2)
    before = result["hands"]["before"]
    assert [(one["yes"], one["no"], one["by"], one["reason"]) for one in before] == [
        (1, 2, cast.Nikos, "The columns were swapped")
    ]
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").text
    plain = page.translate(dict.fromkeys(map(ord, "\u2068\u2069")))
    assert "2 yes, 1 no, 0 abstentions, as " in plain
    assert "had typed in: 1 yes, 2 no, 0 abstentions. Why it was corrected: “The columns were swapped”." in plain
    assert "correct-hands" not in page, "she neither runs nor chairs it"
    assert "correct-hands" in client_of("Nikos").get(f"/decisions/{made['reference']}?tab=result").text
    assert corrected(api_of("Nikos"), made, 3, 0).status_code == 200
    with app.app_context():
        who = person_as_actor(cast.Eleni)
        found = find_decision(who, made["reference"])
        sheets = {language: str(sheet_of_minutes(who, found, language)) for language in ("en", "el", "fa")}
        kept = db.session.scalars(select(FactRow).where(FactRow.kind == "hands-corrected").order_by(FactRow.id)).all()
        said = [(one.payload["yes_before"], one.payload["yes"]) for one in kept]
        db.session.remove()
    assert said == [(1, 2), (2, 3)]
    assert sheets["en"].count("Why it was corrected") == 2, "both corrections"
    assert "The columns were swapped" in sheets["el"]
    assert "The columns were swapped" in sheets["fa"]


def test_the_bundle_recounts_and_says_what_was_corrected(app, typed, cast, api_of, tmp_path):
    made = typed()
    corrected(api_of("Nikos"), made, 2, 0, 1)
    with app.app_context():
        who = person_as_actor(cast.Eleni)
        found = find_decision(who, made["reference"])
        options = options_of(found.id)
        packed = bundle_of(
            found, options, choices_of(who, found), whole_roll(who, found), "Lefkothea", frozen_of(found),
            evidence_told(who, found, options),
        )  # fmt: skip
        db.session.remove()
    place = tmp_path / "bundle.zip"
    place.write_bytes(packed)
    with zipfile.ZipFile(io.BytesIO(packed)) as held:
        (tmp_path / "recount.py").write_bytes(held.read("recount.py"))
        kept = json.loads(held.read("hands.json"))
    assert (kept["yes"], kept["before"][0]["no"], kept["before"][0]["reason"]) == (2, 2, "Misread")
    ran = subprocess.run([sys.executable, "-I", tmp_path / "recount.py", place], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Outcome   decided" in ran.stdout


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (counted(2, 1), "reason"),
        (counted(2, 1, reason=" "), "reason"),
        (counted(2, 1, 1, reason="Misread"), "yes"),
        (counted(-1, 1, reason="Misread"), "yes"),
        (counted(1, 2, reason="Misread"), "yes"),
    ],
)
def test_without_a_reason_or_with_numbers_that_cannot_be_nothing_changes(typed, api_of, client_of, said, field):
    made = typed()
    answer = api_of("Nikos").put(f"{hands(made)}/correction", json=said)
    assert (answer.status_code, field in fields(answer)) == (422, True)
    page = client_of("Nikos").put(f"/decisions/{made['reference']}/hands/correction", data=said)
    assert page.status_code == 422
    assert f'id="f-{field}-error"' in page.text
    assert whole(api_of("Nikos"), made) == made


def test_others_do_not_correct_and_of_two_at_once_the_second_is_told(typed, api_of):
    made = typed()
    assert corrected(api_of("Eleni"), made, 2, 1).status_code == 403
    answers, ready = [], threading.Barrier(2)

    def send(client, yes):
        ready.wait()
        seen = {"If-Match": f'"{made["version"]}"'}
        answers.append(corrected(client, made, yes, 0, headers=seen).status_code)

    threads = [threading.Thread(target=send, args=(api_of("Nikos"), yes)) for yes in (2, 3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [200, 412]


def test_a_vote_that_is_open_or_has_ballots_has_nothing_to_correct(cast, api_of, at):
    at(NOW)
    nikos = api_of("Nikos")
    running = opened(nikos, cast.PARKS, hands=True)
    assert corrected(nikos, running, 1, 0).status_code == 409
    assert corrected(nikos, drafted(nikos, cast.PARKS, hands=True), 1, 0).status_code == 409
    assert corrected(nikos, opened(nikos, cast.PARKS), 1, 0).status_code == 409


def test_numbers_that_nobody_typed_in_before_the_hour_come_later_with_a_reason(cast, api_of, client_of, at, close):
    at(NOW)
    among = {"people": [cast.Nikos, cast.Eleni]}
    made = opened(api_of("Nikos"), cast.PARKS, hands=True, electorate=among)
    close()
    assert whole(api_of("Nikos"), made)["result"]["cast"] == 0
    assert 'id="correct-hands"' in client_of("Nikos").get(f"/decisions/{made['reference']}").text
    answer = corrected(api_of("Nikos"), made, 2, 0, reason="The line was down")
    assert answer.get_json()["result"]["outcome"] == "decided"
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").text
    assert "no numbers were typed in before the hour of the close. Why they came later: " in page
    assert answer.get_json()["closed_at"] == CLOSES.isoformat()


def test_the_chairs_word_goes_with_the_tie_that_it_broke(typed, api_of, client_of):
    made = typed((1, 1, 1), ties="chair")
    word = {"choice": "yes", "reason": "Shade"}
    tie = f"/api/v1/decisions/{made['reference']}/tie"
    assert api_of("Nikos").put(tie, json=word).get_json()["result"]["outcome"] == "decided"
    said = corrected(api_of("Nikos"), made, 1, 2).get_json()
    assert (said["result"]["outcome"], said["chosen"]) == ("rejected", None)
    assert said["result"]["hands"]["before"][0]["chosen"][0]["reason"] == "Shade"
    assert api_of("Nikos").put(tie, json=word).status_code == 409
    even = corrected(api_of("Nikos"), made, 1, 1).get_json()
    assert even["result"]["outcome"] == "tie"
    assert made["reference"] in client_of("Nikos").get("/").text, "the chair's word is expected again"
    assert api_of("Nikos").put(tie, json=word).get_json()["result"]["outcome"] == "decided"


def test_once_the_outcome_is_written_down_the_numbers_of_a_vote_without_a_meeting_stand(typed, api_of, client_of):
    made = typed()
    outcome = {"outcome": "No limes."}
    assert api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/outcome", json=outcome).status_code == 200
    assert corrected(api_of("Nikos"), made, 2, 1).status_code == 409
    assert "correct-hands" not in client_of("Nikos").get(f"/decisions/{made['reference']}?tab=result").text


def test_everybody_entitled_hears_of_it(typed, cast, api_of, tell, client_of):
    made = typed()
    corrected(api_of("Nikos"), made, 2, 1)
    tell()
    assert "numbers of a show of hands were corrected" in client_of("Eleni").get("/inbox").text
