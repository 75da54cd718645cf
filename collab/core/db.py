"""The one database: how it is reached, read and written.

Connections are read-only by default and reads run in autocommit: PostgreSQL itself refuses a write that goes
round the envelope, and a page of six queries costs no BEGIN, no ROLLBACK and keeps its prepared statements.
Only `writing()` opens a transaction that may change something; only `collab.core` calls it.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Final

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Identity, MetaData, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.types import UserDefinedType

from . import arrays, room
from .errors import Busy, Conflict
from .patience import CONNECTING, STATEMENT, Driver

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Statements of pages end within milliseconds. Those that look costly to the planner, as a search that is shown a few of
# each kind, would be compiled for 150 ms before they run (jit).
SESSION_OPTIONS = (
    "-c default_transaction_read_only=on -c idle_in_transaction_session_timeout=15s "
    "-c statement_timeout=10s -c lock_timeout=3s -c timezone=UTC -c jit=off"
)

Id = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
Instant = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Words = Annotated[str, mapped_column(Text)]


class Base(DeclarativeBase):
    """The root of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        int: BigInteger,
        str: Text,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
    }


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id, which orders facts as they were committed."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


arrays.install()

log = logging.getLogger(__name__)
_raw: Final = json.JSONDecoder().raw_decode


def read_json(sent: bytes) -> Any:
    """What PostgreSQL sends of a JSON column: UTF-8 without space around it. To find that out for each of the 150 names
    of a list takes five times as long as to read them."""
    return _raw(str(sent, "utf-8"))[0]


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def engine_options(pool_size: int = 10) -> dict[str, Any]:
    """Settings of the connection pool. A connection that cannot be had within 5 s is a 503, not a hang."""
    return {
        "module": Driver(),
        "json_deserializer": read_json,
        "isolation_level": "AUTOCOMMIT",
        "pool_size": pool_size,
        "max_overflow": 0,
        "pool_timeout": 5,
        "pool_use_lifo": True,
        "pool_pre_ping": True,
        "connect_args": {"options": SESSION_OPTIONS, "connect_timeout": CONNECTING, "application_name": "collab"},
    }


def writable_session() -> Session:
    """`db.session`, typed as what it is."""
    return db.session()


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction that may write: committed when the block ends, rolled back when it raises.

    Ends whatever was being read first. Raises Busy when a lock could not be had in time, two writers met head-on or
    the disk has no room, and Conflict when a constraint would break: nothing was changed then.
    """
    session = writable_session()
    session.close()
    session.connection(execution_options={"isolation_level": "READ COMMITTED", "postgresql_readonly": False})
    try:
        yield session
        session.commit()
    except IntegrityError as error:
        session.rollback()
        raise Conflict from error
    except DBAPIError as error:
        session.rollback()
        if room.lacking(error):
            room.refused(log, room.POSTGRESQL)
            raise Busy from error
        if is_transient(error):
            raise Busy from error
        raise
    except BaseException:
        session.rollback()
        raise
    room.wrote(log, room.POSTGRESQL)


def long_statements(session: Session, seconds: int = 300) -> None:
    """Give the bulk verb that is running more time than a page gets; holds until its transaction ends."""
    driver: Any = session.connection().connection.driver_connection
    driver.patience = seconds + STATEMENT  # until it is given back
    session.execute(text(f"set local statement_timeout = '{seconds}s'"))
    session.execute(text(f"set local idle_in_transaction_session_timeout = '{seconds}s'"))


# Lock timeout, deadlock, serialization, statement timeout.
TRANSIENT = frozenset({"55P03", "40P01", "40001", "57014"})


def is_transient(error: SQLAlchemyError) -> bool:
    """Whether the same command may succeed when it is repeated."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in TRANSIENT


def is_deadlock(error: BaseException | None) -> bool:
    """Whether PostgreSQL gave this transaction up because two waited for each other."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) == "40P01"


def is_unreachable(error: BaseException) -> bool:
    """Whether the database itself could not be asked."""
    return isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and error.connection_invalidated)


def ping() -> bool:
    """Whether the database answers; raises what psycopg raises when it does not."""
    return bool(db.session.execute(text("select 1")).scalar())
