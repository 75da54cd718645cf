"""A migration gives way to whoever reads, is tried again, and says so in the end."""

import importlib
import threading
from types import SimpleNamespace

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from collab.core import migrate

NAME = "collab_in_use"


@pytest.fixture
def in_use(servers):
    """A new database, and somebody in it who keeps others from the table that every migration writes."""
    servers.administer(f"create database {NAME}")
    url = servers.url_of(NAME)
    with psycopg.connect(url.replace("+psycopg", "")) as reader:
        reader.execute("create table alembic_version (version_num varchar(32) primary key)")
        reader.commit()
        reader.execute("lock table alembic_version in access exclusive mode")
        yield url, reader
    servers.administer(f"drop database {NAME} with (force)")


def test_what_is_in_use_is_tried_again_until_it_is_free(in_use, monkeypatch):
    url, reader = in_use
    failed, first = [], threading.Event()
    monkeypatch.setattr(migrate, "time", SimpleNamespace(sleep=lambda _seconds: first.set()))

    def bring_up():
        try:
            migrate.upgrade(url)
        except OperationalError as error:
            failed.append(error)

    upgrading = threading.Thread(target=bring_up)
    upgrading.start()
    assert first.wait(60)
    reader.commit()
    upgrading.join(120)
    assert failed == []
    assert reader.execute("select to_regclass('work_item') is not null").fetchone() == (True,)
    reader.commit()


def test_units_with_codes_alike_from_before_stop_no_upgrade(servers):
    """They keep their codes, and the index waits; see migration 0063."""
    servers.administer("create database collab_alike")
    url = servers.url_of("collab_alike")
    try:
        migrate.upgrade(url)
        step = importlib.import_module("collab.migrations.versions.0063_codes_of_units_alike")
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            there = "select to_regclass('ix_unit_code_lower') is not null"
            assert connection.execute(there).fetchone() == (True,)
            connection.execute("drop index ix_unit_code_lower")
            for code in ("PARKS", "parks"):
                made = (
                    "with one as (insert into party (kind, label, sort_key) values ('unit', 'Parks', '') returning id)"
                )
                connection.execute(
                    f"{made} insert into unit (id, code, valid_from) select id, '{code}', now() from one"
                )
            connection.execute(step.UP)
            assert connection.execute(there).fetchone() == (False,)
    finally:
        servers.administer("drop database collab_alike with (force)")


def test_what_stays_in_use_is_told(in_use, monkeypatch):
    monkeypatch.setattr(migrate, "TRIES", 1)
    with pytest.raises(OperationalError, match="lock timeout"):
        migrate.upgrade(in_use[0])
