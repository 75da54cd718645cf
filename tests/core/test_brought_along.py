"""Rows of the outbox whose transactions are still to come here, since the database was restored from elsewhere."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, text

from collab.core.actor import SYSTEM, Actor
from collab.core.db import db, writing
from collab.core.envelope import COMMANDS, anonymous, open_command, record
from collab.core.facts import KINDS, Fact, fact
from collab.core.outbox import OutboxRow
from collab.core.reactions import REGISTRY, Told, reacts
from collab.core.teller import tell_due
from collab.core.telling import take_up_brought_along

heard: list[int] = []


@fact("gong-struck", of="gong", says="%(actor)s struck the gong %(times)s times")
class GongStruck(Fact):
    times: int


def listen(told: Told) -> None:
    assert isinstance(told.fact, GongStruck)
    heard.append(told.fact.times)


@open_command(anonymous)
def strike(_actor: Actor, gong: int, times: int) -> None:
    """Strike a gong."""
    record(GongStruck(subject=gong, times=times))


@pytest.fixture(autouse=True)
def _listening(app: Flask, still: None) -> Iterator[None]:
    heard.clear()
    reaction = reacts(GongStruck)(listen)
    REGISTRY.add(reaction)
    with app.app_context():
        yield
        db.session.remove()
    del REGISTRY.by_name[reaction.name]
    REGISTRY.by_kind.pop("gong-struck", None)


@pytest.fixture(autouse=True, scope="module")
def _forget() -> Iterator[None]:
    yield
    KINDS.pop("gong-struck", None)
    for name in [name for name in COMMANDS if name.startswith(__name__)]:
        del COMMANDS[name]


def number(**xids: str) -> None:
    """`number(first="…")`: as if another PostgreSQL had given the first row this number."""
    places = {"first": 0, "second": 1, "third": 2}
    with writing() as session:
        rows = session.scalars(select(OutboxRow.fact_id).order_by(OutboxRow.fact_id)).all()
        for name, xid in xids.items():
            session.execute(
                text("update outbox set xid = cast(:xid as xid8) where fact_id = :id"),
                {"xid": xid, "id": rows[places[name]]},
            )


def tell_all() -> None:
    while not tell_due().idle:
        pass


def test_what_was_brought_along_is_told_and_before_what_happened_here() -> None:
    for times in (1, 2, 3):
        strike(SYSTEM, 7, times)
    number(first="90000000001", second="5", third="90000000002")
    strike(SYSTEM, 7, 4)
    tell_all()
    assert heard == [2, 4], "numbers yet to come are waited for"
    heard.clear()
    strike(SYSTEM, 7, 5)
    take_up_brought_along()
    tell_all()
    assert heard == [1, 3, 5]


def test_a_number_that_was_given_here_stays() -> None:
    strike(SYSTEM, 7, 1)
    before = db.session.scalar(select(OutboxRow.xid))
    db.session.rollback()
    take_up_brought_along()
    assert db.session.scalar(select(OutboxRow.xid)) == before


def test_a_row_that_somebody_is_telling_is_not_waited_for() -> None:
    strike(SYSTEM, 7, 1)
    strike(SYSTEM, 8, 2)
    number(first="90000000001", second="90000000002")
    with db.engine.connect() as worker:
        taking = worker.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)
        with taking.begin() as open_:
            taking.execute(text("delete from outbox where fact_id = (select min(fact_id) from outbox)"))
            take_up_brought_along()
            tell_all()
            assert heard == [2]
            open_.rollback()
    take_up_brought_along()
    tell_all()
    assert heard == [2, 1]
