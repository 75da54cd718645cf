"""A real Redis that cannot save and a database that has no room: said once, seen by `/readyz` and the doctor."""

import logging
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import redis
from sqlalchemy import text

from collab.cli.local import examine
from collab.cli.local.redis import program
from collab.core import broker, jobs, realtime, rest, room
from collab.core.db import writing
from collab.core.errors import Busy
from config.settings import read
from tests.databases import Clones
from tests.machine.copies import soon

REFUSED = "Redis takes no writes"


class Disk:
    """A Redis of its own, and its disk: `fill` makes saving fail, so that it refuses writes, `empty` mends it."""

    def __init__(self, folder):
        self.files, self.url = folder / "files", f"unix://{folder / 's'}"
        self.files.mkdir()
        wanted = ["--port", "0", "--unixsocket", str(folder / "s"), "--dir", str(self.files), "--loglevel", "warning"]
        self.process = subprocess.Popen([program(), *wanted], stdout=subprocess.DEVNULL)
        self.client = redis.Redis.from_url(self.url)
        assert soon(self.answers)
        self.client.config_set("save", "3600 1")
        self.client.config_set("stop-writes-on-bgsave-error", "yes")

    def answers(self):
        try:
            return self.client.info("server")
        except redis.RedisError:
            return False

    def saved(self, word):
        self.client.execute_command("BGSAVE")
        assert soon(lambda: self.client.info("persistence")["rdb_last_bgsave_status"] == word)

    def fill(self):
        (self.files / "dump.rdb").unlink(missing_ok=True)
        (self.files / "dump.rdb" / "in the way").mkdir(parents=True)
        self.saved("err")

    def empty(self):
        shutil.rmtree(self.files / "dump.rdb")
        self.saved("ok")


@pytest.fixture
def disk(app, servers, monkeypatch):
    with tempfile.TemporaryDirectory(prefix="collab-") as folder:  # a short one: a socket's path has an end
        one = Disk(Path(folder))
        monkeypatch.setattr(rest, "SECONDS", 0.0)
        for module in (broker, jobs, realtime):
            module.use(one.url)
        room._said.clear()
        yield one
        one.process.kill()
        one.process.wait()
        for module in (broker, jobs, realtime):
            module.use(servers.redis_url)
        room._said.clear()
        room._refusing.clear()


def speak():
    """What every process does every few seconds."""
    jobs.beat("teller")
    jobs.enqueue("collab.core.jobs.tell_job", 1, "x", job_id="one")
    realtime.hint(["all"], "work-item", 1)


def test_a_redis_without_room_is_told_once_until_it_has_some(disk, caplog):
    caplog.set_level(logging.WARNING)
    speak()
    assert caplog.messages == []
    disk.fill()
    for _time in range(5):
        speak()
    assert [REFUSED in said for said in caplog.messages] == [True]
    disk.empty()
    speak()
    assert caplog.messages[1:] == ["Redis takes writes again."]
    disk.fill()
    speak()
    assert REFUSED in caplog.messages[2]


def test_the_house_and_the_doctor_say_that_it_is_the_disk(app, disk, tmp_path):
    settings = read({"REDIS_URL": disk.url, "COLLAB_DATA_DIR": str(tmp_path)})
    assert "takes writes" in examine.redis(settings)
    assert app.test_client().get("/readyz").json["disk"] is True
    disk.fill()
    with pytest.raises(examine.NotWell, match="Redis takes no writes: its disk is full"):
        examine.redis(settings)
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json["status"], answer.json["disk"]) == (200, "degraded", False)
    disk.empty()
    assert app.test_client().get("/readyz").json["disk"] is True


FULL = """
create function full_disk() returns trigger language plpgsql as $$ begin
  raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
create trigger full_disk before insert or update on organisation for each statement execute function full_disk()
"""


def test_a_database_without_room_is_told_once_and_people_to_try_again(app, cast, disk, caplog):
    caplog.set_level(logging.WARNING)
    with app.app_context():
        with writing() as session:
            session.execute(text(FULL))
        for _time in range(3):
            with pytest.raises(Busy), writing() as session:
                session.execute(text("update organisation set name = name"))
        assert ["PostgreSQL takes no writes" in said for said in caplog.messages] == [True]
        assert app.test_client().get("/readyz").json["disk"] is False
        with writing() as session:
            session.execute(text("drop trigger full_disk on organisation"))
        assert caplog.messages[1:] == ["PostgreSQL takes writes again."]
        assert app.test_client().get("/readyz").json["disk"] is True


def test_the_doctor_writes_to_the_database_and_leaves_nothing(app, cast, servers, tmp_path):
    url = servers.url_of(Clones.current).replace("+psycopg", "")
    assert "takes writes" in examine.database(read({"DATABASE_URL": url, "COLLAB_DATA_DIR": str(tmp_path)}))
    with app.app_context(), writing() as session:
        assert session.scalar(text("select to_regclass('collab_doctor')")) is None
