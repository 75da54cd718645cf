"""Migrations: bringing a database to the shape the code expects."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from .db import is_transient

if TYPE_CHECKING:
    from alembic.config import Config

LOCK_WAIT: Final = "2s"
TRIES, REST = 30, 1.0
"""How often a migration that gave way is tried, and the seconds between."""
FOLDER = Path(__file__).resolve().parent.parent / "migrations"


# Alembic is loaded where it is used: every process of the application would carry its 9 MB for one call.
def configuration(url: str) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    return config


def driver_url(url: str) -> str:
    """`postgresql://` and `postgres://` as SQLAlchemy's psycopg 3 address."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest shape. Safe to repeat; two at once wait for each other.

    A step that waits for somebody who reads a table would keep everybody else waiting behind it, so it gives way after
    `LOCK_WAIT`, and all is tried again. Raises what the driver raises where that did not help.
    """
    from alembic import command

    for left in reversed(range(TRIES)):
        try:
            command.upgrade(configuration(driver_url(url)), "head")
        except OperationalError as error:
            if not is_transient(error) or not left:
                raise
            time.sleep(REST)
        else:
            return


def head() -> str:
    """The newest step, by the number its file begins with (`bin/check-migrations` holds them to it)."""
    return max(path.name for path in (FOLDER / "versions").glob("[0-9]*.py"))[:4]


def is_current(connection: Any) -> bool:
    """Whether the database has the shape this code expects."""
    if connection.execute(text("select to_regclass('alembic_version')")).scalar() is None:
        return False  # nothing was ever migrated here
    return bool(connection.execute(text("select version_num from alembic_version")).scalar() == head())


def engine(url: str) -> Any:
    """A plain engine for migrations: it may write and has no time limits."""
    return create_engine(driver_url(url), poolclass=NullPool)
