"""A vote begun at a point of a meeting that runs, among those who are there."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from collab.core.db import db, writing
from collab.decisions.sweeps import sweep_votes
from collab.people.models import Party

from .test_meetings import NOW, added, at_, called

BEGAN = datetime(2026, 11, 26, 8, 5, 20, tzinfo=UTC)  # 10:05 in Athens


@pytest.fixture
def running(at, cast, api_of):
    """Nikos' meeting under way, with a point; Nikos and Eleni are in the room, Maria takes part from elsewhere."""
    at(NOW)
    nikos = api_of("Nikos")
    made = called(nikos, cast)
    point = added(nikos, made, "Shall we plant limes?")
    at(BEGAN)
    nikos.put(at_(made, "/beginning"))
    for name, presence in (("Nikos", "present"), ("Eleni", "present"), ("Maria", "remote"), ("Giorgos", "excused")):
        nikos.put(at_(made, f"/people/{getattr(cast, name)}"), json={"presence": presence})
    return made, point


@pytest.fixture
def over(app, at):
    """Let the time of the vote come."""

    def run():
        at(BEGAN + timedelta(minutes=12))
        with app.app_context():
            sweep_votes()
            db.session.remove()

    return run


def begun(client, running, **said):
    made, point = running
    return client.post(at_(made, f"/points/{point}/votes"), json={"title": "Shall we plant limes?"} | said)


def test_who_is_there_decides_at_once_and_the_point_and_the_minutes_say_it(running, cast, api_of, client_of, app, over):
    made, point = running
    page = f"/meetings/{made['reference']}"
    form = client_of("Nikos").get(f"{page}/points/{point}/votes/new").text
    assert 'value="Shall we plant limes?"' in form, "the question is the point's"
    sent = {"title": "Shall we plant limes?", "preset": "simple", "level": "open", "minutes": "10", "ties": "chair"}
    answer = client_of("Nikos").post(f"{page}/points/{point}/votes", data=sent)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"{page}#point-{point}")
    vote = api_of("Nikos").get(at_(made)).get_json()["points"][0]["votes"][0]
    found = api_of("Nikos").get(f"/api/v1/decisions/{vote}").get_json()
    assert (found["stage"], found["closes_at"]) == ("open", "2026-11-26T08:16:00+00:00")
    roll = api_of("Nikos").get(f"/api/v1/decisions/{vote}/electorate").get_json()["items"]
    assert {one["person"] for one in roll} == {cast.Nikos, cast.Eleni, cast.Maria}, "who is absent decides nothing"
    assert vote in client_of("Maria").get("/").text, "the vote is expected of them"
    line = client_of("Eleni").get(f"{page}/points/{point}/votes").text
    assert "Vote now" in line
    assert "0 of 3 voted" in line
    assert "until 10:16" in line
    for name, said in (("Nikos", "yes"), ("Eleni", "yes"), ("Maria", "no")):
        assert api_of(name).put(f"/api/v1/decisions/{vote}/ballot", json={"vote": said}).status_code == 200
    line = client_of("Eleni").get(page).text.split(f'id="votes-{point}"')[1].split("</article>")[0]
    assert "3 of 3 voted" in line
    assert "Vote now" not in line, "she has voted"
    over()
    shown = client_of("Eleni").get(page).text
    assert "It passes: 2 yes, 1 no." in shown
    assert "See the result" in shown
    from collab.flows.meetings.papers import sheet_of_minutes
    from collab.flows.meetings.queries import find_meeting
    from collab.people.recognise import person_as_actor

    with app.app_context():
        who = person_as_actor(cast.Nikos)
        sheet = str(sheet_of_minutes(who, find_meeting(who, made["reference"]), "en")[0])
    assert vote in sheet
    assert "It passes: 2 yes, 1 no." in sheet
    refused = api_of("Nikos").delete(at_(made, f"/points/{point}"))
    assert refused.status_code == 409, "something came of it"


@pytest.mark.parametrize(("yes", "passes"), [(("Eleni", "Maria"), True), (("Eleni",), False)])
def test_a_majority_of_those_present_counts_who_is_there_and_does_not_vote(
    running, cast, api_of, client_of, over, yes, passes
):
    made, point = running
    form = client_of("Eleni").get(f"/meetings/{made['reference']}/points/{point}/votes/new").text
    assert "Yes or no, majority of those present" in form
    assert "all entitled people" not in form, "the roll of attendance says who that is"
    vote = begun(api_of("Nikos"), running, preset="absolute").get_json()["reference"]
    api_of("Nikos").put(at_(made, f"/people/{cast.Giorgos}"), json={"presence": "present"})
    for name in yes:
        assert api_of(name).put(f"/api/v1/decisions/{vote}/ballot", json={"vote": "yes"}).status_code == 200
    over()
    sums = api_of("Eleni").get(f"/api/v1/decisions/{vote}").get_json()["result"]["count"]["sums"]
    assert (sums["base"], sums["needed"]) == (3, 2), "who comes later is not of those present when it was begun"
    line = client_of("Eleni").get(f"/meetings/{made['reference']}").text
    assert ("It passes" in line) is passes


