"""Chats of other systems brought in: who, where, when, what was answered; twice is once; bad lines are told."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.messaging.importing.commands import bring_in_chat
from collab.messaging.importing.planning import plan_chat
from collab.messaging.importing.reading import read_chat
from collab.messaging.importing.shapes import Chat
from collab.messaging.models import Message
from collab.people.importing.report import BadFile
from collab.people.models import Outsider

V1 = "/api/v1"


class NoBar:
    def begin(self, label, length): ...
    def reach(self, place): ...
    def step(self, more): ...


def read(path: Path, source: str | None = None) -> Chat:
    return read_chat(path, "Europe/Athens", NoBar(), source)


def lines(folder: Path, *given) -> Path:
    file = folder / "chat.jsonl"
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in given), encoding="utf-8")
    return file


@pytest.fixture
def bring(app, actor_of):
    def run(path: Path, name: str | None = None, *, skip_bad: bool = False, source: str | None = None):
        with app.app_context():
            actor = actor_of(name) if name else SYSTEM
            outcome = bring_in_chat(actor, read(path, source), skip_bad)
            return outcome.created, outcome.unchanged, [(f.column, f.line) for f in outcome.faults]

    return run


def talks(client):
    return {one["name"]: one for one in client.get(f"{V1}/conversations").json["items"]}


def said(client, talk):
    return client.get(f"{V1}/conversations/{talk['id']}/messages").json["items"]


STORM = (
    {"type": "conversation", "id": "storm", "title": "Storm of March", "topic": "Trees",
     "members": ["eleni@city.example", "sofia"]},
    {"type": "author", "id": "sofia", "name": "S. Rigas", "email": "SOFIA@city.example"},
    {"type": "author", "id": "anon", "name": "A citizen", "email": "citizen@elsewhere.example"},
    {"id": "1", "conversation": "storm", "author": "eleni@city.example", "at": "2024-03-02T09:30",
     "text": "Two *trees*"},
    {"id": "3", "conversation": "storm", "author": "anon", "at": "2024-03-02T09:32+02:00", "text": "Thanks",
     "reply_to": "2"},
    {"id": "2", "conversation": "storm", "author": "sofia", "at": "2024-03-02T09:31+02:00", "text": "Which?",
     "reply_to": "1", "edited_at": "2024-03-02T09:40+02:00"},
)  # fmt: skip


def test_a_conversation_comes_in_with_its_people_times_and_threads(bring, tmp_path, api_of, cast):
    assert bring(lines(tmp_path, *STORM)) == (3, 0, [])
    eleni = api_of("Eleni")
    storm = talks(eleni)["Storm of March"]
    assert (storm["last_seq"], storm["unread"]) == (3, 0)
    first, second, third = said(eleni, storm)
    assert (first["author"]["id"], first["text"]) == (cast.Eleni, "Two *trees*")
    assert first["created_at"].startswith("2024-03-02T07:30")  # half past nine in Athens
    assert (second["author"]["id"], second["reply_to"]) == (cast.Sofia, first["id"])
    assert second["edited_at"]
    assert (third["author"]["name"], third["reply_to"]) == ("A citizen", second["id"])
    assert api_of("Leila").get(f"{V1}/conversations/{storm['id']}").status_code == 404
    sent = eleni.post(f"{V1}/conversations/{storm['id']}/messages", json={"text": "And on", "nonce": "a"})
    assert (sent.status_code, sent.json["seq"]) == (201, 4)


def test_a_thread_hangs_under_its_first_message_and_words_are_found(app, bring, tmp_path):
    bring(lines(tmp_path, *STORM))
    with app.app_context():
        rows = db.session.execute(
            select(Message.id, Message.root_id, Message.vector, Message.answers).order_by(Message.seq)
        ).all()
    assert [row.answers for row in rows] == [2, 0, 0]
    assert [row.root_id for row in rows] == [None, rows[0].id, rows[0].id]
    assert "tree" in rows[0].vector


def test_the_same_export_again_brings_nothing_and_a_later_one_only_what_is_new(app, bring, tmp_path, api_of):
    bring(lines(tmp_path, *STORM))
    assert bring(lines(tmp_path, *STORM)) == (0, 3, [])
    more = {"id": "4", "conversation": "storm", "author": "anon", "at": "2024-03-03T08:00", "text": "!",
            "reply_to": "3"}  # fmt: skip
    assert bring(lines(tmp_path, *STORM, more)) == (1, 3, [])
    eleni = api_of("Eleni")
    assert [one["seq"] for one in said(eleni, talks(eleni)["Storm of March"])] == [1, 2, 3, 4]
    with app.app_context():
        assert (
            db.session.scalar(select(func.count()).select_from(Outsider).where(Outsider.email.like("citizen@%"))) == 1
        )
        last = db.session.execute(select(Message).where(Message.seq == 4)).scalar_one()
        first = db.session.execute(select(Message).where(Message.seq == 1)).scalar_one()
        assert last.root_id == first.id


BAD = (
    "{", "[]", '"x"', {"type": "nothing"}, {"type": "author"}, {"id": "1"}, {"id": 7, "conversation": "c"},
    {"id": "1", "conversation": "c", "author": "a", "at": "soon", "text": "x"},
    {"id": "1", "conversation": "c", "author": "a", "at": "9999-01-01", "text": "x"},
    {"id": "1", "conversation": "c", "author": "a", "at": "2024-01-01", "text": "x\0y"},
    {"id": "1", "conversation": "c", "author": "a", "at": "2024-01-01", "text": "\ud800"},
    {"id": "1", "conversation": "c", "author": "a", "at": "2024-01-01", "text": "x" * 50_000},
    {"id": "1", "conversation": "c", "author": "a", "at": "2024-01-01", "text": ["x"]},
    {"id": "1", "conversation": "c", "author": None, "at": "2024-01-01", "text": "x"},
    "[" * 100_000, '{"type": {"a": 1}}', '{"id": ' + "9" * 5_000 + "}",
)  # fmt: skip


def test_every_bad_line_is_told_with_its_number_and_the_good_ones_come_in_when_asked(app, bring, tmp_path):
    file = lines(tmp_path, *STORM, *BAD)
    with app.app_context():
        planned = plan_chat(db.session(), read(file), None).outcome
    assert sorted({fault.line for fault in planned.faults}) == list(range(7, 7 + len(BAD)))
    assert all(fault.reason for fault in planned.faults)
    with pytest.raises(Exception, match="bad"):
        bring(file)
    assert bring(file, skip_bad=True)[:2] == (3, 0)


def test_what_nobody_known_took_part_in_needs_a_keeper(bring, tmp_path, api_of):
    file = lines(tmp_path, {"id": "1", "conversation": "old", "author": "x", "at": "2020-01-01", "text": "Hello"})
    with pytest.raises(Exception, match="bad"):
        bring(file)
    assert bring(file, "Kostas") == (1, 0, [])
    assert "old" in talks(api_of("Kostas"))


def test_a_false_mention_calls_nobody_and_others_may_not_bring_in(bring, tmp_path, api_of, cast):
    text = f"@[Anna](party:{cast.Nikos}) \ue000sofia\ue001 <script>alert(1)</script>"
    message = {**STORM[3], "text": text}
    with pytest.raises(Exception):  # noqa: B017, PT011
        bring(lines(tmp_path, *STORM[:3], message), "Eleni")
    bring(lines(tmp_path, *STORM[:3], message))
    eleni = api_of("Eleni")
    assert said(eleni, talks(eleni)["Storm of March"])[0]["called"] == []


SLACK = {
    "users.json": [
        {"id": "U1", "name": "eleni", "profile": {"real_name": "Eleni M.", "email": "eleni@city.example"}},
        {"id": "U2", "name": "maria", "profile": {"real_name": "Maria L.", "email": "maria@city.example"}},
        {"id": "U3", "name": "gone", "profile": {"real_name": "Somebody Gone"}},
    ],
    "channels.json": [{"id": "C1", "name": "works", "members": ["U1", "U2", "U3"], "topic": {"value": "Roads"}}],
    "dms.json": [{"id": "D1", "members": ["U1", "U2"]}],
    "works/2024-01-05.json": [
        {"type": "message", "user": "U1", "ts": "1704441600.000100", "subtype": "channel_join", "text": "joined"},
        {"type": "message", "user": "U1", "ts": "1704441601.000100", "thread_ts": "1704441601.000100",
         "text": "<@U2> see *this* &amp; <https://a.example/b|the map>, `<@U2> *x*`"},
        {"type": "message", "user": "U3", "ts": "1704441602.000200", "thread_ts": "1704441601.000100", "text": "ok",
         "files": [{"name": "plan.pdf", "permalink": "https://files.example/plan.pdf"}]},
        {"type": "message", "user": "U2", "text": "no time"},
    ],
    "D1/2024-01-06.json": [{"type": "message", "user": "U2", "ts": "1704500000.000100", "text": "Between us"}],
    "broken/2024-01-05.json": [],
}  # fmt: skip


@pytest.mark.parametrize("packed", [True, False])
def test_a_slack_export(bring, tmp_path, api_of, cast, packed):
    where = tmp_path / ("export.zip" if packed else "export")
    if packed:
        with zipfile.ZipFile(where, "w") as archive:
            for name, parts in SLACK.items():
                archive.writestr(f"city/{name}", json.dumps(parts))
    else:
        for name, parts in SLACK.items():
            (where / name).parent.mkdir(parents=True, exist_ok=True)
            (where / name).write_text(json.dumps(parts))
    assert bring(where, skip_bad=True) == (3, 0, [("works/2024-01-05.json", 4)])
    eleni = api_of("Eleni")
    first, second = said(eleni, talks(eleni)["works"])
    assert first["text"].endswith("see **this** & [the map](https://a.example/b), `<@U2> *x*`")
    assert first["called"] == [cast.Maria]
    assert (second["reply_to"], second["author"]["name"]) == (first["id"], "Somebody Gone")
    assert "plan.pdf" in second["text"]
    assert said(eleni, talks(eleni)["Maria Lekka"])[0]["text"] == "Between us"
    assert "works" not in talks(api_of("Leila"))
    assert [one["name"] for one in api_of("Leila").get(f"{V1}/conversations/joinable").json["items"]] == ["works"]


MATTERMOST = (
    {"type": "version", "version": 1},
    {"type": "channel", "channel": {"team": "t", "name": "works", "display_name": "Works", "type": "P"}},
    {"type": "user", "user": {"username": "eleni", "email": "eleni@city.example", "first_name": "E", "last_name": "M",
                              "teams": [{"name": "t", "channels": [{"name": "works"}]}]}},
    {"type": "user", "user": {"username": "maria", "email": "maria@city.example"}},
    {"type": "post", "post": {"team": "t", "channel": "works", "user": "eleni", "create_at": 1704441600000,
                              "message": "@maria. see `@maria` <b>", "replies": [
                                  {"user": "maria", "message": "ok", "create_at": 1704441700000},
                                  {"user": "maria", "message": "late", "create_at": "x"}]}},
    {"type": "direct_post", "direct_post": {"channel_members": ["eleni", "maria"], "user": "maria",
                                            "create_at": 1704441800000, "message": "Between us"}},
    {"type": "post", "post": {"team": "t", "channel": None, "user": "eleni", "create_at": 1, "message": "x"}},
)  # fmt: skip


def test_a_mattermost_export(bring, tmp_path, api_of, cast):
    assert bring(lines(tmp_path, *MATTERMOST), skip_bad=True) == (3, 0, [("", 5), ("", 7)])
    eleni = api_of("Eleni")
    first, second = said(eleni, talks(eleni)["Works"])
    assert (first["called"], second["reply_to"], second["author"]["id"]) == ([cast.Maria], first["id"], cast.Maria)
    assert first["text"].endswith(". see `@maria` <b>")
    assert said(eleni, talks(eleni)["Maria Lekka"])[0]["text"] == "Between us"
    assert bring(lines(tmp_path, *MATTERMOST), skip_bad=True)[:2] == (0, 3)


@pytest.mark.parametrize("written", [b"", b"\xff\xfe\x00", b"PK\x03\x04broken", b"[1]", b"id;text\n1;x"])
def test_a_file_that_is_no_chat_is_refused_in_a_sentence(app, tmp_path, written):
    file = tmp_path / "x.zip"
    file.write_bytes(written)
    with app.app_context(), pytest.raises(BadFile, match=r"\w+"):
        read(file)


def test_the_command_line_says_first_what_would_happen(app, servers, clones, tmp_path):
    file = lines(tmp_path, *STORM, "{")
    environment = {
        "DATABASE_URL": servers.url_of(clones.current), "REDIS_URL": servers.redis_url, "PATH": "/usr/bin:/bin",
        "SECRET_KEY": "a secret that only tests know, long enough", "COLLAB_ENV": "test",
        "COLLAB_DATA_DIR": str(tmp_path),
    }  # fmt: skip

    def run(*more):
        command = [sys.executable, "-m", "collab.cli", "import", "chat", str(file), *more]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    looked = run()
    assert (looked.returncode, "line 7" in looked.stdout) == (1, True), looked.stderr
    assert run("--apply", "--skip-bad", "--json").stdout.startswith('{"created": 3')
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Message)) == 3
