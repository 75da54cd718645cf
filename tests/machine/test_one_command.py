"""`collab up`: real PostgreSQL and Redis, signals as operators and accidents send them."""

import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from collab.cli.local import folder, postgres
from collab.cli.local.testing import start
from config.places import redis_socket, socket_folder
from tests.machine.copies import Copy, free_port, soon
from tests.machine.watching import gone, kill_all, named, processes_of

ANSWERS = "Collab answers at"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A data folder; whatever a failed test leaves running there is ended."""
    data_dir = tmp_path / "var"
    yield data_dir
    kill_all(data_dir)


def count_notes(place: Path) -> int:
    """How many rows the table of the test holds, made at the first call."""
    address = f"postgresql://collab@/collab?host={socket_folder(place)}"
    with psycopg.connect(address) as connection:
        connection.execute("create table if not exists note (id int generated always as identity)")
        connection.execute("insert into note default values")
        (count,) = connection.execute("select count(*) from note").fetchone() or (0,)
        return int(count)


def test_first_start_says_where_and_how_to_sign_in_and_term_ends_everything(place: Path) -> None:
    copy = Copy(place, ORPHAN="yes")
    assert copy.says("Ctrl-C ends it."), copy.words()
    assert copy.answers()
    words = copy.words()
    assert "migrate    | migrated" in words
    assert "demo       | sample made" in words
    assert f"Collab answers at http://localhost:{copy.port}" in words
    assert "\nanna@example.org  secret\n" in words
    assert stat.S_IMODE(socket_folder(place).stat().st_mode) == 0o700
    assert copy.end(signal.SIGTERM) == 0
    assert gone(place, 2)

    again = Copy(place, copy.port)
    assert again.says("Ctrl-C ends it.", times=2), again.words()
    assert again.words().count("sample made") == 1
    assert again.end(signal.SIGINT) == 0
    assert gone(place, 2)
    assert "was interrupted" not in again.words()


def test_whoever_starts_it_empty_reads_how_the_first_administrator_is_made(place: Path) -> None:
    copy = Copy(place)
    assert copy.says("Ctrl-C ends it."), copy.words()
    assert "person add" not in copy.words()  # nothing is known of accounts here: these programs make no table
    with psycopg.connect(f"postgresql://collab@/collab?host={socket_folder(place)}") as connection:
        connection.execute("create table person (kind text)")
    assert copy.end(signal.SIGTERM) == 0

    empty = Copy(place, copy.port)
    assert empty.says("Ctrl-C ends it.", times=2), empty.words()
    assert "bin/collab person add EMAIL --name" in empty.words()
    with psycopg.connect(f"postgresql://collab@/collab?host={socket_folder(place)}") as connection:
        connection.execute("insert into person values ('person')")
    assert empty.end(signal.SIGTERM) == 0

    full = Copy(place, copy.port)
    assert full.says("Ctrl-C ends it.", times=3), full.words()
    assert full.words().count("person add") == 1
    assert full.end(signal.SIGTERM) == 0


def test_nothing_outlives_a_killed_supervisor_and_the_next_start_works(place: Path) -> None:
    copy = Copy(place)
    assert copy.says(ANSWERS), copy.words()
    assert count_notes(place) == 1
    assert len(processes_of(place)) >= 7
    copy.end(signal.SIGKILL)
    assert gone(place)

    again = Copy(place, copy.port)
    assert again.says(ANSWERS, times=2), again.words()
    assert count_notes(place) == 2
    assert again.end(signal.SIGTERM) == 0


def test_the_next_start_heals_after_everything_was_killed(place: Path) -> None:
    copy = Copy(place)
    assert copy.says(ANSWERS), copy.words()
    assert count_notes(place) == 1
    with redis.Redis(unix_socket_path=str(redis_socket(place))) as broker:
        broker.set("rq:scheduler-lock:default", "a dead process")
        broker.set("kept", "yes")
        assert soon(lambda: broker.info("persistence")["aof_buffer_length"] == 0)
    kill_all(place)
    copy.process.wait(5)

    again = Copy(place, copy.port)
    assert again.says(ANSWERS, times=2), again.words()
    assert count_notes(place) == 2
    with redis.Redis(unix_socket_path=str(redis_socket(place))) as broker:
        assert broker.get("kept") == b"yes"
        assert broker.get("rq:scheduler-lock:default") is None
    assert again.end(signal.SIGTERM) == 0


def test_a_lock_file_that_names_somebody_else_by_now_is_no_hindrance(place: Path) -> None:
    copy = Copy(place)
    assert copy.says(ANSWERS), copy.words()
    lock_file = place / "postgres" / "postmaster.pid"
    kept = lock_file.read_text().split("\n")
    kill_all(place)
    copy.process.wait(5)
    # As after a machine was started anew: our own number in place of the dead server's.
    assert soon(lambda: not psutil.pid_exists(int(kept[0])))
    lock_file.write_text("\n".join([str(psutil.Process().pid), *kept[1:]]))

    again = Copy(place, copy.port)
    assert again.says(ANSWERS, times=2), again.words()
    assert "lock file" not in again.words()
    assert again.end(signal.SIGTERM) == 0


def test_a_server_that_was_left_running_is_ended_first(place: Path) -> None:
    folder.prepare(place)
    postgres.initialise(place)
    left = start([*postgres.command(place)], place / "left.log", postgres.environment())
    assert soon(lambda: postgres.ready(place, left.pid))
    copy = Copy(place)
    assert copy.says(ANSWERS), copy.words()
    assert left.wait(1) == 0
    assert copy.end(signal.SIGTERM) == 0


def test_a_first_start_cut_short_is_made_up_for(place: Path) -> None:
    copy = Copy(place)
    assert copy.says("making the database")
    copy.end(signal.SIGKILL)
    assert gone(place)
    again = Copy(place, copy.port)
    assert again.says(ANSWERS), again.words()
    assert "sample made" in again.words()
    assert again.end(signal.SIGTERM) == 0


def test_what_dies_is_started_again(place: Path) -> None:
    copy = Copy(place)
    assert copy.says(ANSWERS), copy.words()
    for word, name in (("serve_forever", "together"), ("bin/postgres -D", "postgres"), ("redis-server", "redis")):
        (process,) = (one for one in named(place, word))
        process.kill()
        assert copy.says(f"{name} was killed by signal 9; it is started again in 0.25 s."), copy.words()
    assert soon(copy.answers)
    assert soon(lambda: len(named(place, "bin/postgres -D")) == 1)
    assert soon(lambda: redis_socket(place).exists() and len(named(place, "redis-server")) == 1)
    assert copy.end(signal.SIGTERM) == 0
    assert gone(place, 2)


def test_a_program_that_cannot_start_ends_the_start_with_a_sentence(place: Path) -> None:
    copy = Copy(place, FAILING="yes")
    assert copy.process.wait(40) == 1
    assert "together   | web has no reason to live\n" in copy.words()
    assert copy.words().endswith("Error: `collab together` ends again and again; its reasons are above.\n")
    assert gone(place, 2)


def test_two_copies_live_side_by_side_and_a_third_is_told_why_not(tmp_path: Path, place: Path) -> None:
    other_place = tmp_path / "a folder with spaces and ελληνικά" / ("deep" * 20)
    other_place.parent.mkdir()
    one, two = Copy(place), Copy(other_place)
    assert one.says(ANSWERS), one.words()
    assert two.says(ANSWERS), two.words()
    assert count_notes(place) == count_notes(other_place) == 1

    third = Copy(place, free_port())
    assert third.process.wait(40) == 1
    assert f"Error: Collab already runs on the data folder {place} (process {one.process.pid})." in third.words()
    fourth = Copy(tmp_path / "fourth", one.port)
    assert fourth.process.wait(40) == 1
    assert fourth.words().startswith(f"Error: Port {one.port} on 127.0.0.1 cannot be used: Address already in use.")

    assert one.answers()
    assert two.answers()
    assert one.end(signal.SIGTERM) == two.end(signal.SIGTERM) == 0
    assert gone(place, 2)
    assert gone(other_place, 2)


def test_addresses_given_replace_what_is_embedded(place: Path) -> None:
    copy = Copy(
        place, DATABASE_URL="postgresql://collab@db.example.org/collab", REDIS_URL="redis://cache.example.org/0"
    )
    assert copy.says(ANSWERS), copy.words()
    assert not named(place, "postgres")
    assert not named(place, "redis-server")
    assert "sample made" not in copy.words()
    assert copy.end(signal.SIGTERM) == 0


def test_wrong_settings_end_with_code_2_and_a_sentence_each(place: Path) -> None:
    copy = Copy(place, PORT="eighty", COLLAB_ENV="prod")
    assert copy.process.wait(40) == 2
    assert copy.words() == (
        "Error: PORT has to be a whole number from 1 to 65535.\n"
        "Error: COLLAB_ENV has to be development, production or test.\n"
    )