def test_options_are_chosen_among_and_the_chair_of_the_meeting_breaks_the_tie(running, api_of, over):
    asked = begun(api_of("Nikos"), running, title="Which?", preset="one", options=["Limes", "Elms"])
    assert asked.status_code == 201, asked.get_json()
    vote = asked.get_json()["reference"]
    options = {
        one["title"]: one["id"] for one in api_of("Nikos").get(f"/api/v1/decisions/{vote}").get_json()["options"]
    }
    for name, said in (("Eleni", "Limes"), ("Maria", "Elms")):
        api_of(name).put(f"/api/v1/decisions/{vote}/ballot", json={"option": options[said]})
    over()
    word = {"option": options["Elms"], "reason": "Shade"}
    assert api_of("Eleni").put(f"/api/v1/decisions/{vote}/tie", json=word).status_code == 403
    assert api_of("Nikos").put(f"/api/v1/decisions/{vote}/tie", json=word).status_code == 200


def test_the_chair_of_the_meeting_settles_a_majority_of_those_present(running, api_of, over):
    asked = begun(api_of("Nikos"), running, preset="absolute")
    assert asked.status_code == 201, asked.get_json()
    vote = f"/api/v1/decisions/{asked.get_json()['reference']}"
    words = " ".join(api_of("Eleni").get(vote).get_json()["rule_words"])
    assert "one yes short of the majority: the chair's casting vote decides" in words
    for name, said in (("Eleni", "yes"), ("Nikos", "no"), ("Maria", "abstain")):
        assert api_of(name).put(f"{vote}/ballot", json={"vote": said}).status_code == 200
    over()
    assert api_of("Nikos").get(vote).get_json()["result"]["tied"] == ["no", "yes"]
    assert api_of("Nikos").put(f"{vote}/tie", json={"choice": "no", "reason": "Too dry"}).status_code == 200
    assert api_of("Eleni").get(vote).get_json()["result"]["outcome"] == "rejected"


@pytest.mark.parametrize(
    ("said", "ties"),
    [
        ({"preset": "two-thirds"}, "open"),
        ({"preset": "majority", "share": "three-fifths", "base": "present"}, "open"),
        ({"preset": "majority", "strictness": "at-least"}, "open"),
        ({"preset": "majority", "strictness": "at-least", "base": "present"}, "chair"),
        ({"preset": "majority"}, "chair"),
    ],
)
def test_no_chair_is_promised_where_their_word_could_change_nothing(running, api_of, said, ties):
    asked = begun(api_of("Nikos"), running, **said)
    assert asked.status_code == 201, asked.get_json()
    assert api_of("Nikos").get(f"/api/v1/decisions/{asked.get_json()['reference']}").get_json()["ties"] == ties


def test_a_vote_is_begun_by_the_head_who_runs_the_meeting_and_with_a_quorum(running, cast, api_of, client_of):
    made, _point = running
    assert begun(api_of("Eleni"), running).status_code == 403, "she writes the minutes and heads nothing"
    assert "vote-on-" not in client_of("Eleni").get(f"/meetings/{made['reference']}").text
    assert "vote-on-" in client_of("Nikos").get(f"/meetings/{made['reference']}").text
    for bad in ({"title": ""}, {"preset": "consent"}, {"minutes": 0}, {"minutes": "ten"}, {"options": ["Limes"]},
                {"preset": "one", "options": ["Limes"]}, {"preset": "one", "options": ["Limes", "Limes"]},
                {"level": "confidential"}):  # fmt: skip
        answer = begun(api_of("Nikos"), running, **bad)
        assert answer.status_code == 422, bad
    assert api_of("Nikos").get(at_(made)).get_json()["points"][0]["votes"] == [], "nothing is half-saved"
    for name in ("Eleni", "Maria"):
        api_of("Nikos").put(at_(made, f"/people/{getattr(cast, name)}"), json={"presence": "absent"})
    answer = begun(api_of("Nikos"), running)
    assert answer.status_code == 409
    assert "1 από τους 3" in answer.get_json()["detail"], "Nikos reads Greek"
    api_of("Nikos").put(at_(made, f"/people/{cast.Nikos}"), json={"presence": "absent"})
    assert begun(api_of("Nikos"), running).status_code == 409
    api_of("Nikos").put(at_(made, "/ending"), json={})
    assert begun(api_of("Nikos"), running).status_code == 409, "after the end nothing is put to the vote"


