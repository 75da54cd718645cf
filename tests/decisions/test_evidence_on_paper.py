"""Evidence in the minutes and in the bundle: what stood there at the opening, what came later, what was taken away."""

import hashlib
import json

import pytest

from collab.core.db import writing
from collab.decisions.minuted import sheet_of_minutes
from collab.decisions.models import Decision
from collab.decisions.queries import find_decision
from tests.files.sending import sent

from .bundle.test_bundle import forged, recount
from .test_papers import minutes, names_in, printed
from .voting import NOW, ballot, drafted, opened

OPTIONS = [{"title": "Plane trees"}, {"title": "نارنج"}]
LATER = NOW.replace(hour=11)


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def beside(made, option=None):
    place = f"?option={made['options'][option]['id']}" if option is not None else ""
    return f"/api/v1/decisions/{made['reference']}/evidence{place}"


def give(client, made, option, name, content):
    answer = sent(client, beside(made, option), content, name)
    assert answer.status_code == 201, answer.json
    return answer.json["items"][0]["id"]


def digest(content):
    return hashlib.sha256(content).hexdigest()


def grouped(content):
    said = digest(content)[:16]
    return "SHA-256 " + "\u00a0".join(said[at : at + 4] for at in range(0, 16, 4)) + "…"


@pytest.fixture
def argued(api_of, cast, at):
    """A vote over two trees with evidence: some before the opening, some after it, and one file taken away since."""

    def run(**said):
        nikos, eleni = api_of("Nikos"), api_of("Eleni")
        made = drafted(nikos, cast.PARKS, preset="one", options=OPTIONS, **said)
        give(nikos, made, None, "μελέτη.txt", b"Shade")
        give(nikos, made, 0, "offer.txt", b"120 euros")
        give(nikos, made, 0, "offer.txt", b"110 euros")
        gone = give(nikos, made, 1, "letter about Babis.txt", b"By mistake")
        answer = nikos.put(f"/api/v1/decisions/{made['reference']}/opening")
        assert answer.status_code == 200, answer.json
        at(LATER)
        give(eleni, made, 0, "offer.txt", b"99 euros")
        give(eleni, made, 1, "پیشنهاد.txt", b"80 euros")
        assert nikos.delete(f"/api/v1/files/{gone}").status_code == 204
        assert eleni.put(ballot(made), json={"option": made["options"][0]["id"]}).status_code == 200
        return answer.get_json()

    return run


@pytest.fixture
def bundled(app):
    """The bundle of a vote, as the job makes it."""

    def run(client, made):
        answer = client.post(f"/api/v1/decisions/{made['reference']}/bundle")
        with app.app_context():
            return printed(client, answer.get_json()["id"])

    return run


def under(sheet):
    """What stands under the question and under each option, without marks of direction."""
    pairs = [[part.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069"))) for part in pair]
             for pair in sheet["sections"][0]["pairs"]]  # fmt: skip
    return pairs[: next(at for at, pair in enumerate(pairs) if "opened" in pair[0])]


def test_minutes_list_it_under_the_question_and_each_option(app, argued, close, actor_of):
    made = argued()
    close()
    with app.app_context():
        sheet = sheet_of_minutes(actor_of("Nikos"), find_decision(actor_of("Nikos"), made["id"]), "en")
    assert under(sheet) == [
        ["Question", "Shall we plant plane trees?"],
        ["Evidence", f"μελέτη.txt, version 1, {grouped(b'Shade')}"],
        ["Option 1", "Plane trees"],
        ["Evidence", f"offer.txt, version 2, {grouped(b'110 euros')}"],
        ["", f"offer.txt, version 3, {grouped(b'99 euros')}, added after the vote had opened"],
        ["Option 2", "نارنج"],
        ["Evidence", f"پیشنهاد.txt, version 1, {grouped(b'80 euros')}, added after the vote had opened"],
        ["", "1 file that stood here when the vote opened was taken away since."],
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Evidence", "offer.txt, version 2, SHA-256", "added after the vote had opened")),
        ("el", ("Τεκμήρια", "offer.txt, έκδοση 2, SHA-256", "μετά την έναρξη της ψηφοφορίας")),
    ],
)
def test_they_are_printed_in_each_language(app, argued, close, api_of, language, words):
    made = argued()
    close()
    with app.app_context():
        text = minutes(api_of("Eleni"), made, {"language": language})
    told = text.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069\u200b")))
    for each in words:
        assert each in told, told


