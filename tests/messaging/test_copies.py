"""A copy of one conversation: who takes one, what is in it, and that what goes out comes in the same."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from collab.core import clock

V1 = "/api/v1"


@pytest.fixture
def group(api_of, cast):
    """A group of Eleni's: three languages, an answer, a call, a file, what was changed, deleted and hidden."""
    eleni, sofia = api_of("Eleni"), api_of("Sofia")
    new = {"title": "Storm <b>", "topic": "Trees", "members": [cast.Sofia, cast.Leila]}
    talk = eleni.post(f"{V1}/conversations", json=new).json["id"]
    there = f"{V1}/conversations/{talk}/messages"

    def say(api, text, nonce, **more):
        return api.post(there, json={"text": text, "nonce": nonce, **more}).json["id"]

    first = say(eleni, "Two *trees* are down & <script>", "1")
    say(sofia, f"@[Leila](party:{cast.Leila}) ποιος πληρώνει;", "2", reply_to=first)
    say(api_of("Leila"), "بودجه داریم", "3", written_at=(clock.now() - timedelta(days=2)).isoformat())
    file = eleni.post(f"{V1}/files", data={"file": (BytesIO(b"a map"), "../χάρτης.txt")}).json["items"][0]["id"]
    say(eleni, "The map", "4", files=[file])
    gone = say(eleni, "Oopsword", "5")
    eleni.delete(f"{V1}/messages/{gone}")
    hidden = say(sofia, "Xylophagou owes", "6")
    eleni.put(f"{V1}/messages/{hidden}/hiding", json={"reason": "Names a citizen"})
    return talk


@pytest.fixture
def copy_of(app, api_of):
    """`copy_of("Eleni", talk)`: the zip that she asked for and a job made, opened."""
    from collab.messaging.taking_away import jobs

    def take(name, talk):
        api = api_of(name)
        made = api.post(f"{V1}/conversations/{talk}/copies")
        assert made.status_code == 201, made.text
        there = f"{V1}/conversation-copies/{made.json['id']}/content"
        assert api.get(there).status_code == 404
        with app.app_context():
            jobs.make(made.json["id"])
            jobs.make(made.json["id"])  # asked twice, made once
        answer = api.get(there)
        archive = ZipFile(BytesIO(answer.data))
        answer.close()
        return archive

    return take


def test_a_copy_is_taken_by_whoever_keeps_it_or_audits_and_that_is_written_down(
    app, api_of, cast, group, copy_of, said
):
    for name, wanted in (("Sofia", 403), ("Leila", 403), ("Maria", 404), ("Kostas", 404), ("Reza", 404)):
        assert api_of(name).post(f"{V1}/conversations/{group}/copies").status_code == wanted, name
    copy_of("Eleni", group)
    mine = api_of("Eleni").get(f"{V1}/conversations/{group}/copies").json["items"]
    assert len(mine) == 1
    assert api_of("Leila").get(f"{V1}/conversation-copies/{mine[0]['id']}/content").status_code == 404
    on_item = said("Eleni", "We go on Monday")["conversation"]
    assert api_of("Eleni").post(f"{V1}/conversations/{on_item}/copies").status_code == 403
    assert b"We go on Monday" in copy_of("Reza", on_item).read("conversation.html")
    direct = api_of("Eleni").post(f"{V1}/conversations", json={"kind": "direct", "members": [cast.Sofia]}).json["id"]
    assert api_of("Sofia").post(f"{V1}/conversations/{direct}/copies").status_code == 201
    from tests.messaging.test_moderation import lines

    assert lines(app, "conversation").count("conversation-copied") == 3


def test_it_reads_as_one_page_and_gives_away_nothing_that_is_gone(group, copy_of):
    archive = copy_of("Eleni", group)
    page = archive.read("conversation.html").decode()
    for text in ("Storm &lt;b&gt;", "Two <em>trees</em> are down &amp; &lt;script&gt;", "ποιος πληρώνει;",
                 "بودجه داریم", "This message was deleted.", "Names a citizen", "up to message 6",
                 ">written "):  # fmt: skip
        assert text in page, text
    assert 'dir="auto"' in page
    assert "<script" not in page
    [path] = [name for name in archive.namelist() if name.startswith("files/")]
    assert (archive.read(path), ".." in path) == (b"a map", False)
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert not [word for word in ("Xylophagou", "Oopsword") if word in everything]


