"""The outbox and the teller: every consequence, in order, exactly once, and visible when it is stuck."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import redis
from flask import Flask
from sqlalchemy import delete, select, text

from collab.core import clock, jobs, teller
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db, writing
from collab.core.envelope import COMMANDS, anonymous, open_command, record, session
from collab.core.errors import Busy
from collab.core.facts import KINDS, Fact, fact, prose
from collab.core.outbox import OutboxRow
from collab.core.reactions import REGISTRY, Reaction, Told, reacts
from collab.core.teller import tell_due
from collab.core.telling import take_up_parked, tell
from collab.people.models import Outsider, Party

heard: list[tuple[int, str]] = []
broken: set[int] = set()


@fact("bell-rung", of="bell", says="%(actor)s rang: %(words)s")
class BellRung(Fact):
    words: str = prose()


def listen(told: Told) -> None:
    assert isinstance(told.fact, BellRung)
    if told.fact.subject in broken:
        raise RuntimeError("the listener is broken")
    heard.append((told.fact.subject, told.fact.words))


def write_down(told: Told) -> None:
    assert isinstance(told.fact, BellRung)
    made = Party(kind="outsider", label=f"heard {told.id}")
    session().add(made)
    session().flush()
    session().add(Outsider(id=made.id))


@pytest.fixture(autouse=True)
def _reactions(app: Flask, still: None) -> Iterator[None]:
    heard.clear()
    broken.clear()
    mine: list[Reaction] = [reacts(BellRung)(listen), reacts(BellRung, lane="queue")(write_down)]
    for reaction in mine:
        REGISTRY.add(reaction)
    yield
    for reaction in mine:
        del REGISTRY.by_name[reaction.name]
    REGISTRY.by_kind.pop("bell-rung", None)


@pytest.fixture(autouse=True, scope="module")
def _forget() -> Iterator[None]:
    yield
    KINDS.pop("bell-rung", None)
    for name in [name for name in COMMANDS if name.startswith(__name__)]:
        del COMMANDS[name]


@open_command(anonymous)
def ring(_actor: Actor, bell: int, words: str, hold: Callable[[], None] = lambda: None) -> None:
    """Ring a bell, perhaps slowly."""
    record(BellRung(subject=bell, words=words))
    hold()


def _written(app: Flask) -> list[str]:
    with app.app_context():
        found = list(db.session.scalars(select(Party.label).where(Party.label.like("heard %"))))
        db.session.remove()
    return found


def test_what_happened_is_told_in_order_with_its_words(app: Flask, tell: Callable[[], int]) -> None:
    with app.app_context():
        for number in range(5):
            ring(SYSTEM, 7, f"ring {number}")
    tell()
    assert heard == [(7, f"ring {number}") for number in range(5)]
    assert len(_written(app)) == 5


def test_telling_again_does_nothing(app: Flask) -> None:
    with app.app_context():
        ring(SYSTEM, 1, "once")
        due = db.session.execute(select(OutboxRow.fact_id, OutboxRow.reaction)).all()
        assert [tell(*row) for row in due] == [True, True]
        assert [tell(*row) for row in due] == [False, False]
    assert len(_written(app)) == 1


def test_of_many_tellers_of_one_row_one_has_the_effect(app: Flask) -> None:
    with app.app_context():
        ring(SYSTEM, 1, "once")
        row = db.session.execute(select(OutboxRow.fact_id, OutboxRow.reaction).where(OutboxRow.lane == "queue")).one()
        db.session.remove()

    def attempt() -> None:
        with app.app_context():
            tell(*row)
            db.session.remove()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(_written(app)) == 1


def test_a_stuck_row_holds_back_its_own_subject_alone(app: Flask) -> None:
    broken.add(1)
    with app.app_context():
        ring(SYSTEM, 1, "first")
        ring(SYSTEM, 1, "second")
        ring(SYSTEM, 2, "other")
        assert tell_due().failed == 1
        assert heard == [(2, "other")]
        stuck = db.session.execute(select(OutboxRow).where(OutboxRow.tries > 0)).scalar_one()
        assert stuck.error == "RuntimeError: the listener is broken"
        assert stuck.next_at > clock.now()
        broken.clear()
        assert tell_due().told == 0, "not before its time"
        tell_due(clock.now() + timedelta(hours=1))
        tell_due(clock.now() + timedelta(hours=1))
    assert heard == [(2, "other"), (1, "first"), (1, "second")]


def test_a_fact_that_commits_late_is_told_in_its_turn(app: Flask) -> None:
    """The classic mistake: reading `id > last` misses the fact whose transaction was slower."""
    go, began = threading.Event(), threading.Event()

    def slowly() -> None:
        def hold() -> None:
            session().flush()
            session().execute(text("select pg_current_xact_id()"))
            began.set()
            go.wait(5)

        with app.app_context():
            ring(SYSTEM, 3, "slow", hold)
            db.session.remove()

    writer = threading.Thread(target=slowly)
    writer.start()
    began.wait(5)
    with app.app_context():
        ring(SYSTEM, 3, "fast")
        assert tell_due().idle, "nothing is told above the oldest writer still at work"
        go.set()
        writer.join()
        tell_due()
        tell_due()
    assert sorted(heard) == [(3, "fast"), (3, "slow")]


def test_the_slow_lane_runs_in_a_worker(app: Flask) -> None:
    with app.app_context():
        ring(SYSTEM, 1, "slow lane")
        assert tell_due().queued == 1
        assert tell_due().queued == 0, "asked once within the lease"
        db.session.remove()
    jobs.work(app, burst=True)
    assert len(_written(app)) == 1


def test_a_job_lost_with_redis_is_asked_for_again(app: Flask) -> None:
    from collab.core import broker

    with app.app_context():
        ring(SYSTEM, 1, "lost")
        assert tell_due().queued == 1
        broker.ask("flushall")
        assert tell_due(clock.now() + timedelta(minutes=2)).queued == 1
        db.session.remove()
    jobs.work(app, burst=True)
    assert len(_written(app)) == 1


def test_redis_away_costs_a_command_little(app: Flask) -> None:
    from collab.core import broker

    broker.use("unix:///nowhere/at/all.sock")
    try:
        began = time.monotonic()
        with app.app_context():
            for _ in range(10):
                ring(SYSTEM, 1, "unheard")
            assert tell_due().told > 0
        assert time.monotonic() - began < 5, "ten waits of half a second were not waited"
    finally:
        broker.use(app.config["REDIS_URL"])


@pytest.mark.parametrize("frozen", [False, True])
def test_a_queue_that_does_not_answer_is_asked_once_and_what_needs_no_worker_is_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch, frozen: bool
) -> None:
    """More of the slow lane than fits a round, all older than what needs no worker."""
    asked: list[str] = []

    class Queue:
        answers = False

        def enqueue_call(self, function: str, **_rest: Any) -> None:
            asked.append(function)
            if not self.answers:
                raise redis.TimeoutError if frozen else redis.ConnectionError

    queue = Queue()
    monkeypatch.setattr(teller, "BATCH", 20)
    monkeypatch.setattr(jobs, "_queue", queue)
    jobs._rest.end()
    with app.app_context():
        for bell in range(teller.BATCH + 5):
            ring(SYSTEM, bell, "long ago")
        with writing() as current:
            current.execute(delete(OutboxRow).where(OutboxRow.lane == "inline"))
        ring(SYSTEM, 99, "just now")
        tell_due()
        tell_due()
        assert heard == [(99, "just now")]
        assert len(asked) == 1, "one asking for all of them, and none while the queue is left alone"
        queue.answers = True
        jobs._rest.end()
        assert tell_due().queued == teller.BATCH, "they go to the workers when the queue answers again"


def test_a_worker_that_is_long_at_a_row_holds_up_nobody(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker begins while it is being asked, and holds the row until it is done."""
    begun, done = threading.Event(), threading.Event()

    def at_work(fact_id: int) -> None:
        with app.app_context(), writing() as other:
            other.execute(text("delete from outbox where fact_id = :fact"), {"fact": fact_id})
            begun.set()
            done.wait(20)

    workers: list[threading.Thread] = []

    def ask(fact_id: int, _reaction: str) -> bool:
        workers.append(threading.Thread(target=at_work, args=(fact_id,)))
        workers[0].start()
        return begun.wait(20)

    monkeypatch.setattr(jobs, "ask_to_tell", ask)
    with app.app_context():
        ring(SYSTEM, 7, "slowly")
        found = tell_due()
    done.set()
    workers[0].join()
    assert (found.told, found.queued, found.failed) == (1, 1, 0)


