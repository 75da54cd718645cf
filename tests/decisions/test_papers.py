"""The papers of a vote that has closed: minutes, the bundle that recounts it, the ballots by name."""

import hashlib
import io
import json
import re
import tracemalloc
import zipfile

import pypdfium2
import pytest
from sqlalchemy import insert, update

from collab.core.db import db, writing
from collab.decisions.commands import cast_ballot
from collab.decisions.forms import CastBallot
from collab.decisions.models import Decision, Roll
from collab.files.models import Paper
from collab.files.papers import make_paper
from collab.people.models import Absence, Membership, Party, Person
from collab.people.recognise import person_as_actor

from .bundle.test_bundle import recount
from .voting import CLOSES, NOW, ballot, opened

OPTIONS = [{"title": title} for title in ("Plane trees", "<b>Ελιές</b>", "توت")]
WHOLE = ("Eleni", "Giorgos", "Nikos", "Babis")


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def ranks(made, *places):
    return {"ranks": [{"option": made["options"][place]["id"], "rank": at} for at, place in enumerate(places, 1)]}


def said(made, place):
    return {"option": made["options"][place]["id"]}


@pytest.fixture
def bundle_of(app):
    """Ask for the bundle, have the job make it, and take it."""

    def run(client, made):
        answer = client.post(f"/api/v1/decisions/{made['reference']}/bundle")
        assert answer.status_code == 202, answer.get_json()
        with app.app_context():
            return printed(client, answer.get_json()["id"])

    return run


def printed(client, paper):
    """What the job makes of a paper that was asked for."""
    make_paper(paper)
    shown = client.get(f"/api/v1/papers/{paper}").get_json()
    assert shown["state"] == "there", shown
    return client.get(shown["content"]).get_data()


def names_in(data):
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name).decode() for name in held.namelist()}


def test_an_open_vote_settled_by_lot_is_counted_again_out_of_its_bundle(
    app, cast, api_of, client_of, close, bundle_of, tmp_path
):
    made = opened(api_of("Nikos"), cast.PARKS, preset="one", options=OPTIONS, ties="lot")
    path = f"/api/v1/decisions/{made['reference']}/bundle"
    for name, place in zip(WHOLE, (0, 0, 1, 1), strict=True):
        assert api_of(name).put(ballot(made), json=said(made, place)).status_code == 200
    assert api_of("Eleni").post(path).status_code == 409, "before the close nobody has a bundle"
    early = client_of("Eleni").post(f"/decisions/{made['reference']}/bundle")
    assert (early.status_code, "The vote is not closed." in early.get_data(as_text=True)) == (409, True)
    close()
    assert api_of("Dimitra").post(path).status_code == 404, "who does not see the decision does not see its bundle"
    data = bundle_of(api_of("Eleni"), made)
    assert bundle_of(api_of("Nikos"), made) == data, "everybody has the same bytes, whatever they read in"
    eleni = client_of("Eleni")
    asked = [eleni.post(f"/decisions/{made['reference']}/bundle").location for _twice in range(2)]
    assert asked[0] == asked[1], "pressed twice it is made once"
    assert "is being made" in eleni.get(asked[0]).text
    with app.app_context():
        make_paper(int(re.search(r"/papers/(\d+)", asked[0])[1]))
    saved = re.search(r'href="(/files/\d+)" download', eleni.get(asked[0]).text)
    assert eleni.get(saved[1], follow_redirects=True).get_data() == data
    assert client_of("Nikos").get(asked[0]).status_code == 404, "a paper is its asker's alone"
    files = names_in(data)
    assert hashlib.sha256(files["opened.json"].encode()).hexdigest() == made["rule_hash"], "as published at opening"
    assert [
        (one["name"], one["choice"]) for one in json.loads(files["roll.json"]) if one["name"] == "Eleni Markou"
    ] == [("Eleni Markou", said(made, 0))]
    code, told = recount(data, tmp_path / "whole")
    assert (code, "byte for byte" in told, "DIFFERS" in told) == (0, True, False), told
    for name, other in {
        "ballots_json": files["ballots.json"].replace(",2]", ",3]", 1), "opened_json": files["opened.json"] + " ",
        "result_json": files["result.json"].replace("decided", "rejected"),
    }.items():  # fmt: skip
        assert other != files[name.replace("_", ".")]
        code, told = recount(data, tmp_path / name, **{name: other.encode()})
        assert (code, "DIFFERS" in told) == (1, True), (name, told)