def test_hands_are_shown_in_a_meeting_and_typed_in_by_its_chair(running, cast, api_of, client_of, app):
    made, point = running
    page = f"/meetings/{made['reference']}"
    sent = {"title": "Shall we plant limes?", "preset": "simple", "level": "hands", "minutes": "10", "ties": "chair"}
    refused = client_of("Nikos").post(f"{page}/points/{point}/votes", data=sent | {"preset": "one"})
    assert refused.status_code == 422
    assert client_of("Nikos").post(f"{page}/points/{point}/votes", data=sent).status_code == 303
    vote = api_of("Nikos").get(at_(made)).get_json()["points"][0]["votes"][0]
    line = client_of("Maria").get(page).text
    assert "by show of hands · until 10:16" in line
    assert "Vote now" not in line
    assert "Type in the numbers" not in line
    assert f"/decisions/{vote}?tab=vote#hands" in client_of("Nikos").get(page).text
    assert api_of("Eleni").put(f"/api/v1/decisions/{vote}/ballot", json={"vote": "yes"}).status_code == 409
    form = client_of("Nikos").get(f"/decisions/{vote}?tab=vote").text
    version = form.split('name="version" value="')[1].split('"')[0]
    typed = {"yes": "2", "no": "1", "abstained": "1", "version": version}
    too_many = client_of("Nikos").put(f"/decisions/{vote}/hands", data=typed)
    assert too_many.status_code == 422
    assert 'value="2"' in too_many.text, "what was typed stays"
    assert client_of("Nikos").put(f"/decisions/{vote}/hands", data=typed | {"no": "0"}).status_code == 303
    shown = client_of("Eleni").get(page).text
    assert "By show of hands: 2 yes, 0 no, 1 abstention, typed in by " in shown
    assert "It passes: 2 yes, 0 no." in shown
    from collab.flows.meetings.papers import sheet_of_minutes, sheet_of_public
    from collab.flows.meetings.queries import find_meeting
    from collab.people.recognise import person_as_actor

    with app.app_context():
        who = person_as_actor(cast.Nikos)
        found = find_meeting(who, made["reference"])
        assert "By show of hands: 2 yes, 0 no, 1 abstention, typed in by " in str(sheet_of_minutes(who, found, "en")[0])
        public = str(sheet_of_public(who, found, "en")[0])
        db.session.remove()
    assert "By show of hands: 2 yes, 0 no, 1 abstention. It passes" in public, "without who typed it in"
    assert vote not in public
    both = begun(api_of("Nikos"), running, hands=True, level="confidential")
    assert both.status_code == 422
    assert [one["field"] for one in both.get_json()["errors"]] == ["level"]


def hands_vote(api, running):
    """A vote by show of hands that was begun at the point, by reference."""
    asked = begun(api, running, hands=True)
    assert asked.status_code == 201, asked.get_json()
    return asked.get_json()["reference"]


def numbers(yes, no, abstained=0):
    return {"yes": yes, "no": no, "abstained": abstained}


def test_whoever_keeps_the_minutes_types_the_hands_in_and_corrects_them_until_they_are_approved(
    running, cast, api_of, client_of
):
    made, _point = running
    vote = hands_vote(api_of("Nikos"), running)
    at = f"/api/v1/decisions/{vote}/hands"
    assert api_of("Maria").put(at, json=numbers(2, 1)).status_code == 403, "she is there, and keeps no minutes"
    secretary = client_of("Eleni")
    assert "Type in the numbers" in secretary.get(f"/meetings/{made['reference']}").text
    assert 'name="abstained"' in secretary.get(f"/decisions/{vote}?tab=vote").text
    assert api_of("Eleni").put(at, json=numbers(1, 2)).status_code == 200
    api_of("Nikos").put(at_(made, "/ending"), json={})
    outcome = {"outcome": "No limes."}
    assert api_of("Nikos").put(f"/api/v1/decisions/{vote}/outcome", json=outcome).status_code == 200
    said = api_of("Eleni").put(f"{at}/correction", json=numbers(0, 3) | {"reason": "One more"}).get_json()
    assert (said["stage"], said["outcome"]) == ("decided", "No limes."), "the result is the same, and stands"
    said = api_of("Eleni").put(f"{at}/correction", json=numbers(2, 1) | {"reason": "Swapped"}).get_json()
    assert (said["stage"], said["outcome"], said["result"]["outcome"]) == ("closed", None, "decided")
    assert said["result"]["hands"]["before"][1]["outcome"] == "No limes.", "what had been written down is kept"
    line = secretary.get(f"/meetings/{made['reference']}").text
    assert "It passes: 2 yes, 1 no." in line
    assert line.index("It passes: 2 yes, 1 no.") < line.index("Why it was corrected: “")
    assert api_of("Nikos").put(at_(made, "/approval")).status_code == 200
    late = api_of("Nikos").put(f"{at}/correction", json=numbers(3, 0) | {"reason": "Miscounted"})
    assert late.status_code == 409
    assert "πρακτικά" in late.get_json()["detail"], "Nikos reads Greek"
    assert "correct-hands" not in client_of("Nikos").get(f"/decisions/{vote}?tab=result").text


