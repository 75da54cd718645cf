"""A majority and a quorum of those present: in a vote that belongs to a meeting, fixed when it opens."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from collab.core.db import db
from collab.core.i18n import speaking
from collab.decisions.sweeps import sweep_votes
from collab.files.papers import make_paper
from tests.decisions.bundle.test_bundle import recount
from tests.decisions.voting import ballot, drafted, fields, rule_in

from .test_meetings import NOW, added, at_, called

BEGAN = datetime(2026, 11, 26, 8, 5, 20, tzinfo=UTC)  # 10:05 in Athens
FOUR = ("Nikos", "Eleni", "Giorgos", "Babis")
NO_MEETING = "Who is present is known in a meeting alone: put the vote on the agenda of one first."


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def over(app, at):
    """Let the time of every vote come."""

    def run(when=BEGAN + timedelta(days=1, minutes=1)):
        at(when)
        with app.app_context():
            sweep_votes()
            db.session.remove()

    return run


@pytest.fixture
def bundle_of(app):
    """The bundle of a vote, as the job makes it."""

    def run(client, made):
        answer = client.post(f"/api/v1/decisions/{made['reference']}/bundle")
        assert answer.status_code == 202, answer.get_json()
        with app.app_context():
            make_paper(answer.get_json()["id"])
        shown = client.get(f"/api/v1/papers/{answer.get_json()['id']}").get_json()
        return client.get(shown["content"]).get_data()

    return run


def drawn(client, cast, **said):
    """A draft that closes a day after the meeting began."""
    return drafted(
        client, cast.PARKS, title="Shall we plant limes?", closes_on="2026-11-27", closes_clock="10:05", **said
    )


def changed(client, made, **said):
    """The draft, edited as a whole."""
    body = {"title": made["title"], "closes_on": "2026-11-27", "closes_clock": "10:05", "ties": "open"} | said
    return client.put(f"/api/v1/decisions/{made['reference']}", json=body)


def opening(client, made):
    return client.put(f"/api/v1/decisions/{made['reference']}/opening")


def there(client, cast, meeting, presence="present", *names):
    for name in names:
        answer = client.put(at_(meeting, f"/people/{getattr(cast, name)}"), json={"presence": presence})
        assert answer.status_code in (200, 204), answer.get_json()


@pytest.fixture
def listed(cast, api_of):
    """A draft among the four of PARKS that stands on the agenda of a meeting to which all four are invited."""
    nikos = api_of("Nikos")
    meeting = called(nikos, cast, people=[cast.Giorgos, cast.Babis, cast.Maria], quorum="none")
    made = drawn(nikos, cast)
    added(nikos, meeting, "Limes", about=made["reference"])
    return meeting, made


@pytest.fixture
def running(at, cast, api_of, listed):
    """The meeting under way: Nikos and Eleni are in the room, Giorgos takes part from elsewhere, Babis is not there;
    and Maria, who is there, is not entitled."""
    meeting, made = listed
    at(BEGAN)
    nikos = api_of("Nikos")
    nikos.put(at_(meeting, "/beginning"))
    there(nikos, cast, meeting, "present", "Nikos", "Eleni", "Maria")
    there(nikos, cast, meeting, "remote", "Giorgos")
    there(nikos, cast, meeting, "absent", "Babis")
    return meeting, made


OF_PRESENT = {"preset": "majority", "base": "present"}


def test_of_those_present_is_refused_at_its_field_where_a_vote_belongs_to_no_meeting(cast, api_of, client_of):
    eleni = api_of("Eleni")
    body = {"title": "Shall we?", "unit": cast.PARKS}
    made = drawn(eleni, cast)
    for said, field in ((OF_PRESENT, "base"), ({"quorum": "half", "quorum_base": "present"}, "quorum_base")):
        answer = eleni.post("/api/v1/decisions", json=body | said)
        assert (answer.status_code, fields(answer)) == (422, [field])
        assert answer.get_json()["errors"][0]["reason"] == NO_MEETING
        assert fields(changed(eleni, made, **said)) == [field]
    page = client_of("Eleni").get(f"/decisions/{made['reference']}/editing").text
    assert "of those present" not in page
    assert 'name="quorum_base"' not in page
    sent = {"title": "Shall we?", "unit": str(cast.PARKS), "strictness": "more-than", "share": "half"} | OF_PRESENT
    refused = client_of("Eleni").post("/decisions", data=sent)
    assert refused.status_code == 422
    at_field = refused.text.split('id="f-base-error">')[1].split("<")[0]
    assert at_field == NO_MEETING
    assert '<option value="present" selected>of those present</option>' in refused.text, "what was chosen stays"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"quorum_base": "present"}, "quorum_base"),
        ({"quorum": "half", "quorum_base": "cast"}, "quorum_base"),
        ({"preset": "consent", "quorum_base": "present"}, "quorum_base"),
        ({"preset": "absolute", "base": "cast"}, "base"),
        ({"preset": "two-thirds", "base": "present"}, "base"),
        ({"preset": "majority", "base": ["present"]}, "base"),
        ({"preset": "majority", "base": "those present"}, "base"),
    ],
)
def test_what_makes_no_card_is_refused_on_an_agenda_too(api_of, listed, said, field):
    answer = changed(api_of("Nikos"), listed[1], **said)
    assert (answer.status_code, fields(answer)) == (422, [field]), answer.get_json()


def test_the_form_of_a_vote_on_an_agenda_offers_them_and_keeps_them(api_of, client_of, listed):
    _meeting, made = listed
    href = f"/decisions/{made['reference']}"
    page = client_of("Eleni").get(f"{href}/editing").text
    assert page.count(">of those present</option>") == 2
    assert "More than half of those entitled" not in page, "of whom stands beside it"
    sent = {
        "title": made["title"], "closes_on": "2026-11-27", "closes_clock": "10:05", "ties": "open", "quorum": "half",
        "quorum_base": "present", "strictness": "at-least", "share": "three-fifths", "reach": "unit",
    } | OF_PRESENT  # fmt: skip
    assert client_of("Nikos").put(href, data=sent).status_code == 303
    known = api_of("Eleni").get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert (known["base"], known["quorum_base"], known["share"]) == ("present", "present", "three-fifths")
    page = client_of("Eleni").get(f"{href}/editing").text
    assert page.count('<option value="present" selected>') == 2
    again = client_of("Eleni").get(f"/decisions/new?revises={made['reference']}").text
    assert "of those present" not in again, "the new one belongs to no meeting yet"
    assert '<option value="entitled" selected>' in again


def test_it_opens_only_while_the_meeting_runs_with_somebody_there(at, cast, api_of, client_of, listed):
    meeting, made = listed
    nikos = api_of("Nikos")
    assert changed(nikos, made, **OF_PRESENT).status_code == 200
    early = opening(nikos, made)
    assert (early.status_code, fields(early)) == (422, ["base"])
    page = f"/decisions/{made['reference']}/opening"
    waits = client_of("Eleni").get(page).text.split('id="who-is-present"')[1].split("</div>")[0]
    assert "open the vote while the meeting is under way" in waits
    at(BEGAN)
    nikos.put(at_(meeting, "/beginning"))
    there(nikos, cast, meeting, "present", "Maria")
    empty = opening(nikos, made)
    assert (empty.status_code, fields(empty)) == (422, ["base"])
    there(nikos, cast, meeting, "present", "Nikos", "Eleni")
    ready = client_of("Eleni").get(page).text
    named = ready.split('id="who-is-present"')[1].split("</div>")[0]
    assert "3 people are noted as present in:" in named
    assert meeting["reference"] in named
    assert "2 left out" in ready
    roll = api_of("Eleni").get(f"/api/v1/decisions/{made['reference']}/electorate").get_json()["items"]
    assert {one["person"] for one in roll if one["left_out"] == "absent"} == {cast.Giorgos, cast.Babis}
    second = called(nikos, cast, quorum="none")
    added(nikos, second, "Limes again", about=made["reference"])
    nikos.put(at_(second, "/beginning"))
    there(nikos, cast, second, "present", "Nikos")
    twice = opening(nikos, made)
    assert (twice.status_code, fields(twice)) == (422, ["base"]), "it stands on two agendas"
    nikos.put(at_(second, "/ending"), json={})
    assert opening(nikos, made).status_code == 200


def test_only_those_present_vote_and_who_comes_later_is_not_of_them(cast, api_of, client_of, running):
    meeting, made = running
    nikos = api_of("Nikos")
    assert changed(nikos, made, **OF_PRESENT).status_code == 200
    opened = opening(nikos, made).get_json()
    assert opened["turnout"]["entitled"] == 3
    assert opened["rule"]["present"] == {"at": opened["opened_at"], "votes": 3, "absent": 1}
    assert (opened["rule"]["card"]["base"], opened["rule"]["card"]["threshold"]) == ("present", "1/2")
    there(nikos, cast, meeting, "present", "Babis")
    late = api_of("Babis").put(ballot(made), json={"vote": "yes"})
    assert late.status_code == 403
    assert "παρουσία" in late.get_json()["detail"], "Babis reads Greek"
    page = client_of("Babis").get(f"/decisions/{made['reference']}?tab=vote").text
    assert "Δεν είχε σημειωθεί η παρουσία σας" in page
    assert made["reference"] not in client_of("Babis").get("/").text, "nothing is expected of him"
    assert (
        "was not noted as present when the vote opened"
        in client_of("Eleni").get(f"/decisions/{made['reference']}/electorate").text
    )


@pytest.mark.parametrize(
    ("card", "yes", "needed", "outcome"),
    [
        ({"share": "half"}, ("Eleni",), 2, "rejected"),
        ({"share": "half"}, ("Eleni", "Nikos"), 2, "decided"),
        ({"share": "half", "strictness": "at-least"}, ("Eleni",), 1, "decided"),
        ({"share": "half", "recused": "count"}, ("Eleni", "Nikos"), 2, "decided"),
        ({"share": "three-quarters", "recused": "count"}, ("Eleni", "Nikos"), 3, "rejected"),
    ],
)
def test_the_base_is_those_present_and_not_standing_aside(
    cast, api_of, client_of, running, over, bundle_of, tmp_path, card, yes, needed, outcome
):
    """Of four entitled three are there, and one of these stands aside: two, or three where the card keeps them."""
    _meeting, made = running
    nikos = api_of("Nikos")
    assert changed(nikos, made, **OF_PRESENT, **card).status_code == 200
    assert opening(nikos, made).status_code == 200
    aside = api_of("Giorgos").put(f"/api/v1/decisions/{made['reference']}/recusal", json={"reason": "My garden"})
    assert aside.status_code == 204
    for name in yes:
        assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
    over()
    base = 3 if card.get("recused") else 2
    found = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()
    sums = found["result"]["count"]["sums"]
    assert (found["result"]["outcome"], sums["needed"], sums["base"], sums["present"]) == (outcome, needed, base, base)
    assert sums["entitled"] == base + 1, "the absent stay among the entitled"
    others = {name: same for name, _winners, _outcome, same in found["result"]["firm"]["others"]}
    if card.get("strictness"):
        assert others["1/2 present"] is False, "one yes is half of two present, and not more than half"
    words = rule_in(api_of("Eleni"), made)
    assert "4 entitled, 3 present, 1 recused, " in words
    assert f"The recused {'count' if card.get('recused') else 'do not count'} among those present." in words
    assert "Present are those noted so in the meeting when the vote opens, and only they vote." in words
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").text
    assert f"It took {needed} yes." in page
    data = bundle_of(api_of("Eleni"), made)
    code, told = recount(data, tmp_path / "whole")
    assert (code, "byte for byte" in told, "DIFFERS" in told) == (0, True, False), told
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        electorate = json.loads(held.read("electorate.json"))
        roll = json.loads(held.read("roll.json"))
        opened = json.loads(held.read("opened.json"))
    assert electorate == {"entitled": 4, "recused": 1, "present": base}
    assert (opened["electorate"]["votes"], opened["rule"]["present"]["absent"]) == (3, 1)
    for file, wrong, said in (
        ("electorate_json", json.dumps(electorate | {"present": 4}), "the votes present are not those of the opening"),
        ("roll_json", json.dumps([one for one in roll if one["left_out"] is None]), "those who were absent are not"),
    ):
        code, told = recount(data, tmp_path / file, **{file: wrong.encode()})
        assert (code, said in told) == (1, True), told


def test_the_quorum_is_of_those_present_or_of_all_and_the_minutes_say_which(cast, api_of, running, over, app):
    meeting, first = running
    nikos = api_of("Nikos")
    second = drawn(nikos, cast)
    added(nikos, meeting, "Again", about=second["reference"])
    card = OF_PRESENT | {"quorum": "two-thirds", "strictness": "at-least"}
    for made, base in ((first, "present"), (second, "entitled")):
        assert changed(nikos, made, **card, quorum_base=base).status_code == 200
        assert opening(nikos, made).status_code == 200
        for name in ("Eleni", "Nikos"):
            assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
    assert "At least two thirds of those present must take part." in rule_in(api_of("Eleni"), first)
    assert "4 entitled, 3 present, quorum 2 of 3, passes with 2 yes if 3 vote." in rule_in(api_of("Eleni"), first)
    assert "4 entitled, 3 present, quorum 3 of 4, passes with 2 yes if 3 vote." in rule_in(api_of("Eleni"), second)
    over()
    outcomes = []
    for made in (first, second):
        found = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()
        outcomes.append((found["result"]["outcome"], found["result"]["count"]["sums"]["quorum"]))
    assert outcomes == [("decided", 2), ("no-quorum", 3)]
    from collab.decisions.minuted import sheet_of_minutes
    from collab.decisions.queries import find_decision
    from collab.people.recognise import person_as_actor

    said = {
        "en": ("of those present must take part", "was not noted as present when the vote opened", "3 present"),
        "el": ("των παρόντων", "δεν είχε σημειωθεί η παρουσία όταν άνοιξε η ψηφοφορία", "3 παρόντες"),
        "fa": ("حاضران", "هنگام باز شدن رأی‌گیری حاضر ثبت نشده بود", "۳ نفر حاضر"),
    }
    with app.app_context():
        who = person_as_actor(cast.Eleni)
        found = find_decision(who, first["reference"])
        for language, parts in said.items():
            with speaking(language):
                sheet = json.dumps(sheet_of_minutes(who, found, language), ensure_ascii=False, default=str)
            for part in parts:
                assert part in sheet, (language, part)
        db.session.remove()


def test_in_a_vote_begun_in_a_meeting_any_share_of_those_present_may_be_asked(
    cast, api_of, client_of, running, over, bundle_of, tmp_path
):
    meeting, _made = running
    point = added(api_of("Nikos"), meeting, "Elms")
    page = f"/meetings/{meeting['reference']}/points/{point}/votes"
    form = client_of("Nikos").get(f"{page}/new").text
    assert ">των παρόντων</option>" in form, "Nikos reads Greek"
    assert 'value="entitled"' not in form, "here they are the same"
    sent = {
        "title": "Elms?", "preset": "majority", "strictness": "at-least", "share": "two-thirds", "base": "present",
        "quorum": "half", "level": "open", "minutes": "10", "ties": "chair",
    }  # fmt: skip
    assert client_of("Nikos").post(page, data=sent).status_code == 303
    begun = api_of("Nikos").get(at_(meeting)).get_json()["points"][1]["votes"][0]
    made = api_of("Eleni").get(f"/api/v1/decisions/{begun}").get_json()
    assert (made["base"], made["quorum_base"], made["rule"]["present"]["absent"]) == ("present", "present", 0)
    words = rule_in(api_of("Eleni"), made)
    assert "Passes with at least two thirds of those present." in words
    assert "More than half of those present must take part." in words
    assert " 4 present, quorum 3 of 4, passes with 3 yes if 4 vote." in words, "nobody else is entitled"
    for name, vote in (("Nikos", "yes"), ("Eleni", "yes"), ("Maria", "no")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    over(BEGAN + timedelta(minutes=12))
    found = api_of("Eleni").get(f"/api/v1/decisions/{begun}").get_json()["result"]
    assert (found["outcome"], found["count"]["sums"]["base"]) == ("rejected", 4), "two of three are not two of four"
    assert recount(bundle_of(api_of("Eleni"), made), tmp_path)[0] == 0


def test_a_quorum_of_those_present_that_is_missed_decides_nothing(cast, api_of, client_of, running, over):
    meeting, _made = running
    point = added(api_of("Nikos"), meeting, "Elms")
    body = {"title": "Elms?", "quorum": "half"}
    made = api_of("Nikos").post(at_(meeting, f"/points/{point}/votes"), json=body).get_json()
    assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 200
    over(BEGAN + timedelta(minutes=12))
    line = client_of("Eleni").get(f"/meetings/{meeting['reference']}").text
    assert "No quorum: 1 of 4 voted, 3 were needed. Nothing is decided." in line


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"preset": "majority", "base": "entitled"}, "base"),
        ({"preset": "majority", "share": "all"}, "share"),
        ({"preset": "majority", "share": 0.5}, "share"),
        ({"preset": "simple", "share": "two-thirds"}, "share"),
        ({"preset": "simple", "base": "present"}, "base"),
        ({"preset": "one", "options": ["Limes", "Elms"], "strictness": "at-least"}, "strictness"),
        ({"preset": "absolute", "base": "cast"}, "base"),
        ({"quorum": "most"}, "quorum"),
        ({"quorum_base": "present"}, "quorum_base"),
    ],
)
def test_a_vote_in_a_meeting_takes_no_majority_that_is_none(api_of, running, said, field):
    meeting, _made = running
    point = added(api_of("Nikos"), meeting, "Elms")
    answer = api_of("Nikos").post(at_(meeting, f"/points/{point}/votes"), json={"title": "Elms?"} | said)
    assert (answer.status_code, fields(answer)) == (422, [field]), answer.get_json()
    assert api_of("Nikos").get(at_(meeting)).get_json()["points"][1]["votes"] == [], "nothing is half-saved"


def test_the_majority_of_those_present_names_them_on_its_card(api_of, client_of, running):
    """The absolute majority: on an agenda of all who are entitled, unless those present are said."""
    meeting, listed = running
    point = added(api_of("Nikos"), meeting, "Elms")
    body = {"title": "Elms?", "preset": "absolute"}
    begun = api_of("Nikos").post(at_(meeting, f"/points/{point}/votes"), json=body).get_json()
    assert "Passes with more than half of those present." in rule_in(api_of("Eleni"), begun)
    assert "of all who are entitled" not in rule_in(api_of("Eleni"), begun)
    page = client_of("Eleni").get(f"/decisions/{begun['reference']}").text
    assert "Yes or no, majority of those present" in page
    assert changed(api_of("Nikos"), listed, preset="absolute").get_json()["base"] == "yes-no"
    assert "all who are entitled" in rule_in(api_of("Eleni"), listed)
    answer = changed(api_of("Nikos"), listed, preset="absolute", base="present")
    assert (answer.status_code, answer.get_json()["base"]) == (200, "present")
    form = client_of("Eleni").get(f"/decisions/{listed['reference']}/editing").text
    assert 'value="majority" checked' in form, "there its base is asked for"
    assert '<option value="present" selected>' in form


def test_hands_and_weights_are_counted_of_those_present(cast, api_of, running, over):
    meeting, made = running
    nikos = api_of("Nikos")
    weights = [{"person": cast.Eleni, "weight": 3}, {"person": cast.Babis, "weight": 5}]
    assert changed(nikos, made, **OF_PRESENT, weights=weights).status_code == 200
    opened = opening(nikos, made)
    assert opened.status_code == 200, "who is absent keeps their votes and does not use them"
    assert opened.get_json()["rule"]["present"] | {"at": ""} == {"at": "", "votes": 5, "absent": 5}
    assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 200
    point = added(nikos, meeting, "Elms")
    body = {"title": "Elms?", "hands": True, "preset": "majority", "base": "present", "strictness": "at-least"}
    body["ties"] = "open"
    shown = nikos.post(at_(meeting, f"/points/{point}/votes"), json=body).get_json()
    hands = {"yes": 2, "no": 1, "abstained": 0}
    assert nikos.put(f"/api/v1/decisions/{shown['reference']}/hands", json=hands).status_code == 200
    corrected = hands | {"yes": 1, "reason": "Misread"}
    assert (
        api_of("Eleni").put(f"/api/v1/decisions/{shown['reference']}/hands/correction", json=corrected).status_code
        == 200
    )
    result = nikos.get(f"/api/v1/decisions/{shown['reference']}").get_json()["result"]
    assert (result["outcome"], result["count"]["sums"]["needed"]) == ("rejected", 2), "half of the four in the room"
    over()
    sums = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]["count"]["sums"]
    assert (sums["base"], sums["needed"], sums["entitled"]) == (5, 3, 10)


def test_a_confidential_vote_needs_five_who_are_there(cast, api_of, running):
    _meeting, made = running
    people = [cast.Maria, cast.Petros, cast.Yannis]
    card = OF_PRESENT | {"level": "confidential", "electorate": {"unit": cast.PARKS, "people": people}}
    assert changed(api_of("Nikos"), made, **card).status_code == 200
    refused = opening(api_of("Nikos"), made)
    assert (refused.status_code, fields(refused)) == (422, ["level"]), "of seven four are there"


def of_giorgos(api_of, cast, made, **said):
    """A member calls a meeting, puts the vote on its agenda, begins it, and notes himself alone."""
    giorgos = api_of("Giorgos")
    own = called(giorgos, cast, secretary=cast.Giorgos, people=[], quorum="none", title="Mine", **said)
    added(giorgos, own, "Limes", about=made["reference"])
    assert giorgos.put(at_(own, "/beginning")).status_code == 200
    there(giorgos, cast, own, "present", "Giorgos")
    return own


def test_a_member_neither_stops_the_opening_nor_chooses_who_votes_with_a_meeting_of_his_own(
    cast, api_of, client_of, running
):
    meeting, made = running
    nikos = api_of("Nikos")
    assert changed(nikos, made, **OF_PRESENT).status_code == 200
    own = of_giorgos(api_of, cast, made, chair=cast.Nikos)
    page = client_of("Eleni").get(f"/decisions/{made['reference']}/opening").text
    assert f'name="meeting" value="{meeting["reference"]}"' in page
    assert own["reference"] not in page
    assert nikos.put(at_(meeting, "/ending"), json={}).status_code == 200
    alone = opening(nikos, made)
    assert (alone.status_code, fields(alone)) == (422, ["base"]), "his meeting alone decides nothing"
    second = called(nikos, cast, quorum="none")
    added(nikos, second, "Limes again", about=made["reference"])
    nikos.put(at_(second, "/beginning"))
    there(nikos, cast, second, "present", "Nikos", "Eleni")
    opened = opening(nikos, made)
    assert opened.status_code == 200, opened.get_json()
    assert opened.get_json()["turnout"]["entitled"] == 2


def test_many_meetings_of_strangers_make_the_opening_ask_no_more(cast, api_of, client_of, running, queries):
    _meeting, made = running
    assert changed(api_of("Nikos"), made, **OF_PRESENT).status_code == 200
    eleni, page = client_of("Eleni"), f"/decisions/{made['reference']}/opening"
    sent = []
    for more in (1, 3):
        for _each in range(more):
            of_giorgos(api_of, cast, made)
        assert eleni.get(page).status_code == 200
        with queries() as asked:
            assert eleni.get(page).status_code == 200
        sent.append(len(asked))
    assert sent[0] == sent[1], "four meetings ask what one asks"


def test_a_meeting_of_somebody_else_counts_where_whoever_opens_the_vote_names_it(cast, api_of, client_of, listed, at):
    _meeting, made = listed
    nikos, eleni = api_of("Nikos"), api_of("Eleni")
    assert changed(nikos, made, **OF_PRESENT).status_code == 200
    at(BEGAN)
    own = called(eleni, cast, chair=cast.Nikos, quorum="none")
    added(eleni, own, "Limes", about=made["reference"])
    eleni.put(at_(own, "/beginning"))
    there(eleni, cast, own, "present", "Nikos", "Eleni", "Giorgos")
    href = f"/decisions/{made['reference']}/opening"
    page = " ".join(client_of("Eleni").get(href).text.split('id="who-is-present"')[1].split("</div>")[0].split())
    assert f'type="radio" name="meeting" value="{own["reference"]}"' in page
    assert "called by Eleni" in page
    assert "3 noted as present" in page
    assert fields(opening(nikos, made)) == ["base"], "it is not named"
    assert client_of("Nikos").put(href, data={"meeting": own["reference"]}).status_code == 303
    found = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert (found["stage"], found["turnout"]["entitled"]) == ("open", 3)


def test_the_opening_is_held_to_the_meeting_that_was_seen(cast, api_of, client_of, running):
    meeting, made = running
    nikos = api_of("Nikos")
    assert changed(nikos, made, **OF_PRESENT).status_code == 200
    page, href = client_of("Nikos"), f"/decisions/{made['reference']}/opening"
    seen = page.get(href).text.split('name="meeting" value="')[1].split('"')[0]
    assert seen == meeting["reference"]
    nikos.put(at_(meeting, "/ending"), json={})
    second = called(nikos, cast, quorum="none")
    added(nikos, second, "Limes again", about=made["reference"])
    nikos.put(at_(second, "/beginning"))
    there(nikos, cast, second, "present", "Nikos")
    late = page.put(href, data={"meeting": seen})
    assert (late.status_code, seen in late.text) == (422, True)
    assert nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()["stage"] == "draft"
    named = nikos.put(f"/api/v1{href}?meeting={seen}")
    assert (named.status_code, fields(named)) == (422, ["meeting"])
    assert nikos.put(f"/api/v1{href}?meeting={second['reference']}").status_code == 200