def test_a_vote_that_the_chair_decided_is_counted_again_with_the_chairs_word(cast, api_of, close, bundle_of, tmp_path):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS, preset="one", options=OPTIONS, ties="chair", chair=cast.Nikos)
    for name, place in zip(WHOLE, (0, 1, 1, 0), strict=True):
        api_of(name).put(ballot(made), json=said(made, place))
    close()
    open_still, told = recount(bundle_of(nikos, made), tmp_path / "even")
    assert (open_still, "tie" in told) == (0, True), told
    word = {"choice": "<b>Ελιές</b>", "reason": "They need no water"}
    assert nikos.put(f"/api/v1/decisions/{made['reference']}/tie", json=word).status_code == 200
    code, told = recount(bundle_of(nikos, made), tmp_path / "decided")
    assert (code, "decided: <b>Ελιές</b>" in told, "byte for byte" in told) == (0, True, True), told


def test_a_vote_from_when_one_word_of_the_chair_put_all_in_order_is_counted_again_too(
    app, cast, api_of, close, bundle_of, tmp_path
):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS, preset="one", options=OPTIONS, ties="chair", chair=cast.Nikos)
    for name, place in zip(WHOLE[:3], (0, 1, 2), strict=True):
        api_of(name).put(ballot(made), json=said(made, place))
    close()
    word = {"choice": "<b>Ελιές</b>", "reason": "They need no water"}
    assert nikos.put(f"/api/v1/decisions/{made['reference']}/tie", json=word).status_code == 200
    assert recount(bundle_of(nikos, made), tmp_path / "now")[0] == 0
    with app.app_context(), writing() as session:
        row = session.get_one(Decision, made["id"])
        count = row.result["count"]
        assert count["ties"][0]["order"] == ["<b>Ελιές</b>", ["Plane trees", "توت"]]
        tie = count["ties"][0] | {"order": ["<b>Ελιές</b>", "Plane trees", "توت"]}
        row.result = row.result | {"count": count | {"ties": [tie]}}
    code, told = recount(bundle_of(nikos, made), tmp_path / "then")
    assert (code, "byte for byte" in told) == (0, True), told


def test_in_a_run_off_the_chair_is_asked_again_until_no_tie_is_open(
    cast, api_of, client_of, close, bundle_of, tmp_path
):
    nikos, options = api_of("Nikos"), [{"title": title} for title in ("Ash", "Beech", "Cedar", "Elm")]
    made = opened(nikos, cast.PARKS, preset="runoff", options=options, ties="chair", chair=cast.Nikos)
    tie = f"/api/v1/decisions/{made['reference']}/tie"
    for name, places in zip(WHOLE, ((0,), (1,), (2, 1), (3, 1)), strict=True):
        api_of(name).put(ballot(made), json=ranks(made, *places))
    close()
    first = nikos.put(tie, json={"choice": "Ash", "reason": "Shade"}).get_json()
    assert (first["result"]["outcome"], first["result"]["tied"]) == ("tie", ["Beech", "Cedar", "Elm"])
    assert client_of("Nikos").get(f"/decisions/{made['reference']}?tab=result").text.count('name="choice"') == 3
    assert nikos.put(tie, json={"choice": "Ash", "reason": "Shade"}).status_code == 422
    stale = nikos.put(tie, json={"choice": "Elm", "reason": "Old"}, headers={"If-Match": f'"{first["version"] - 1}"'})
    assert stale.status_code == 412, "what was answered is not the question that is asked now"
    sent = {"choice": "Elm", "reason": "Old", "version": str(first["version"] - 1)}
    page = client_of("Nikos").put(f"/decisions/{made['reference']}/tie", data=sent)
    assert (page.status_code, page.text.count('name="choice"')) == (stale.status_code, 3)
    second = nikos.put(tie, json={"choice": "Beech", "reason": "Bees"}).get_json()
    assert (second["result"]["outcome"], second["result"]["winners"]) == ("decided", ["Beech"])
    assert nikos.put(tie, json={"choice": "Beech", "reason": "Bees"}).status_code == 409
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").text
    assert all(words in page for words in ("Shade", "Bees"))
    assert recount(bundle_of(nikos, made), tmp_path)[0] == 0


