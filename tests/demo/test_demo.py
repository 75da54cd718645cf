"""The sample organisation is alive, true to its own history, and made once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from collab.cli.demo import house
from collab.people.passwords import fault, is_password
from tests.conftest import SECRET
from tests.databases import Servers

ROOT = Path(__file__).resolve().parents[2]
OPEN = "state_kind in ('new', 'active', 'waiting')"
TODAY = "(now() at time zone 'Europe/Athens')::date"  # the day of the town, which begins before that of UTC


@dataclass(frozen=True)
class Sample:
    """A database with the sample in it, and the command line on it."""

    url: str
    collab: Callable[..., subprocess.CompletedProcess[str]]

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url.replace("+psycopg", "")) as connection:
            return connection.execute(query).fetchall()  # type: ignore[call-overload, no-any-return]

    def one(self, query: str) -> Any:
        return self.ask(query)[0][0]


@pytest.fixture(scope="module")
def sample(servers: Servers) -> Iterator[Sample]:
    made = _empty(servers, "collab_demo")
    made.collab("demo", check=True)
    yield made
    servers.administer("drop database collab_demo with (force)")


def _empty(servers: Servers, name: str) -> Sample:
    servers.administer(f"drop database if exists {name} with (force)", f"create database {name}")
    url = servers.url_of(name)
    environment = {
        **os.environ,
        "COLLAB_ENV": "development",
        "DATABASE_URL": url,
        "REDIS_URL": servers.redis_url,
        "COLLAB_DATA_DIR": str(servers.folder / "files"),
        "SECRET_KEY": SECRET,
    }

    def collab(*arguments: str, check: bool = False, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "collab.cli", *arguments]
        done = subprocess.run(command, cwd=ROOT, env={**environment, **more}, capture_output=True, text=True)
        assert not check or done.returncode == 0, done.stderr
        return done

    collab("db", "upgrade", check=True)
    return Sample(url, collab)


def test_the_sign_ins_are_printed_for_scripts_and_for_people(sample: Sample) -> None:
    rows = json.loads(sample.collab("demo", "--signins", "--json", check=True).stdout)
    assert [row["role"] for row in rows] == [
        "employee", "head", "second department's head", "project manager", "secretary of ideas", "administrator",
        "auditor",
    ]  # fmt: skip
    assert all(set(row) == {"role", "email", "password"} for row in rows)
    table = sample.collab("demo", "--signins", check=True).stdout
    assert all(row["email"] in table and row["password"] in table for row in rows)
    for row in rows:
        kept = sample.one(f"select password_hash from person where email = '{row['email']}' and active")
        assert is_password(kept, row["password"])
        assert not fault(row["password"], row["email"])


def test_the_people_of_the_sign_ins_are_what_they_are_said_to_be(sample: Sample) -> None:
    emails = {role: house.BY_KEY[key].email for role, key in house.SIGN_INS}
    kinds = dict(
        sample.ask("select p.email, m.kind from person p join membership m on m.person_id = p.id where m.main")
    )
    roles = dict(sample.ask("select email, roles from person"))
    assert kinds[emails["employee"]] == "member"
    assert kinds[emails["head"]] == kinds[emails["second department's head"]] == "head"
    assert roles[emails["administrator"]] == ["administrator"]
    assert roles[emails["auditor"]] == ["auditor"]
    assert roles[emails["secretary of ideas"]] == ["secretary"]
    assert {row[0] for row in sample.ask("select distinct locale from person")} == {"en", "el", "fa"}


def test_again_it_changes_nothing(sample: Sample) -> None:
    count = "select (select count(*) from facts), (select count(*) from work_item), (select count(*) from party)"
    before = sample.ask(count)
    again = sample.collab("demo", check=True)
    assert "already" in again.stdout
    assert sample.ask(count) == before


def test_every_sign_in_that_works_with_items_finds_something_expected_of_them(sample: Sample) -> None:
    for role, key in house.SIGN_INS:
        if role == "auditor":
            continue
        email = house.BY_KEY[key].email
        expected = sample.one(
            f"""
            select count(*) from wait w join person p on p.email = '{email}' where w.ended_at is null
            and (w.of_id = p.id or w.by_id = p.id
                 or w.tray_unit_id in (select unit_id from membership m where m.person_id = p.id))
            """
        )
        assert expected > 0, role


def test_everything_the_pages_show_occurs(sample: Sample) -> None:
    at_least = {
        f"select count(*) from work_item where {OPEN}": 50,
        "select count(*) from work_item where state_kind = 'done'": 40,
        f"select count(*) from work_item where {OPEN} and due_on < {TODAY}": 8,
        "select count(*) from work_item where state_kind = 'waiting'": 3,
        "select count(*) from handover where state = 'offered'": 3,
        "select count(*) from handover where state = 'accepted'": 20,
        "select count(*) from handover where state = 'returned'": 5,
        "select count(*) from wait where sense = 'answer' and ended_at is null": 10,
        "select count(*) from wait where sense = 'approval' and ended_at is null": 1,
        "select count(*) from wait where for_item_id is not null": 1,
        "select count(*) from message_mention": 25,
        "select count(*) from notification where read_at is null": 10,
        f"select count(*) from absence where first_day <= {TODAY} and last_day >= {TODAY}": 1,
        "select count(*) from outsider": 8,
        "select count(*) from (select item_id from interval group by item_id having count(*) >= 4) x": 8,
        "select count(*) from facts where kind = 'deadline-moved'": 1,
    }
    found = {query: sample.one(query) for query in at_least}
    assert {query: count for query, count in found.items() if count < at_least[query]} == {}


def test_units_and_people_have_names_in_three_languages(sample: Sample) -> None:
    nameless = sample.one(
        "select count(*) from party where kind in ('unit', 'person', 'outsider') and not (names ?& array['en', 'fa'])"
    )
    assert nameless == 0
    assert 18 <= sample.one("select count(*) from unit") <= 24
    assert sample.one("select max(depth) from unit_closure") == 3
    assert sample.one("select count(*) from membership where kind = 'acting'") == 1
    assert sample.one("select count(*) from calendar where country = 'IR'") == 1


def test_what_is_spoken_of_in_the_groups_is_still_open(sample: Sample) -> None:
    named = r"""
        select count(*) from message m join conversation c on c.id = m.conversation_id and c.owner_kind = 'group'
        join work_item i on m.text ~ ('\m' || i.reference || '\M') where i.state_kind {}
    """
    assert sample.one(named.format("in ('done', 'cancelled')")) == 0
    assert sample.one(named.format("not in ('done', 'cancelled')")) >= 2


def test_history_reads_true(sample: Sample) -> None:
    """Intervals follow each other without gap or overlap; facts stand in order of time; nothing lies ahead."""
    gaps = """
        select count(*) from (
          select to_at, lead(from_at) over (partition by item_id order by from_at, id) as next from interval) x
        where next is not null and next <> to_at
    """
    assert sample.one(gaps) == 0
    backwards = "select count(*) from (select at, lag(at) over (order by id) as before from facts) x where at < before"
    assert sample.one(backwards) == 0
    assert sample.one("select count(*) from facts where at > now()") == 0
    assert sample.one("select count(*) from interval where from_at > now() or to_at > now()") == 0
    several_days = "select count(distinct at::date) from facts where subject_kind = 'work-item'"
    assert sample.one(several_days) > 60


def test_nothing_is_left_to_tell(sample: Sample) -> None:
    assert sample.one("select count(*) from outbox") == 0


def test_in_production_and_on_the_database_of_others_it_is_refused(servers: Servers) -> None:
    other = _empty(servers, "collab_others")
    refused = other.collab("demo", COLLAB_ENV="production")
    assert refused.returncode == 1
    assert "production" in refused.stderr
    with psycopg.connect(other.url.replace("+psycopg", "")) as connection:
        connection.execute("insert into organisation (id, name, locale, time_zone) values (1, 'Ours', 'en', 'UTC')")
    refused = other.collab("demo")
    assert refused.returncode == 1
    assert "of its own" in refused.stderr
    assert other.one("select count(*) from party") == 0
    assert other.collab("demo", "--signins", "--json").returncode == 1
    servers.administer("drop database collab_others with (force)")


def test_its_meetings_took_their_time_on_days_on_which_people_work(sample: Sample) -> None:
    met = sample.ask("select starts_at, started_at, ended_at - started_at from meeting")
    assert all(starts.astimezone(ZoneInfo("Europe/Athens")).weekday() < 5 for starts, _, _ in met)
    held = [(started - starts, took) for starts, started, took in met if started is not None]
    assert len(held) == 2
    assert all(timedelta() <= late < timedelta(minutes=10) for late, _ in held)
    assert all(timedelta(minutes=20) < took < timedelta(hours=2) for _, took in held)


@pytest.mark.nightly
def test_a_start_cut_short_is_made_up_for(servers: Servers) -> None:
    cut = _empty(servers, "collab_cut")
    environment = {**os.environ, "DATABASE_URL": cut.url, "REDIS_URL": servers.redis_url, "SECRET_KEY": SECRET}
    environment |= {"COLLAB_DATA_DIR": str(servers.folder / "files"), "COLLAB_ENV": "development"}
    command = [sys.executable, "-m", "collab.cli", "demo"]
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    while child.poll() is None and cut.one("select count(*) from work_item") < 10:
        pass
    child.kill()
    child.wait()
    assert cut.one("select count(*) from work_item") < 100
    cut.collab("demo", check=True)
    assert cut.one("select count(*) from work_item") > 120
    twice = "select count(*) from (select title from work_item group by title having count(*) > 1) x"
    assert cut.one(twice) == 0
    servers.administer("drop database collab_cut with (force)")