def test_the_teller_begins_anew_whatever_happens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []

    def stumble() -> None:
        turns.append(1)
        if len(turns) > 2:
            raise KeyboardInterrupt
        raise Busy if len(turns) == 1 else ValueError

    monkeypatch.setattr(teller, "tell_due", stumble)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    with pytest.raises(KeyboardInterrupt):
        teller.run(app)
    assert len(turns) == 3


def test_what_waits_for_a_reaction_that_an_upgrade_removed_is_put_aside_until_it_is_back(app: Flask) -> None:
    removed = next(name for name in REGISTRY.by_name if name.endswith("test_teller.listen"))
    with app.app_context(), clock.standing_at(clock.now() - timedelta(minutes=10)):
        for words in ("first", "second"):
            ring(SYSTEM, 1, words)
    reaction = REGISTRY.by_name.pop(removed)
    try:
        with app.app_context():
            assert tell_due(queue_inline=True).failed == 1
            tell_due(queue_inline=True)
            assert tell_due(clock.now() + timedelta(days=365)).idle, "it is not tried for ever"
            found = db.session.execute(select(OutboxRow.error, OutboxRow.tries)).all()
            db.session.remove()
        assert [tuple(row) for row in found] == [(f"no reaction {removed}", 1)] * 2
        health = app.test_client().get("/readyz").get_json()
        assert (health["outbox_well"], health["outbox_failing"]) == (True, 2)
    finally:
        REGISTRY.by_name[removed] = reaction
    with app.app_context():
        take_up_parked()
        tell_due()
        tell_due()
        db.session.remove()
    assert heard == [(1, "first"), (1, "second")]


def test_what_waits_long_to_be_told_is_no_good_health_however_often_it_was_tried(app: Flask) -> None:
    broken.add(1)
    with app.app_context(), clock.standing_at(clock.now() - timedelta(minutes=10)):
        ring(SYSTEM, 1, "never")
    with app.app_context():
        assert tell_due().failed == 1
    found = app.test_client().get("/readyz").get_json()
    assert (found["status"], found["outbox_well"], found["outbox_failing"]) == ("degraded", False, 1)
    assert found["outbox_lag_seconds"] >= 600