def test_in_persian_it_runs_from_right_to_left_and_the_fingerprint_from_left_to_right(app, argued, close, actor_of):
    made = argued()
    close()
    with app.app_context():
        sheet = sheet_of_minutes(actor_of("Reza"), find_decision(actor_of("Nikos"), made["id"]), "fa")
    assert sheet["rtl"]
    line = next(pair[1] for pair in sheet["sections"][0]["pairs"] if "offer.txt" in pair[1])
    assert line == f"\u2068offer.txt\u2069، نسخهٔ ۲، \u2066{grouped(b'110 euros')}\u2069"


def test_where_there_is_none_nothing_is_said(app, cast, api_of, actor_of, close, bundled):
    made = opened(api_of("Nikos"), cast.PARKS, preset="one", options=OPTIONS)
    api_of("Eleni").put(ballot(made), json={"option": made["options"][0]["id"]})
    close()
    with app.app_context():
        sheet = sheet_of_minutes(actor_of("Eleni"), find_decision(actor_of("Eleni"), made["id"]), "en")
    assert [pair[0] for pair in under(sheet)] == ["Question", "Option 1", "Option 2"]
    files = names_in(bundled(api_of("Eleni"), made))
    assert "evidence.json" not in files
    assert json.loads(files["opened.json"])["evidence"] == []


def test_the_bundle_names_it_and_counts_it_among_what_stood_fast(argued, close, api_of, bundled, tmp_path):
    made = argued()
    close()
    data = bundled(api_of("Eleni"), made)
    files = names_in(data)
    lines = json.loads(files["evidence.json"])
    assert [(one["beside"], one.get("name"), one.get("version"), one["at_opening"]) for one in lines] == [
        ("Shall we plant plane trees?", "μελέτη.txt", 1, True),
        ("Plane trees", "offer.txt", 1, True),
        ("Plane trees", "offer.txt", 2, True),
        ("Plane trees", "offer.txt", 3, False),
        ("نارنج", "پیشنهاد.txt", 1, False),
        ("نارنج", None, None, True),
    ]
    assert lines[0] == {
        "option": None, "beside": "Shall we plant plane trees?", "name": "μελέτη.txt", "version": 1,
        "media_type": "text/plain", "size": 5, "sha256": digest(b"Shade"), "at_opening": True,
    }  # fmt: skip
    assert lines[-1].keys() == {"option", "beside", "fingerprint", "at_opening", "removed"}
    assert json.loads(files["manifest.json"])["files"]["evidence.json"] == digest(files["evidence.json"].encode())
    assert digest(files["opened.json"].encode()) == made["rule_hash"], "as published at opening"
    code, said = recount(data, tmp_path)
    assert (code, "byte for byte" in said) == (0, True), said
    assert "Evidence  6 files, of which 4 stood there at the opening" in said


def test_a_confidential_vote_tells_neither_who_gave_it_nor_what_was_taken_away(
    cast, argued, close, api_of, bundled, tmp_path
):
    made = argued(level="confidential", electorate={"unit": cast.PARKS, "people": [cast.ROADS]})
    for name in ("Maria", "Petros"):
        assert api_of(name).put(ballot(made), json={"option": made["options"][1]["id"]}).status_code == 200
    close()
    data = bundled(api_of("Maria"), made)
    told = "".join(names_in(data).values())
    for secret in ("Babis", digest(b"By mistake"), "Nikos", "Eleni"):
        assert secret not in told
    assert recount(data, tmp_path)[0] == 0


def another_offer(files):
    files["evidence.json"] = files["evidence.json"].replace(digest(b"110 euros"), digest(b"900 euros"))


def another_name(files):
    files["evidence.json"] = files["evidence.json"].replace("μελέτη.txt", "μελέτη-2.txt")


