"""The questions of `collab doctor`. Each answers with a sentence or raises NotWell with one."""

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

LEAST_FREE = 500 * 1024 * 1024
OLDEST_POSTGRESQL = 150000
NO_ROOM = "{} takes no writes: its disk is full or cannot be written. Make room there, or give it a larger disk."
TWO_PLACES = """
select distinct u.code from unit_edge a
  join unit_edge b on b.unit_id = a.unit_id and b.valid_from > a.valid_from
    and (a.valid_to is null or a.valid_to > b.valid_from)
  join unit u on u.id = a.unit_id order by u.code limit 20
"""
# Numbers of transactions that are still to come in this PostgreSQL: it was restored, and nobody took that up yet.
AHEAD = """
select exists (select from outbox where xid >= pg_snapshot_xmax(pg_current_snapshot()))
  or exists (select from search_place where cast(xid as xid8) > pg_snapshot_xmax(pg_current_snapshot()))
"""
RUNNING = """
select d.item_id, w.reference, d.public_key from decision d join work_item w on w.id = d.item_id
where d.stage = 'open' and d.public_key is not null order by w.reference limit 20
"""
CHROMIUM = Path(__file__).resolve().parents[3] / "bin" / "chromium"


class NotWell(Exception):
    """Something Collab stands on is wrong; the message says what, and what to do."""


Question = Callable[[], str]


def questions(settings: Settings, *, tests: bool = False) -> list[tuple[str, Question]]:
    """What to ask, in the order in which things depend on each other."""
    asked: list[tuple[str, Question]] = [
        ("data folder", partial(data_folder, settings)),
        ("database", partial(database, settings)),
        ("migrations", partial(migrations, settings)),
        ("tree of units", partial(units, settings)),
        ("what waits", partial(waiting, settings)),
        ("ballot keys", partial(ballot_keys, settings)),
        ("redis", partial(redis, settings)),
    ]
    return [*asked, ("chromium", chromium)] if tests else asked


def data_folder(settings: Settings) -> str:
    """Whether files can be kept."""
    folder = settings.data_dir
    if not os.access(folder, os.W_OK | os.X_OK):
        raise NotWell(f"{folder} cannot be written; give it to the user Collab runs as.")
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise NotWell(f"{folder} has {free // 2**20} MB left; make room before the database stops.")
    return f"{folder} can be written and has {free / 2**30:.1f} GB left."


def database(settings: Settings) -> str:
    """Whether a PostgreSQL that is new enough answers, and takes a short write."""
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    from collab.core import room

    try:
        with _connect(settings) as connection:
            _write(connection)
            number = int(connection.execute(text("show server_version_num")).scalar_one())
            shown = connection.execute(text("show server_version")).scalar_one()
    except SQLAlchemyError as error:
        raise NotWell(
            NO_ROOM.format("PostgreSQL")
            if room.lacking(error)
            else _unreachable(settings.database_embedded, "DATABASE_URL", error)
        ) from error
    if number < OLDEST_POSTGRESQL:
        raise NotWell(f"PostgreSQL {shown} is too old; Collab needs 15 or later.")
    kind = "the embedded PostgreSQL" if settings.database_embedded else "PostgreSQL"
    return f"{kind} {shown} answers and takes writes."


def _write(connection: "Connection") -> None:
    """A few pages, and a line of the log that a commit waits for; nothing of it is kept."""
    from sqlalchemy import text

    with connection.begin():
        connection.execute(text("create temporary table collab_doctor (said text) on commit drop"))
        connection.execute(text("insert into collab_doctor select repeat('x', 1000) from generate_series(1, 100)"))
        connection.execute(text("select pg_logical_emit_message(true, 'collab', 'doctor')"))


def migrations(settings: Settings) -> str:
    """Whether the database has the shape this version expects."""
    from sqlalchemy.exc import SQLAlchemyError

    from collab.core import migrate

    try:
        with _connect(settings) as connection:
            current = migrate.is_current(connection)
    except SQLAlchemyError as error:
        raise NotWell("cannot be seen while the database does not answer.") from error
    if not current:
        raise NotWell("some are missing; run `collab db upgrade`.")
    return "the database has the shape this version expects."


