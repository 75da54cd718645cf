"""Whether the house stands: `/healthz` for "alive", `/readyz` for "may take visitors"."""

from contextlib import suppress

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from collab.core import broker, clock, jobs, migrate, room
from collab.core.db import db
from collab.core.errors import Busy

from .doors import door
from .shell import packages

health = Blueprint("health", __name__)

NEEDED = ("database", "migrations")  # without these no page answers
# Without these pages answer, and what follows from acts waits.
WELL = ("redis", "disk", "worker", "teller", "outbox_well", "search_well")
LATE = 60.0  # seconds a fact may wait to be told, or to be found, before the house says it is not well
FIRST = 1_000  # so many of the oldest rows are looked at for failures: asking costs the same however much waits
# Since when the oldest fact waits, whoever was asked to tell it and however often it failed, and how many failed. What
# was put aside for a reaction that is in this version no more waits for nobody. The oldest is found by its number.
UNTOLD = text(
    "select (select f.at from outbox o join facts f on f.id = o.fact_id where o.next_at < '9999-01-01Z' "
    "order by o.fact_id limit 1), "
    "(select count(*) from (select tries from outbox order by fact_id limit :first) oldest where tries > 0)"
)


@door(health, "GET /healthz", public=True)
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@door(health, "GET /readyz", public=True)
def readyz() -> Response:
    """Database, Redis, room on their disks, migrations, worker, teller and outbox, each with a word."""
    found = {**_database(), "redis": broker.alive(), "worker": jobs.beats("worker"), "teller": jobs.beats("teller")}
    found["disk"] = room.left()  # of what was just asked, and of what this process wrote last
    if found["migrations"]:
        with suppress(SQLAlchemyError, Busy):  # gone between two questions: the next one says so
            for package in packages():
                found |= package.readiness() if package.readiness else {}
    ready = all(found[name] for name in NEEDED)
    well = all(found.get(name) for name in WELL)
    response = jsonify(status="not ready" if not ready else "ready" if well else "degraded", **found)
    response.status_code = 200 if ready else 503
    return response


def _database() -> dict[str, object]:
    try:
        with db.engine.connect() as connection:
            current = migrate.is_current(connection)
            oldest, failing = connection.execute(UNTOLD, {"first": FIRST}).one()
    except SQLAlchemyError:
        nothing = {"outbox_lag_seconds": None, "outbox_failing": None, "outbox_well": False}
        return {"database": False, "migrations": False, **nothing}
    lag = max(0.0, (clock.now() - oldest).total_seconds()) if oldest else 0.0
    return {
        "database": True,
        "migrations": current,
        "outbox_lag_seconds": round(lag, 1),
        "outbox_failing": failing,
        "outbox_well": lag < LATE,
    }
