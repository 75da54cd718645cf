"""Exports of Slack and Mattermost through `collab import chat`: looked at, brought in, and again without effect."""

import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import SECRET
from tests.messaging.test_importing import MATTERMOST, SLACK, V1, lines, said, talks

GUIDE = Path(__file__).resolve().parents[2] / "docs/guides/bring-in-data.md"


@pytest.fixture
def collab(app, servers, clones, tmp_path):
    """`collab("import", "chat", …)`: the command as an operator gives it."""
    environment = {
        "DATABASE_URL": servers.url_of(clones.current), "REDIS_URL": servers.redis_url, "PATH": "/usr/bin:/bin",
        "SECRET_KEY": SECRET, "COLLAB_ENV": "test", "COLLAB_DATA_DIR": str(tmp_path),
    }  # fmt: skip

    def run(*words):
        command = [sys.executable, "-m", "collab.cli", *map(str, words)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def slack(folder):
    where = folder / "slack.zip"
    with zipfile.ZipFile(where, "w") as archive:
        for name, parts in SLACK.items():
            archive.writestr(name, json.dumps(parts))
    return where


def unpacked(folder):
    where = folder / "slack"
    for name, parts in SLACK.items():
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_text(json.dumps(parts))
    return where


def mattermost(folder):
    return lines(folder, *MATTERMOST)


def zipped(folder):
    where = folder / "mattermost.zip"
    with zipfile.ZipFile(where, "w") as archive:
        archive.write(mattermost(folder), "import.jsonl")
        archive.writestr("data/plan.pdf", b"%PDF-1.7")
    return where


@pytest.mark.parametrize(
    ("export", "room", "bad"),
    [
        (slack, "works", ["line 4, works/2024-01-05.json"]), (zipped, "Works", ["line 5", "line 7"]),
        # By day these two are read in test_importing.py alone: a command more is what they cost here.
        pytest.param(unpacked, "works", ["line 4, works/2024-01-05.json"], marks=pytest.mark.nightly),
        pytest.param(mattermost, "Works", ["line 5", "line 7"], marks=pytest.mark.nightly),
    ],
)  # fmt: skip
def test_an_export_is_looked_at_brought_in_once_and_nothing_the_second_time(
    collab, api_of, cast, tmp_path, export, room, bad
):
    file = export(tmp_path)
    looked = collab("import", "chat", file)
    assert (looked.returncode, [one for one in bad if one not in looked.stdout]) == (1, []), looked.stdout
    eleni = api_of("Eleni")
    assert talks(eleni) == {}, "looking at an export brings nothing in"
    assert collab("import", "chat", file, "--apply").returncode == 1, "bad lines are passed over only when asked to"
    assert talks(eleni) == {}
    told = [json.loads(collab("import", "chat", file, "--apply", "--skip-bad", "--json").stdout) for _twice in "12"]
    assert [(one["created"], one["unchanged"]) for one in told] == [(3, 0), (0, 3)]
    first, second = said(eleni, talks(eleni)[room])
    assert (first["called"], second["reply_to"]) == ([cast.Maria], first["id"])
    assert (first["seq"], second["seq"]) == (1, 2)
    assert [one["text"] for one in said(eleni, talks(eleni)["Maria Lekka"])] == ["Between us"]
    assert set(talks(eleni)) == {room, "Maria Lekka"}
    assert room not in talks(api_of("Leila"))
    assert eleni.get(f"{V1}/conversations/{talks(eleni)[room]['id']}").json["unread"] == 0


def test_the_lines_of_the_guide_are_brought_in_as_they_stand_there(collab, api_of, cast, tmp_path):
    """Its author is matched by her address: somebody is called Anna here as well."""
    [printed] = re.findall(r"^A JSONL file holds .*?^```json\n(.*?)^```$", GUIDE.read_text(), re.MULTILINE | re.DOTALL)
    file = tmp_path / "chat.jsonl"
    file.write_text(printed)
    told = [json.loads(collab("import", "chat", file, "--apply", "--json").stdout) for _twice in "12"]
    assert [(one["created"], one["unchanged"], one["faults"]) for one in told] == [(2, 0, []), (0, 2, [])]
    anna = api_of("Anna")
    talk = anna.get(f"{V1}/conversations/{talks(anna)['Storm']['id']}").json
    assert (talk["topic"], talk["kind"]) == ("Trees", "group")
    first, second = said(anna, talk)
    assert [(one["author"]["id"], one["text"], one["reply_to"]) for one in (first, second)] == [
        (cast.Anna, "Two *trees* are down", None), (cast.Anna, "A third", first["id"]),
    ]  # fmt: skip
    times = [datetime.fromisoformat(one["created_at"]) for one in (first, second)]
    assert times == [datetime(2026, 3, 2, 7, minute, tzinfo=UTC) for minute in (30, 31)], "the zone of the organisation"