def test_public_minutes_say_that_it_was_corrected_and_neither_by_whom_nor_why(running, cast, api_of, app):
    from collab.flows.meetings.papers import sheet_of_public
    from collab.flows.meetings.queries import find_meeting
    from collab.people.recognise import person_as_actor

    made, _point = running
    at = f"/api/v1/decisions/{hands_vote(api_of('Nikos'), running)}/hands"
    api_of("Nikos").put(at, json=numbers(1, 2))
    api_of("Nikos").put(f"{at}/correction", json=numbers(2, 1) | {"reason": "Maria's hand"})
    with app.app_context():
        who = person_as_actor(cast.Nikos)
        public = str(sheet_of_public(who, find_meeting(who, made["reference"]), "en")[0])
        db.session.remove()
    before = "It was corrected; before that it said: 1 yes, 2 no, 0 abstentions."
    assert public.index("It passes: 2 yes, 1 no.") < public.index(before)
    assert "hand" not in public.replace("show of hands", "")


def test_from_a_vote_one_comes_back_to_its_meeting_and_point(running, cast, api_of, client_of):
    made, point = running
    vote = begun(api_of("Nikos"), running).get_json()["reference"]
    for tab in ("vote", "question", "talk"):
        page = client_of("Eleni").get(f"/decisions/{vote}?tab={tab}").text
        assert f'href="/meetings/{made["reference"]}#point-{point}"' in page
    other = api_of("Nikos").post("/api/v1/decisions", json={"title": "Which?", "unit": cast.PARKS, "preset": "simple"})
    reference = other.get_json()["reference"]
    assert 'id="venue"' not in client_of("Nikos").get(f"/decisions/{reference}").text
    stands = added(api_of("Nikos"), made, "Which, then?", about=reference)
    assert f"#point-{stands}" in client_of("Nikos").get(f"/decisions/{reference}").text, "it stands on that agenda"
    assert api_of("Eleni").put(f"/api/v1/decisions/{reference}/hands", json=numbers(1, 0)).status_code == 403


def test_a_meeting_with_votes_still_open_ends_only_when_they_were_named(running, api_of, client_of):
    made, _point = running
    first = begun(api_of("Nikos"), running).get_json()["reference"]
    begun(api_of("Nikos"), running, title="Shall we plant elms?")
    refused = api_of("Nikos").put(at_(made, "/ending"), json={})
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "votes_stay")
    assert api_of("Nikos").get(at_(made)).get_json()["stage"] == "running", "nothing is half done"
    page = client_of("Nikos").put(f"/meetings/{made['reference']}/ending")
    assert page.status_code == 422
    named = page.text.split('id="votes-open"')[1].split("</form>")[0]
    assert all(said in named for said in (f"/decisions/{first}", "Shall we plant limes?", "Shall we plant elms?"))
    assert 'name="votes_stay" value="on"' in named
    assert client_of("Nikos").put(f"/meetings/{made['reference']}/ending", data={"votes_stay": "on"}).status_code == 303
    assert api_of("Nikos").get(at_(made)).get_json()["stage"] == "minutes"
    assert api_of("Eleni").get(f"/api/v1/decisions/{first}").get_json()["stage"] == "open"


def test_a_meeting_whose_votes_are_closed_ends_without_a_question(running, over, api_of):
    made, _point = running
    begun(api_of("Nikos"), running)
    over()
    assert api_of("Nikos").put(at_(made, "/ending"), json={}).status_code == 200


