"""Migrations: bringing a database to the shape the code expects."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import NullPool, create_engine

if TYPE_CHECKING:
    from alembic.config import Config

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
    """Bring the database at `url` to the newest shape. Safe to repeat; two at once wait for each other."""
    from alembic import command

    command.upgrade(configuration(driver_url(url)), "head")


def is_current(connection: Any) -> bool:
    """Whether the database has the shape this code expects."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    head = ScriptDirectory.from_config(configuration("")).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def engine(url: str) -> Any:
    """A plain engine for migrations: it may write and has no time limits."""
    return create_engine(driver_url(url), poolclass=NullPool)