def units(settings: Settings) -> str:
    """Whether every unit stands at one place on each day."""
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with _connect(settings) as connection:
            there = connection.execute(text("select to_regclass('unit_edge') is not null")).scalar_one()
            twice = connection.execute(text(TWO_PLACES)).scalars().all() if there else []
    except SQLAlchemyError as error:
        raise NotWell("cannot be seen while the database does not answer.") from error
    if twice:
        raise NotWell(
            f"at two places on the same day: {', '.join(twice)}; `collab db upgrade` ends the earlier place "
            "where the later one begins."
        )
    return "every unit stands at one place on each day."


def waiting(settings: Settings) -> str:
    """Whether what waits to be told and found can be followed, also after a restore."""
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with _connect(settings) as connection:
            there = connection.execute(text("select to_regclass('search_place') is not null")).scalar_one()
            ahead = there and connection.execute(text(AHEAD)).scalar_one()
    except SQLAlchemyError as error:
        raise NotWell("cannot be seen while the database does not answer.") from error
    if ahead:
        raise NotWell(
            "the database was restored, and the teller has not taken up yet what waited; start it (`collab up` does), "
            "and ask again after a minute."
        )
    return "what waits to be told and found can be followed."


def ballot_keys(settings: Settings) -> str:
    """Whether the keys of confidential votes lie apart from what is backed up, and none is missing."""
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    from collab.decisions.envelopes import EARLIER, Places, key_file

    folder, data = settings.ballot_keys_dir, settings.data_dir
    if folder.resolve().is_relative_to(data.resolve()):
        raise NotWell(
            f"{folder} lies inside the data folder: a copy of both the database and that folder opens every ballot of "
            "a confidential vote. Choose a folder elsewhere with BALLOT_KEYS_DIR, and keep it out of backups."
        )
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        raise NotWell(f"{folder} cannot be made or written; choose another folder with BALLOT_KEYS_DIR.")
    try:
        with _connect(settings) as connection:
            made = connection.execute(text("select to_regclass('decision') is not null")).scalar_one()
            running = connection.execute(text(RUNNING)).all() if made else []
    except SQLAlchemyError as error:
        raise NotWell("cannot be seen while the database does not answer.") from error
    found = Places(folder, data / EARLIER)
    lost = [row.reference for row in running if key_file(found, row.item_id, bytes(row.public_key)) is None]
    if lost:
        raise NotWell(
            f"missing for open confidential votes: {', '.join(lost)}. Is {folder} the folder of every machine? Without "
            "its key a vote ends at its hour without an outcome."
        )
    return f"{folder} lies apart from the data folder; keep it out of backups."


def redis(settings: Settings) -> str:
    """Whether Redis answers, and takes a short write."""
    from redis import Redis, RedisError

    from collab.core import room

    try:
        with Redis.from_url(settings.redis_url, socket_connect_timeout=2, socket_timeout=2) as broker:
            version = broker.info("server")["redis_version"]
            broker.set("collab:doctor", "1", ex=1)
    except (RedisError, OSError) as error:
        raise NotWell(
            NO_ROOM.format("Redis")
            if room.lacking(error)
            else _unreachable(settings.redis_embedded, "REDIS_URL", error)
        ) from error
    kind = "the private Redis" if settings.redis_embedded else "Redis"
    return f"{kind} {version} answers and takes writes."


def chromium() -> str:
    """Whether the browser tests find a browser."""
    found = subprocess.run([str(CHROMIUM)], capture_output=True, text=True, check=False)  # noqa: S603
    if found.returncode != 0:
        raise NotWell(" ".join(found.stderr.split()))
    return f"{found.stdout.strip()} runs."


def _connect(settings: Settings) -> "Connection":
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    return create_engine(settings.database_url, poolclass=NullPool, connect_args={"connect_timeout": 3}).connect()


def _unreachable(embedded: bool, variable: str, error: Exception) -> str:
    if embedded:
        return "does not answer; it runs while `collab up` (or `make run`) does."
    # The first line says why; the rest is about the driver, and an address might stand in it.
    reason = str(getattr(error, "orig", error)).strip().split("\n", 1)[0]
    return f"what {variable} names does not answer: {reason}"