def test_a_confidential_vote_is_counted_again_and_names_nobody(
    app, cast, api_of, client_of, close, bundle_of, tmp_path
):
    electorate = {"unit": cast.PARKS, "people": [cast.ROADS]}
    made = opened(
        api_of("Nikos"), cast.PARKS, level="confidential", electorate=electorate, preset="rank", options=OPTIONS
    )
    for name, order in (("Eleni", (1, 0)), ("Maria", (1, 2, 0)), ("Petros", (0,))):
        assert api_of(name).put(ballot(made), json=ranks(made, *order)).status_code == 200
    close()
    data = bundle_of(api_of("Maria"), made)
    files = names_in(data)
    assert "roll.json" not in files
    assert not [text for text in files.values() if "Eleni" in text or "Maria" in text]
    code, told = recount(data, tmp_path)
    assert (code, "byte for byte" in told) == (0, True), told
    with app.app_context():
        text = minutes(api_of("Maria"), made, {"language": "en"})
    assert "Eleni Markou" in text, "entitled, as everybody may read"
    assert "did not vote" not in text
    page = client_of("Maria").get(f"/decisions/{made['reference']}/ballots")
    assert (page.status_code, "Nobody sees who voted what" in page.get_data(as_text=True)) == (200, True)
    assert api_of("Maria").get(f"/api/v1/decisions/{made['reference']}/ballots").get_json()["items"] == []


def minutes(client, made, body):
    """Ask for the minutes, have the job make them, and read what stands in the PDF."""
    answer = client.post(f"/api/v1/decisions/{made['reference']}/minutes", json=body)
    assert answer.status_code == 202, answer.get_json()
    with pypdfium2.PdfDocument(printed(client, answer.get_json()["id"])) as document:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(text.split())


def test_minutes_say_how_it_was_decided_in_the_language_asked_for(app, cast, api_of, client_of, close):
    made = opened(api_of("Nikos"), cast.PARKS, preset="runoff", options=OPTIONS, quorum="half")
    path = f"/api/v1/decisions/{made['reference']}"
    for name, order in (("Eleni", (0, 1)), ("Giorgos", (1,)), ("Babis", (0, 2))):
        assert api_of(name).put(ballot(made), json=ranks(made, *order)).status_code == 200
    assert api_of("Nikos").put(f"{path}/recusal", json={"reason": "I own the nursery"}).status_code == 204
    assert api_of("Eleni").post(f"{path}/minutes", json={}).status_code == 409
    close()
    eleni = api_of("Eleni")
    assert api_of("Giorgos").put(f"{path}/dissent", json={"text": "Roots lift the pavement"}).status_code == 204
    assert api_of("Nikos").put(f"{path}/outcome", json={"outcome": "Forty planes by March."}).status_code == 200
    assert api_of("Dimitra").post(f"{path}/minutes", json={}).status_code == 404
    assert eleni.post(f"{path}/minutes", json={"language": "de"}).status_code == 422
    with app.app_context():
        text = minutes(eleni, made, {})
        for words in (
            f"Minutes of the vote {made['reference']}", "Shall we plant plane trees?", "I own the nursery",
            "Roots lift the pavement", "Forty planes by March.", "Eleni Markou", "(reached)",
        ):  # fmt: skip
            assert words in text, (words, text)
        assert re.search(r"Eleni Markou belongs to Parks 1\. \W?Plane trees\W*, 2\. \W?<b>", text), text
        assert "Πρακτικό της ψηφοφορίας" in minutes(eleni, made, {"language": "el"})
        assert "۱۴۰۵" in minutes(eleni, made, {"language": "fa"})
    asked = client_of("Eleni").post(f"/decisions/{made['reference']}/minutes", data={"language": "el"})
    assert (asked.status_code, "/papers/" in asked.headers["Location"]) == (303, True)