def test_a_correction_that_turns_is_refused_once_another_decision_was_replaced(running, cast, api_of):
    nikos = api_of("Nikos")
    old, new = (f"/api/v1/decisions/{hands_vote(nikos, running)}" for _vote in range(2))
    for one in (old, new):
        assert nikos.put(f"{one}/hands", json=numbers(2, 1)).status_code == 200
        assert nikos.put(f"{one}/outcome", json={"outcome": "Limes."}).status_code == 200
    reference = nikos.get(new).get_json()["reference"]
    assert nikos.put(f"{old}/successor", json={"item": reference}).status_code == 200
    turned = numbers(1, 2) | {"reason": "Misread"}
    refused = api_of("Eleni").put(f"{new}/hands/correction", json=turned)
    assert (refused.status_code, "took the place" in refused.get_json()["detail"]) == (409, True), refused.get_json()
    same = api_of("Eleni").put(f"{new}/hands/correction", json=numbers(3, 0) | {"reason": "Misread"})
    assert same.status_code == 200, "what came out is the same"


def test_the_outcome_of_approved_minutes_is_proposed_as_that_of_the_vote(running, api_of, client_of, over):
    made, point = running
    nikos = api_of("Nikos")
    vote = begun(nikos, running).get_json()["reference"]
    said = {"notes": "", "outcome": "Forty limes, from March.", "version": 1}
    assert nikos.put(at_(made, f"/points/{point}/minutes"), json=said).status_code == 200
    over()
    assert nikos.put(at_(made, "/ending"), json={}).status_code == 200
    page = f"/decisions/{vote}?tab=result"
    assert "Forty limes" not in client_of("Nikos").get(page).text, "the minutes may still change"
    assert nikos.put(at_(made, "/approval")).status_code == 200
    shown = client_of("Nikos").get(page).text
    assert "Forty limes, from March.</textarea>" in shown
    assert 'id="from-minutes"' in shown
    assert nikos.put(f"/api/v1/decisions/{vote}/outcome", json={"outcome": "Forty."}).status_code == 200
    assert "Forty limes" not in client_of("Nikos").get(page).text


def test_who_is_noted_stands_by_name_as_the_reader_reads_it(running, app, cast, client_of):
    made, _point = running
    with app.app_context(), writing() as session:
        for who, name in ((cast.Maria, "Άννα Λέκκα"), (cast.Eleni, "Ωραία Μάρκου"), (cast.Nikos, "Βασίλης Παππάς")):
            session.execute(update(Party).where(Party.id == who).values(names={"el": name}))
    page = client_of("Nikos").get(f"/meetings/{made['reference']}?tab=people").text
    named = [part.split("</bdi>")[0] for part in page.split('id="attendance"')[1].split('class="row-title">')[1:]]
    assert named[1:] == ["Άννα Λέκκα", "Βασίλης Παππάς", "Ωραία Μάρκου"]
    assert named[0] == "Giorgos Zervas", "Latin comes before Greek"


def test_while_a_vote_runs_no_other_is_offered_at_its_point_and_once_all_voted_it_is_closed_there(
    running, api_of, client_of
):
    made, point = running
    page, offered = f"/meetings/{made['reference']}", f'id="vote-on-{point}"'
    nikos = client_of("Nikos")
    assert offered in nikos.get(page).text
    vote = begun(api_of("Nikos"), running).get_json()["reference"]
    closing = f'action="/decisions/{vote}/closing?_method=PUT"'
    shown = nikos.get(page).text
    assert (offered in shown, closing in shown) == (False, False)
    for name in ("Nikos", "Eleni", "Maria"):
        assert api_of(name).put(f"/api/v1/decisions/{vote}/ballot", json={"vote": "yes"}).status_code == 200
    assert (closing in nikos.get(page).text, closing in client_of("Maria").get(page).text) == (True, False)
    assert nikos.put(f"/decisions/{vote}/closing").status_code == 303
    assert offered in nikos.get(page).text


def test_the_title_of_a_point_keeps_its_own_direction_on_paper(running, app, cast):
    """In Persian minutes the question mark of an English title would stand before it."""
    from collab.flows.meetings.papers import sheet_of_minutes
    from collab.flows.meetings.queries import find_meeting
    from collab.people.recognise import person_as_actor

    with app.app_context():
        who = person_as_actor(cast.Nikos)
        sheet = sheet_of_minutes(who, find_meeting(who, running[0]["reference"]), "fa")[0]
    assert "۱. \u2068Shall we plant limes?\u2069" in [section["title"] for section in sheet["sections"]]
