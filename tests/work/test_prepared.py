"""What is built once says the same to everybody as what is built anew."""

import itertools
from contextlib import contextmanager

import pytest
from sqlalchemy import insert, select

from collab.core import clock
from collab.core.db import db, writing
from collab.core.prepared import Prepared
from collab.decisions.queries import in_hand as deciding
from collab.flows.meetings import in_hand as meeting
from collab.messaging import leaving
from collab.messaging.queries import talks
from collab.tasks.forms import PendingFilter, TaskFilter
from collab.tasks.queries import lists
from collab.work.commands import ask, offer
from collab.work.forms import Ask, Filter, Offer
from collab.work.models import Link, WorkItem
from collab.work.policy import visible_to
from collab.work.queries import desk, items, pending
from collab.work.queries.lists import list_items
from tests.work.making import make

PEOPLE = ("Eleni", "Nikos", "Maria", "Sofia", "Yannis", "Anna", "Kostas", "Reza", "Leila", "Shirin")


@pytest.fixture
def found(app, cast, actor_of):
    """Items of every reach, tied to each other, offered and asked about."""
    with app.app_context():
        eleni, maria = actor_of("Eleni"), actor_of("Maria")
        made = [make(eleni, cast.PARKS, cast.Eleni, reach=reach) for reach in ("unit", "all", "named")]
        made += [make(maria, cast.ROADS, cast.Maria), make(eleni, cast.PARKS, cast.Eleni, parent=made[0])]
        offer(eleni, made[0], Offer(to=cast.LEGAL))
        ask(eleni, made[1], Ask(item=made[0], what="first"))
        with writing() as session:
            for other in made[1:4]:
                session.execute(
                    insert(Link).values(
                        from_id=made[0], to_id=other, kind="blocks", created_by=cast.Eleni, created_at=clock.now()
                    )
                )
        return made


def test_everybody_finds_the_same_rows_either_way(app, actor_of, found):
    seen = set()
    with app.app_context():
        for name in PEOPLE:
            actor = actor_of(name)
            for item in found:
                rows = items.BY_ID.rows(actor, item=item)
                assert rows == items.BY_ID.fresh(actor, item=item)
                ties = {"item": item, "parent": None, "awaited": found[:1]}
                assert items.RELATIVES.rows(actor, **ties) == items.RELATIVES.fresh(actor, **ties)
                if rows:
                    seen.add((name, item))
                    reference = rows[0].reference
                    assert items.BY_REFERENCE.rows(actor, reference=reference) == rows
    assert 0 < len(seen) < len(PEOPLE) * len(found)


def test_ties_show_only_what_the_reader_sees(app, actor_of, found):
    with app.app_context():
        by_eleni = items.find_item(actor_of("Eleni"), found[0]).relatives
        by_sofia = items.find_item(actor_of("Sofia"), found[0]).relatives
    assert {each.relation for each in by_eleni} == {"blocks", "child"}
    assert len(by_eleni) == 3  # Maria's item is not hers to see
    assert [(each.relation, each.id) for each in by_sofia] == [("blocks", found[1])]


DESKS = {
    "whole": desk.ON_DESK[True], "left behind": desk.ON_DESK[False], "protocols": desk._OF_PERSON,
    "talks": leaving._NAMED_IN, "decisions": deciding._CONCERNED, "meetings": meeting._RUN,
}  # fmt: skip


@pytest.mark.parametrize("name", DESKS)
def test_what_is_on_a_desk_is_the_same_either_way_and_built_once(app, cast, actor_of, found, name):
    with app.app_context():
        for who in PEOPLE:
            actor = actor_of(who)
            assert DESKS[name].compiled(actor.roles) is not None
            for person in (cast.Eleni, cast.Maria):
                asked = {"person": person}
                assert DESKS[name].rows(actor, **asked) == [tuple(row) for row in DESKS[name].fresh(actor, **asked)]


@pytest.fixture
def fresh(monkeypatch):
    """Inside the block every statement is built anew."""

    @contextmanager
    def anew():
        with monkeypatch.context() as patched:
            patched.setattr(Prepared, "rows", Prepared.fresh)
            yield

    return anew


def test_units_somebody_reaches_are_looked_up_in_a_hash(app, actor_of, found):
    """Held against each row one after the other, the 400 units of a mayor cost more than the rows."""
    with app.app_context():
        seen = select(WorkItem.id).where(visible_to(actor_of("Eleni"))).compile(dialect=db.engine.dialect)
        plan = db.session.connection().exec_driver_sql(f"explain {seen}", seen.params).scalars().all()
    assert any("hashed SubPlan" in line for line in plan), plan


SHAPES = (
    {}, {"state": "any"}, {"state": "closed"}, {"state": "waiting"}, {"state": "done"}, {"kind": "task"},
    {"unit": "PARKS"}, {"desk": "TECH", "below": True}, {"unit": "NO-SUCH"}, {"holder": "me"}, {"holder": "nobody"},
    {"holder": "15"}, {"label": "storm"}, {"text": "fallen"}, {"text": "parks-1"}, {"text": "!"}, {"order": "newest"},
    {"order": "changed"}, {"order": "priority"}, {"unit": "PARKS", "desk": "PARKS", "limit": 1},
)  # fmt: skip


@pytest.mark.parametrize("asked", SHAPES)
def test_lists_of_every_shape_are_the_same_either_way(app, actor_of, found, fresh, asked):
    with app.app_context():
        for name in PEOPLE:
            actor, wanted = actor_of(name), Filter(**asked)
            for walk in (True, False):
                prepared = list_items(actor, wanted, walk=walk)
                with fresh():
                    assert prepared == list_items(actor, wanted, walk=walk)


def test_what_a_kind_asks_beyond_is_the_same_either_way(app, actor_of, found, fresh):
    sizes = set()
    with app.app_context():
        for name in PEOPLE:
            actor = actor_of(name)
            for side, whose in itertools.product(("all", "for-us", "we-wait", "offered"), ("mine", "units", "all")):
                for wanted in ({}, {"source": "citizen"}, {"protocol": "1/2026"}, {"unit": "PARKS"}):
                    filter_ = PendingFilter(side=side, whose=whose, state="any", **wanted)
                    prepared = [lists.pending_items(actor, filter_), lists.tasks(actor, TaskFilter(whose=whose))]
                    with fresh():
                        assert prepared == [
                            lists.pending_items(actor, filter_),
                            lists.tasks(actor, TaskFilter(whose=whose)),
                        ]
                    sizes.add(len(prepared[1].items))
    assert len(sizes) > 1, "everybody saw the same: this told nothing"


def test_figures_of_units_are_the_same_either_way(app, cast, actor_of, found):
    with app.app_context():
        for name in PEOPLE:
            for unit in cast.units.values():
                asked = {"unit": unit, "now": clock.now()}
                prepared = sorted(map(tuple, pending.AGED.rows(actor_of(name), **asked)), key=str)
                assert prepared == sorted(map(tuple, pending.AGED.fresh(actor_of(name), **asked)), key=str)
                counts = pending.COUNTS.rows(actor_of(name), unit=unit)
                assert counts == pending.COUNTS.fresh(actor_of(name), unit=unit)


def test_badges_and_the_head_of_a_talk_are_the_same_either_way(app, actor_of, found):
    heads = talks._head_of("work-item")
    with app.app_context():
        for name in PEOPLE:
            actor = actor_of(name)
            assert lists.IN_HAND.rows(actor) == lists.IN_HAND.fresh(actor)
            for item in found:
                assert heads.rows(actor, owner=item) == heads.fresh(actor, owner=item)