def beside_another_option(files):
    one, other = (str(each["id"]) for each in json.loads(files["opened.json"])["options"])
    lines = (
        files["evidence.json"].replace(f'"option":{one}', '"option":0').replace(f'"option":{other}', f'"option":{one}')
    )
    files["evidence.json"] = lines.replace('"option":0', f'"option":{other}')


def as_if_it_had_stood_there(files):
    files["evidence.json"] = files["evidence.json"].replace('"at_opening":false', '"at_opening":true')


def without_what_was_taken_away(files):
    lines = [one for one in json.loads(files["evidence.json"]) if not one.get("removed")]
    files["evidence.json"] = json.dumps(lines, ensure_ascii=False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda _files: None, "byte for byte"),
        (another_offer, "DIFFERS   the evidence is not that of the opening"),
        (another_name, "DIFFERS   the evidence is not that of the opening"),
        (beside_another_option, "DIFFERS   a file of evidence stands beside something"),
        (as_if_it_had_stood_there, "DIFFERS   the evidence is not that of the opening"),
        (without_what_was_taken_away, "DIFFERS   the evidence is not that of the opening"),
        (lambda files: files.pop("evidence.json"), "DIFFERS   the evidence is not that of the opening"),
    ],
)
def test_whoever_changes_it_and_makes_the_manifest_anew_is_found_out(
    argued, close, api_of, bundled, tmp_path, change, told
):
    made = argued()
    close()
    code, said = forged(bundled(api_of("Nikos"), made), tmp_path, change)
    assert told in said, said
    assert code == (0 if told == "byte for byte" else 1)


def test_whoever_changes_it_alone_is_told_by_the_manifest(argued, close, api_of, bundled, tmp_path):
    made = argued()
    close()
    data = bundled(api_of("Nikos"), made)
    other = names_in(data)["evidence.json"].replace(digest(b"99 euros"), digest(b"9 euros"))
    code, said = recount(data, tmp_path, evidence_json=other.encode())
    assert (code, "DIFFERS   evidence.json is not the file that the manifest names" in said) == (1, True), said


def test_a_vote_that_opened_before_goes_by_the_time_and_counts_again(app, argued, close, api_of, bundled, tmp_path):
    made = argued()
    close()
    with app.app_context(), writing() as session:
        row = session.get_one(Decision, made["id"])
        words = json.loads(row.opened_words)
        del words["evidence"]
        row.opened_words = json.dumps(words | {"version": 2}, sort_keys=True, ensure_ascii=False)
        row.rule_hash = hashlib.sha256(row.opened_words.encode()).digest()
    data = bundled(api_of("Nikos"), made)
    lines = json.loads(names_in(data)["evidence.json"])
    assert [(one["name"], one["at_opening"]) for one in lines][2:] == [
        ("offer.txt", True), ("offer.txt", False), ("پیشنهاد.txt", False),
    ]  # fmt: skip
    code, said = recount(data, tmp_path)
    assert (code, "opened before evidence was among what is published" in said) == (0, True), said


def test_pages_and_the_api_say_what_came_after_the_opening(argued, api_of, client_of):
    made = argued()
    items = api_of("Eleni").get(beside(made)).get_json()["items"]
    assert {(one["name"], one["at_opening"]) for one in items} == {
        ("μελέτη.txt", True), ("offer.txt", False), ("پیشنهاد.txt", False),
    }  # fmt: skip
    question = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=question").text
    page = client_of("Eleni").get(beside(made, 0).removeprefix("/api/v1")).text
    assert question.count("added after the vote had opened") == 2, question
    assert page.count("added after the vote had opened") == 1
    assert "added after" not in client_of("Eleni").get(beside(made).removeprefix("/api/v1")).text


def test_before_the_opening_nothing_came_later(api_of, cast, client_of):
    made = drafted(api_of("Nikos"), cast.PARKS, preset="one", options=OPTIONS)
    give(api_of("Nikos"), made, 0, "offer.txt", b"x")
    assert [one["at_opening"] for one in api_of("Nikos").get(beside(made)).get_json()["items"]] == [None]
    assert "added after" not in client_of("Eleni").get(f"/decisions/{made['reference']}?tab=question").text
