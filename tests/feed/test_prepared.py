"""Statements made once and run for everybody give the rows of statements made for each: the law of `prepared`."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from collab.core import clock
from collab.core.db import db
from collab.feed.prepared import Prepared
from collab.feed.queries.badges import COUNT
from collab.feed.queries.notifications import FIRST_PAGE, LATEST
from collab.feed.queries.put_off import PUT_OFF
from collab.feed.queries.tray import BESIDE_DAY
from collab.feed.queries.waits import FIRST_EXPECTED
from collab.work import commands as work
from collab.work.forms import Ask, Offer
from collab.work.models import WorkItem
from collab.work.policy import visible_to
from tests.work.making import day, make

EVERYBODY = (
    "Eleni", "Nikos", "Babis", "Maria", "Petros", "Dimitra", "Sofia", "Yannis", "Anna", "Kostas", "Reza", "Shirin",
    "Leila",
)  # fmt: skip
STATEMENTS = {
    "expected": FIRST_EXPECTED, "inbox": FIRST_PAGE, "news": LATEST, "badges": COUNT,
    "beside": BESIDE_DAY, "around": PUT_OFF,
    "items": Prepared(lambda actor, _asking: select(WorkItem.id).where(visible_to(actor)).order_by(WorkItem.id)),
}  # fmt: skip


@pytest.fixture
def town(cast, do, write, tell, api_of):
    """Items of several units and reaches, offered, asked about and talked of, and something to confirm."""
    form = {"kind": "announcement", "title": "News", "audience": cast.PARKS}
    news = api_of("Nikos").post("/api/v1/conversations", json=form).json["id"]
    body = {"text": "Helmets from Monday", "nonce": "n", "asks_receipt": True}
    assert api_of("Nikos").post(f"/api/v1/conversations/{news}/messages", json=body).status_code == 201
    for number, (who, unit) in enumerate(
        [("Nikos", "PARKS"), ("Petros", "ROADS"), ("Sofia", "LEGAL"), ("Anna", "CITY")]
    ):
        unit_id = cast.units[unit]
        first = do(make, who, unit_id, None, f"tray of {unit}", due_on=day(20 + number))
        do(make, who, unit_id, cast.people[who], f"named in {unit}", reach="named")
        do(make, who, unit_id, cast.people[who], f"all in {unit}", reach="all")
        do(work.ask, who, first, Ask(of=cast.head_posts["LEGAL" if unit != "LEGAL" else "PARKS"], what="Well?"))
        do(work.ask, who, first, Ask(of=cast.ROADS if unit != "ROADS" else cast.PARKS, what="And you?"))
        write(who, first, f"@[a](party:{cast.Eleni}) @[b](party:{cast.TECH}) @[c](party:{cast.Leila})")
    item = do(make, "Nikos", cast.PARKS, cast.Nikos, "offered")
    do(work.offer, "Nikos", item, Offer(to=cast.FINANCE, note="Yours"))
    tell()


@pytest.mark.parametrize("name", STATEMENTS)
def test_prepared_and_fresh_give_the_same_rows_to_everybody(app, town, actor_of, name):
    statement, sizes = STATEMENTS[name], set()
    with app.app_context():
        for who in EVERYBODY:
            actor = actor_of(who)
            rows = [tuple(row) for row in statement.rows(actor)]
            assert rows == [tuple(row) for row in statement.fresh(actor)], who
            sizes.add(str(rows) if name in ("badges", "around") else len(rows))
    assert len(sizes) > 1, "everybody saw the same: this told nothing"


@pytest.mark.parametrize("name", STATEMENTS)
def test_postgresql_plans_what_is_prepared_once_and_not_for_each_reader(app, town, actor_of, name):
    """It tries five plans of its own for each before it settles (PostgreSQL 18, chapter PREPARE)."""
    with app.app_context():
        raw = db.session.connection().connection.driver_connection
        for _time in range(6):
            STATEMENTS[name].rows(actor_of("Nikos"))
        before = plans(raw)
        for who in ("Eleni", "Nikos", "Sofia"):
            STATEMENTS[name].rows(actor_of(who))
        own, shared = (after - then for after, then in zip(plans(raw), before, strict=True))
        assert (own, shared >= 3) == (0, True)


def plans(connection):
    """How often what is prepared ran by a plan of its own, and how often by the one for everybody."""
    query = "select sum(custom_plans)::int, sum(generic_plans)::int from pg_prepared_statements where statement like %s"
    return connection.execute(query, ["%work_item%"], prepare=False).fetchone()


def test_a_moment_and_a_substitute_are_asked_with_their_own_values(app, town, actor_of, cast):
    from collab.feed.prepared import asked

    with app.app_context():
        for who in EVERYBODY:
            actor = replace(actor_of(who), substitutes=frozenset({cast.Sofia}), heads=frozenset({cast.ROADS}))
            for moment in (None, clock.now()):
                asking = asked(actor, moment)
                for statement in STATEMENTS.values():
                    assert list(map(tuple, statement.rows(actor, asking))) == list(
                        map(tuple, statement.fresh(actor, asking))
                    ), who
