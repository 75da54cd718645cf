"""Of whichever plan, the picture of who waits for whom holds the waits of those items that one sees, and no others."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import exists, func, select

from collab.core.db import db, writing
from collab.core.prepared import Prepared
from collab.people.queries.tree import tree
from collab.work.commands import ask
from collab.work.forms import Ask
from collab.work.models import Wait, WorkItem
from collab.work.policy import visible_to
from collab.work.queries.reports import open_waits
from collab.work.queries.reports.open_waits import TIMES, WAITS
from tests.work.making import make

EVERYBODY = ("Eleni", "Nikos", "Dimitra", "Anna", "Maria", "Reza", "Giorgos")


@pytest.fixture
def asked(app, cast, actor_of):
    """Questions on items of every reach; of each reach one item is closed while its question stays open."""
    with app.app_context():
        for who, unit in (("Eleni", cast.PARKS), ("Dimitra", cast.LEGAL), ("Katerina", cast.FINANCE)):
            for reach in ("unit", "all", "named"):
                for closed in (False, True):
                    actor = actor_of(who)
                    item = make(actor, unit, cast.people[who], title=f"{who} {reach}", reach=reach)
                    for of in (cast.Maria, cast.Leila if reach == "named" else cast.ROADS):
                        ask(actor, item, Ask(of=of, what="well?"))
                    if closed:
                        _close(item)


def _close(item):
    with writing() as session:
        found = session.get_one(WorkItem, item)
        found.state_kind, found.closed_at = "done", found.created_at


@pytest.mark.parametrize("walk", [False, True])
def test_each_plan_finds_the_waits_of_what_one_sees(app, cast, actor_of, asked, walk):
    with app.app_context():
        some = 0
        for name in EVERYBODY:
            actor = actor_of(name)
            on_item = exists(select(WorkItem.id).where(WorkItem.id == Wait.item_id, visible_to(actor)))
            open_ones = select(Wait.id).where(
                Wait.ended_at.is_(None), Wait.sense != "task", Wait.by_unit_id.is_not(None)
            )
            seen = set(db.session.scalars(open_ones.where(on_item)))
            given = {"today": date(2026, 3, 2), "units": sorted(tree().nodes)}
            gathered = WAITS[False, walk].rows(actor, **given)
            assert {int(one) for row in gathered for one in row.waits.split(",")} == seen
            assert {row.id for row in WAITS[True, walk].rows(actor, **given)} == seen
            assert {row.id for row in TIMES.rows(waits=list(seen))} == seen
            some += bool(seen) and len(seen) < db.session.scalar(select(func.count()).select_from(open_ones.subquery()))
        assert some > 3


@pytest.mark.parametrize("walk", [False, True])
def test_those_of_the_place_are_looked_at_first_whether_gathered_or_one_by_one(
    app, cast, actor_of, asked, monkeypatch, walk
):
    with app.app_context():
        actor, given = actor_of("Nikos"), {"today": date(2026, 3, 2), "units": [cast.LEGAL]}
        order = [row.id for row in WAITS[True, walk].rows(actor, **given)]
        assert order != sorted(order), "nothing of the place stands before what is older elsewhere"
        for most in (1, len(order) - 1, len(order), len(order) + 1):
            monkeypatch.setattr(open_waits, "MOST", most)
            gathered = Prepared(partial(open_waits._waits, people=False, walk=walk)).rows(actor, **given)
            looked_at = {int(one) for row in gathered for one in row.waits.split(",")}
            assert looked_at == set(order[:most]), most
