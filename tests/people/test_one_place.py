"""A unit stands at one place on each day, whatever writes."""

import importlib
import logging
from datetime import date
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy import Connection, text

from collab.cli.local import examine
from collab.core.db import writing
from collab.core.errors import Conflict
from collab.core.migrate import engine
from collab.people.models import UnitEdge
from config.settings import read
from tests.cast import Cast
from tests.databases import Clones, Servers

step = importlib.import_module("collab.migrations.versions.0048_one_place_a_day")
DROP = "alter table unit_edge drop constraint ex_unit_edge_one_place"


@pytest.mark.parametrize(
    ("since", "until", "fits"),
    [
        ("2014-01-01", "2015-01-01", True),
        ("2014-01-01", "2015-01-02", False),
        ("2014-01-01", None, False),
        ("2020-01-01", "2021-01-01", False),
        ("2020-01-01", None, False),
    ],
)
def test_two_places_on_one_day_are_refused(app: Flask, cast: Cast, since: str, until: str | None, fits: bool) -> None:
    days = {"valid_from": date.fromisoformat(since), "valid_to": date.fromisoformat(until) if until else None}
    with app.app_context():

        def add() -> None:
            with writing() as session:
                session.add(UnitEdge(unit_id=cast.PARKS, parent_id=cast.ADMIN, **days))

        if fits:
            add()
        else:
            with pytest.raises(Conflict):
                add()


def _doubled(connection: Connection, cast: Cast) -> None:
    connection.execute(text(DROP))
    connection.execute(
        text("insert into unit_edge (unit_id, parent_id, valid_from) values (:unit, :parent, '2019-01-01')"),
        {"unit": cast.PARKS, "parent": cast.ADMIN},
    )


def test_upgrading_mends_and_names_what_overlaps(
    app: Flask, cast: Cast, servers: Servers, caplog: pytest.LogCaptureFixture
) -> None:
    with engine(servers.url_of(Clones.current)).begin() as connection:
        _doubled(connection, cast)
        with caplog.at_level(logging.WARNING), Operations.context(MigrationContext.configure(connection)):
            step.upgrade()
        places = "select parent_id, valid_from, valid_to from unit_edge where unit_id = :unit order by valid_from"
        held = [tuple(row) for row in connection.execute(text(places), {"unit": cast.PARKS})]
        assert [(parent, until) for parent, _since, until in held] == [
            (cast.TECH, date(2019, 1, 1)),
            (cast.ADMIN, None),
        ]
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "unit PARKS stood at two places at once"
    ]


def test_doctor_names_what_overlaps(app: Flask, cast: Cast, servers: Servers, tmp_path: Path) -> None:
    url = servers.url_of(Clones.current)
    settings = read({"DATABASE_URL": url.replace("+psycopg", ""), "COLLAB_DATA_DIR": str(tmp_path)})
    assert examine.units(settings) == "every unit stands at one place on each day."
    with engine(url).begin() as connection:
        _doubled(connection, cast)
    with pytest.raises(examine.NotWell, match="PARKS"):
        examine.units(settings)
