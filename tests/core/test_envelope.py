"""The envelope: the one way anything changes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, true, update
from sqlalchemy.exc import DBAPIError, InternalError

from collab.core import idempotency
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.envelope import COMMANDS, Reach, Seen, anyone, command, open_command, record, session
from collab.core.errors import Busy, Conflict, Forbidden, NotFound, Stale
from collab.core.facts import KINDS, Fact, FactRow, FactText, fact, party, prose, seal
from collab.core.outbox import OutboxRow
from collab.people.models import Outsider, Party
from tests.cast import Cast

ELENI = Actor(person_id=1, name="Eleni")


@fact("outsider-noted", of="outsider", says="%(actor)s noted %(note)s")
class OutsiderNoted(Fact):
    by: int | None = party()
    note: str = prose()


@pytest.fixture(autouse=True, scope="module")
def _forget_commands() -> Iterator[None]:
    yield
    KINDS.pop("outsider-noted", None)
    for name in [name for name in COMMANDS if name.startswith(__name__)]:
        del COMMANDS[name]


outsiders = Reach(Outsider, lambda actor: true() if actor.person_id != 99 else Outsider.id < 0)


def _may_note(actor: Actor, _outsider: Outsider) -> bool:
    return actor.person_id != 98


@command(_may_note, on=outsiders)
def note_outsider(actor: Actor, outsider: Outsider, note: str) -> int:
    """Write a note about somebody outside."""
    outsider.note = note
    record(OutsiderNoted(subject=outsider.id, by=actor.person_id, note=note))
    return outsider.id


@command(_may_note, on=outsiders)
def note_and_flush(actor: Actor, outsider: Outsider, note: str) -> int:
    """Write the note at once, in the middle of the verb."""
    outsider.note = note
    session().flush()
    return outsider.id


@command(_may_note, on=outsiders)
def note_by_another(actor: Actor, outsider: Outsider, note: str) -> int:
    """Let another verb write the note, then a telephone number."""
    note_and_flush(actor, outsider.id, note)
    outsider.phone = "2310"
    return outsider.id


@command(_may_note, on=outsiders)
def fail_after_noting(actor: Actor, outsider: Outsider) -> int:
    """Change, then break."""
    note_outsider(actor, outsider.id, "half")
    raise RuntimeError("broken on the way")


@open_command(anyone)
def make_outsider(actor: Actor, label: str) -> int:
    """Begin to know somebody outside."""
    made = Party(kind="outsider", label=label)
    session().add(made)
    session().flush()
    session().add(Outsider(id=made.id))
    return made.id


def _note(app: Flask, id_: int) -> str | None:
    with app.app_context():
        found = db.session.scalar(select(Outsider.note).where(Outsider.id == id_))
        db.session.remove()
    return found


def test_a_command_changes_records_and_commits_once(app: Flask, cast: Cast) -> None:
    with app.app_context():
        note_outsider(ELENI, cast.forestry, "asks for photographs")
        row = db.session.execute(select(FactRow).where(FactRow.kind == "outsider-noted")).scalar_one()
        words = db.session.execute(select(FactText).where(FactText.fact_id == row.id)).scalar_one()
    assert _note(app, cast.forestry) == "asks for photographs"
    assert (row.subject_kind, row.subject_id, row.actor_id) == ("outsider", cast.forestry, 1)
    assert row.payload == {"by": 1}, "free text stays out of the ledger"
    assert row.text_hash == seal([("note", "asks for photographs", words.salt)])


def test_a_broken_command_leaves_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError):
            fail_after_noting(ELENI, cast.forestry)
        assert db.session.scalar(select(FactRow.id).where(FactRow.kind == "outsider-noted")) is None
    assert _note(app, cast.forestry) is None


def test_what_is_out_of_reach_does_not_exist(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with pytest.raises(NotFound):
            note_outsider(replace(ELENI, person_id=99), cast.forestry, "x")
        with pytest.raises(NotFound):
            note_outsider(ELENI, 2**40, "x")


def test_the_rule_is_asked(app: Flask, cast: Cast) -> None:
    with app.app_context(), pytest.raises(Forbidden):
        note_outsider(replace(ELENI, person_id=98), cast.forestry, "x")


def test_a_token_that_only_reads_changes_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context(), pytest.raises(Forbidden):
        note_outsider(replace(ELENI, scopes=frozenset({"read"})), cast.forestry, "x")


def test_a_version_seen_earlier_is_stale(app: Flask, cast: Cast) -> None:
    with app.app_context():
        note_outsider(ELENI, Seen(cast.forestry, 1), "first")
        with pytest.raises(Stale):
            note_outsider(ELENI, Seen(cast.forestry, 1), "second")
        note_outsider(ELENI, Seen(cast.forestry, 2), "third")
    assert _note(app, cast.forestry) == "third"


def test_of_sixty_at_once_with_one_version_one_wins(app: Flask, cast: Cast) -> None:
    outcomes: list[str] = []

    def attempt(number: int) -> None:
        with app.app_context():
            try:
                note_outsider(ELENI, Seen(cast.forestry, 1), f"writer {number}")
                outcomes.append("won")
            except (Stale, Busy) as refused:
                outcomes.append(type(refused).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("won") == 1
    assert len(outcomes) == 60


def test_a_write_that_goes_round_the_envelope_is_refused_by_postgresql(app: Flask, cast: Cast) -> None:
    rounds: list[Callable[[], Any]] = [
        lambda: db.session.execute(update(Outsider).values(note="sneaked")),
        lambda: db.session.execute(
            text("with x as (update outsider set note = 'sneaked' returning 1) select * from x")
        ),
        lambda: db.session.execute(text("select setval('facts_id_seq', 1)")),
        lambda: db.session.execute(text("delete from fact_text")),
    ]
    for sneak in rounds:
        with app.app_context():
            with pytest.raises(DBAPIError, match="read-only transaction"):
                sneak()
            db.session.remove()
    assert _note(app, cast.forestry) is None


def test_an_orm_write_outside_a_command_is_refused_too(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.get_one(Outsider, cast.forestry).note = "sneaked"
        with pytest.raises(DBAPIError, match="read-only transaction"):
            db.session.commit()
        db.session.remove()


def test_after_a_command_reading_is_read_only_again(app: Flask, cast: Cast) -> None:
    with app.app_context():
        note_outsider(ELENI, cast.forestry, "allowed")
        with pytest.raises(DBAPIError, match="read-only transaction"):
            db.session.execute(update(Outsider).values(note="sneaked"))
        db.session.remove()


def test_a_command_without_a_rule_does_not_import() -> None:
    with pytest.raises(TypeError):
        command(on=outsiders)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        command(None, on=outsiders)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        open_command(None)  # type: ignore[arg-type]


def test_facts_and_writing_belong_inside_a_command() -> None:
    with pytest.raises(RuntimeError):
        record(OutsiderNoted(subject=1, by=1, note="x"))
    with pytest.raises(RuntimeError):
        session()


def test_the_ledger_is_append_only_even_for_a_writer(app: Flask, cast: Cast) -> None:
    @open_command(anyone)
    def tamper(actor: Actor, statement: str) -> None:
        """Try to change the past."""
        session().execute(text(statement))

    with app.app_context():
        note_outsider(ELENI, cast.forestry, "kept")
        for statement in ("update facts set actor_id = 2", "delete from facts", "truncate facts cascade"):
            with pytest.raises(DBAPIError, match="append-only") as refused:
                tamper(ELENI, statement)
            assert not isinstance(refused.value, InternalError)


def test_the_same_request_twice_is_one_change(app: Flask) -> None:
    def claim() -> idempotency.Claim:
        return idempotency.Claim("key-1", b"the same request")

    with app.app_context():
        with idempotency.claiming(claim()) as first:
            one = make_outsider(ELENI, "Water company")
        with idempotency.claiming(claim()) as second:
            other = make_outsider(ELENI, "Water company")
        assert one == other
        assert (first.replayed, second.replayed) == (False, True)
        with idempotency.claiming(idempotency.Claim("key-1", b"another request")), pytest.raises(Conflict):
            make_outsider(ELENI, "Gas company")
        with idempotency.claiming(claim()):
            assert make_outsider(replace(ELENI, person_id=2), "Water company") != one, "keys belong to a person"
        found = db.session.scalars(select(Party.label).where(Party.label.in_(["Water company", "Gas company"]))).all()
    assert sorted(found) == ["Water company", "Water company"]


def test_each_command_of_a_repeated_request_is_done_once_and_what_it_had_not_come_to_is_done(app: Flask) -> None:
    def request(*labels: str) -> list[int]:
        with idempotency.claiming(idempotency.Claim("key-1", b"the same request")):
            return [make_outsider(ELENI, label) for label in labels]

    with app.app_context():
        [water] = request("Water")  # and the line was cut
        both = request("Water", "Gas")
        assert request("Water", "Gas") == both
        assert both[0] == water
        found = db.session.scalars(select(Party.label).where(Party.label.in_(["Water", "Gas"]))).all()
    assert sorted(found) == ["Gas", "Water"]


def test_a_repeated_request_that_goes_another_way_gives_no_command_the_result_of_another(
    app: Flask, cast: Cast
) -> None:
    with app.app_context():
        with idempotency.claiming(idempotency.Claim("key-1", b"the same request")):
            made = make_outsider(ELENI, "Water")
            note_outsider(ELENI, cast.forestry, "first")
        with idempotency.claiming(idempotency.Claim("key-1", b"the same request")):
            note_outsider(ELENI, cast.forestry, "again")
            assert make_outsider(ELENI, "Water") == made
        assert db.session.scalar(select(Outsider.note).where(Outsider.id == cast.forestry)) == "first"


def test_a_command_run_again_after_a_deadlock_leaves_those_before_it_done(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    body, refusals = make_outsider.body, [Busy()]

    def stumbling(actor: Actor, label: str) -> int:
        if label == "Gas" and refusals:
            raise refusals.pop()
        return body(actor, label)

    monkeypatch.setattr(make_outsider, "body", stumbling)
    monkeypatch.setattr("collab.core.envelope.is_deadlock", lambda _error: True)
    with app.app_context():
        with idempotency.claiming(idempotency.Claim("key-1", b"the same request")):
            made = [make_outsider(ELENI, label) for label in ("Water", "Gas")]
        assert not refusals
        assert len(set(made)) == 2


def test_facts_nobody_follows_leave_no_outbox_row(app: Flask, cast: Cast) -> None:
    with app.app_context():
        note_outsider(SYSTEM, cast.forestry, "quiet")
        kinds = db.session.scalars(select(FactRow.kind).join(OutboxRow, OutboxRow.fact_id == FactRow.id)).all()
    assert "outsider-noted" not in kinds


def test_a_change_written_in_the_middle_of_a_verb_raises_the_version_once(app: Flask, cast: Cast) -> None:
    with app.app_context():

        def version() -> int | None:
            return db.session.scalar(select(Outsider.version).where(Outsider.id == cast.forestry))

        note_and_flush(ELENI, cast.forestry, "asked for photos")
        assert version() == 2
        note_by_another(ELENI, Seen(cast.forestry, 2), "photos sent")
        assert version() == 3
        note_and_flush(ELENI, cast.forestry, "photos sent")
        assert version() == 3
        with pytest.raises(Stale):
            note_and_flush(ELENI, Seen(cast.forestry, 2), "late")
