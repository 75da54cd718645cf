"""Laws of the ball: whatever happens in whatever order, intervals never overlap, leave no gap and add up to the age."""

import os
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from collab.core import clock
from collab.core.db import db
from collab.core.errors import Problem
from collab.work.commands import (
    accept,
    answer,
    ask,
    assign,
    cancel,
    complete,
    offer,
    reopen,
    return_,
    take,
    take_back,
    withdraw,
)
from collab.work.forms import Accept, Ask, Assign, Cancel, Complete, Offer, Return
from collab.work.models import Handover, Interval, Wait, WorkItem
from collab.work.queries.items import find_item
from tests.work.making import make

EXAMPLES = 200 if os.environ.get("COLLAB_NIGHTLY") else 25
START = datetime(2026, 11, 2, 8, tzinfo=UTC)
VERBS = (
    "offer", "accept", "return", "take back", "take", "assign", "to tray", "stop", "ask", "answer", "withdraw",
    "finish", "cancel", "reopen",
)  # fmt: skip
steps = st.lists(
    st.tuples(
        st.sampled_from(VERBS), st.sampled_from(["Eleni", "Nikos", "Maria", "Petros", "Yannis"]), st.integers(0, 90)
    ),
    min_size=1,
    max_size=14,
)


def act(actor_of, cast, item, verb, name):
    """Do it as `name` if they may; whoever may not changes nothing."""
    who = actor_of(name)
    wait = db.session.scalar(
        select(Wait.id).where(Wait.item_id == item, Wait.ended_at.is_(None), Wait.sense == "answer").limit(1)
    )
    handover = db.session.scalar(select(Handover.id).where(Handover.item_id == item, Handover.state == "offered"))
    verbs = {
        "offer": lambda: offer(who, item, Offer(to=cast.ROADS if name in ("Eleni", "Nikos") else cast.PARKS)),
        "accept": lambda: accept(who, handover or 0, Accept()),
        "return": lambda: return_(who, handover or 0, Return(reason="no")),
        "take back": lambda: take_back(who, handover or 0),
        "take": lambda: take(who, item),
        "assign": lambda: assign(who, item, Assign(holder=cast.Eleni)),
        "to tray": lambda: assign(who, item, Assign()),
        "stop": lambda: ask(who, item, Ask(of=cast.forestry, what="x", stops_clock=True)),
        "ask": lambda: ask(who, item, Ask(of=cast.LEGAL, what="x")),
        "answer": lambda: answer(who, wait or 0),
        "withdraw": lambda: withdraw(who, wait or 0),
        "finish": lambda: complete(who, item, Complete()),
        "cancel": lambda: cancel(who, item, Cancel(reason="x")),
        "reopen": lambda: reopen(who, item),
    }
    try:
        verbs[verb]()
    except Problem:
        return False
    return True


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_the_ball_is_always_with_exactly_one(app, cast, actor_of, moves):
    with app.app_context():
        now = START
        with clock.standing_at(now):
            item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        open_spans, opened = [], now
        is_open = True
        for verb, name, hours in moves:
            now += timedelta(hours=hours)
            with clock.standing_at(now):
                act(actor_of, cast, item, verb, name)
                row = db.session.execute(
                    select(WorkItem.state_kind, WorkItem.closed_at, WorkItem.holder_id, WorkItem.desk_unit_id).where(
                        WorkItem.id == item
                    )
                ).one()
            still = row.closed_at is None
            assert still == (row.state_kind in ("new", "active", "waiting"))
            if is_open and not still:
                open_spans.append(now - opened)
            if still and not is_open:
                opened = now
            is_open = still
            check(item, row, still)
        if is_open:
            open_spans.append(now - opened)
        with clock.standing_at(now):
            spans = db.session.execute(select(Interval.from_at, Interval.to_at).where(Interval.item_id == item)).all()
        age = sum(((to or now) - start for start, to in spans), timedelta())
        assert age == sum(open_spans, timedelta())
        with clock.standing_at(now):
            found = find_item(actor_of("Anna"), item)
        days = sum(each.days for each in found.intervals)
        assert days <= (now - START).days + 1
        db.session.remove()


def check(item, row, still):
    spans = db.session.execute(
        select(Interval.from_at, Interval.to_at, Interval.stopped, Interval.holder_id, Interval.unit_id)
        .where(Interval.item_id == item)
        .order_by(Interval.from_at, Interval.id)
    ).all()
    running = [span for span in spans if span.to_at is None]
    assert len(running) == (1 if still else 0)
    for before, after in pairwise(spans):
        assert before.to_at is not None
        assert before.to_at <= after.from_at
    tasks = db.session.scalars(
        select(Wait.of_id).where(Wait.item_id == item, Wait.sense == "task", Wait.ended_at.is_(None))
    ).all()
    assert tasks == ([row.holder_id or row.desk_unit_id] if still else [])
    if still:
        stopping = db.session.scalar(
            select(Wait.id).where(Wait.item_id == item, Wait.stops_clock, Wait.ended_at.is_(None)).limit(1)
        )
        assert running[0].stopped == (stopping is not None) == (row.state_kind == "waiting")
        if not running[0].stopped:
            assert (running[0].holder_id, running[0].unit_id) == (row.holder_id, row.desk_unit_id)