def test_what_goes_out_comes_in_the_same(app, api_of, actor_of, cast, group, copy_of, tmp_path):
    from collab.messaging.importing.commands import bring_in_chat
    from collab.messaging.importing.reading import read_chat
    from tests.messaging.test_importing import NoBar

    lines = copy_of("Eleni", group).read("conversation.jsonl")
    told = [json.loads(line) for line in lines.decode().splitlines()]
    assert [one["gone"] for one in told if one["type"] == "gone"] == ["deleted", "hidden"]
    path = tmp_path / "conversation.jsonl"
    path.write_bytes(lines)
    before = api_of("Leila").get(f"{V1}/conversations/{group}/messages").json["items"]
    with app.app_context():
        chat = read_chat(path, "Europe/Athens", NoBar(), "copy")
        assert chat.faults == []
        assert bring_in_chat(actor_of("Kostas"), chat, skip_bad=False).faults == ()
    twins = [
        one["id"] for one in api_of("Leila").get(f"{V1}/conversations").json["items"] if one["name"] == "Storm <b>"
    ]
    [other] = [one for one in twins if one != group]
    after = api_of("Leila").get(f"{V1}/conversations/{other}/messages").json["items"]

    def told_of(items):
        ids = {one["id"]: at for at, one in enumerate(items)}
        return [(one["author"]["name"], one["text"], one["created_at"], one["called"], ids.get(one["reply_to"]),
                 one["written_at"]) for one in items if one["text"]]  # fmt: skip

    assert told_of(after) == told_of(before)
    assert [bool(one["written_at"]) for one in after if one["text"]] == [False, False, True, False]


@pytest.fixture
def asked_for(api_of, group):
    """A copy that Eleni asked for."""
    return lambda: api_of("Eleni").post(f"{V1}/conversations/{group}/copies").json["id"]


def states(api, group):
    return [
        (one["failed"], one["done_at"] is not None)
        for one in api.get(f"{V1}/conversations/{group}/copies").json["items"]
    ]


def test_one_that_fails_is_given_up_at_once_its_asker_is_told_and_asks_anew(
    app, api_of, client_of, group, asked_for, copy_of, tell, monkeypatch
):
    from collab.messaging.taking_away import jobs

    def broken(*_given):
        raise ValueError("broken")

    copy, tries = asked_for(), []
    with monkeypatch.context() as for_now, app.app_context():
        for_now.setattr(jobs, "write", broken)
        for_now.setattr(jobs, "ask", lambda copy_id: tries.append(copy_id) or True)
        jobs.make(copy)
        jobs.sweep_copies()
    tell()
    eleni = api_of("Eleni")
    assert (states(eleni, group), tries) == ([(True, True)], [])
    [heard] = eleni.get(f"{V1}/notifications").json["items"]
    assert (heard["subject"]["title"], heard["reasons"]) == ("Storm <b>", ["copy-failed"])
    assert "could not make the copy you asked for" in client_of("Eleni").get("/inbox").text
    others = [one["reasons"] for one in api_of("Sofia").get(f"{V1}/notifications").json["items"]]
    assert others == [["hidden"]]
    assert copy_of("Eleni", group).namelist()


def test_one_that_nobody_could_make_in_time_is_given_up_and_a_database_that_is_away_is_waited_for(
    app, api_of, group, asked_for, at, monkeypatch
):
    from sqlalchemy.exc import OperationalError

    from collab.core import clock
    from collab.messaging.taking_away import jobs

    def away(*_given):
        raise OperationalError("select", {}, Exception("away"))

    now = clock.now()
    at(now)
    copy, tries = asked_for(), []
    monkeypatch.setattr(jobs, "ask", lambda copy_id: tries.append(copy_id) or True)
    with monkeypatch.context() as for_now, app.app_context():
        for_now.setattr(jobs, "write", away)
        with pytest.raises(OperationalError):
            jobs.make(copy)
        jobs.sweep_copies()
    assert (states(api_of("Eleni"), group), tries) == ([(False, False)], [copy])
    at(now + jobs.GIVEN_UP * 1.01)
    with app.app_context():
        jobs.sweep_copies()
    assert (states(api_of("Eleni"), group), tries) == ([(True, True)], [copy])