@pytest.mark.parametrize("crowd", [1_000, pytest.param(4_990, marks=pytest.mark.nightly)])
def test_a_crowd_is_paged_and_all_of_it_is_on_papers_that_the_web_never_holds(
    app, cast, api_of, client_of, close, bundle_of, tmp_path, crowd
):
    with app.app_context(), writing() as session:
        named = [
            {"kind": "person", "label": f"Clerk {each}", "sort_key": f"clerk {each:04}", "folded": f"clerk {each}"}
            for each in range(crowd)
        ]
        ids = sorted(session.scalars(insert(Party).returning(Party.id), named))
        session.execute(
            insert(Person),
            [{"id": id_, "email": f"c{id_}@city.example", "locale": "en", "time_zone": "UTC"} for id_ in ids],
        )
        session.execute(
            insert(Membership),
            [{"person_id": id_, "unit_id": cast.PARKS, "kind": "member", "valid_from": "2020-01-01"} for id_ in ids],
        )
    made = opened(api_of("Nikos"), cast.PARKS)
    with app.app_context():
        cast_ballot(person_as_actor(ids[0]), made["id"], CastBallot(vote="no"))
        with writing() as session:
            session.execute(
                update(Roll)
                .where(Roll.item_id == made["id"], Roll.person_id.in_(ids[1:]))
                .values(choice={"vote": "yes"}, cast_at=NOW, cast_by=Roll.person_id)
            )
        db.session.remove()
    close()
    client = client_of("Eleni")
    result = client.get(f"/decisions/{made['reference']}?tab=result").get_data(as_text=True)
    assert f"See all {crowd} ballots" in result.replace(",", "")
    assert "These are the first 50 by name." in result
    assert "Clerk 60" not in result
    seen, path = set(), f"/api/v1/decisions/{made['reference']}/ballots?limit=200"
    after = ""
    while after is not None:
        part = api_of("Eleni").get(path + (f"&after={after}" if after else "")).get_json()
        seen |= {one["person"] for one in part["items"]}
        after = part["next"]
    assert seen == set(ids)
    assert "Clerk 99<" in client.get(f"/decisions/{made['reference']}/ballots").get_data(as_text=True)
    tracemalloc.start()
    asked = api_of("Eleni").post(f"/api/v1/decisions/{made['reference']}/bundle")
    held = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.reset_peak()
    with app.app_context():
        kept = db.session.get(Paper, asked.get_json()["id"]).data
        data = printed(api_of("Eleni"), asked.get_json()["id"])
    gathered, most = tracemalloc.get_traced_memory()[1] / 2**20, 20 + crowd / 50
    tracemalloc.stop()
    assert kept == {"item": made["id"]}, "what is asked for names the vote and nobody on its roll"
    assert held < 5, f"{held:.0f} MB to ask for a bundle of {crowd}"
    assert gathered < most, f"{gathered:.0f} MB for a bundle of {crowd}"
    assert len([one for one in json.loads(names_in(data)["roll.json"]) if one["choice"]]) == crowd
    code, told = recount(data, tmp_path)
    assert code == 0, told
    with app.app_context():
        assert f"Clerk {crowd - 1}" in minutes(api_of("Eleni"), made, {})


@pytest.mark.parametrize(("substitutes", "expected"), [("nobody", 1), ("substitute", 2)])
def test_the_vote_of_who_is_away_is_on_their_substitutes_day_only_where_the_rule_lets_them_vote(
    app, cast, api_of, client_of, substitutes, expected
):
    with app.app_context(), writing() as session:
        session.add(
            Absence(person_id=cast.Giorgos, substitute_id=cast.Eleni, first_day=NOW.date(), last_day=CLOSES.date())
        )
    made = opened(api_of("Nikos"), cast.PARKS, substitutes=substitutes)
    day = client_of("Eleni").get("/").get_data(as_text=True)
    assert made["reference"] in day
    assert day.count("for Giorgos Zervas") == expected, "that she stands in for him is said in any case"
    listed = api_of("Eleni").get("/api/v1/waits?side=of-me&sense=vote").get_json()["items"]
    assert len(listed) == expected
    assert f"/decisions/{made['reference']}" in client_of("Giorgos").get("/decisions").get_data(as_text=True)
