"""Sealing and holding a real ledger: what nothing can overtake is sealed, and what SQL does to it later is found."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from collab.core import sealing
from collab.core.db import db, writing
from collab.core.facts import FactRow
from collab.core.sealing import Report, hold, newest_head, seal_batch
from collab.core.sealing.models import SealHead, SealLeaf
from collab.core.sealing.sealer import put_away
from tests.cast import Cast


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def say(app: Flask, cast: Cast, api_of: Callable[..., Any]) -> Callable[[str], str]:
    """Open a task with a question on it, over the API; gives its reference."""
    eleni = api_of("Eleni")

    def tell(title: str) -> str:
        made = eleni.post("/api/v1/tasks", json={"title": title, "unit": cast.PARKS, "holder": cast.Eleni})
        assert made.status_code == 201, made.text
        asked = eleni.post(f"/api/v1/tasks/{made.json['reference']}/waits", json={"of": cast.Maria, "what": title})
        assert asked.status_code == 201
        return str(made.json["reference"])

    return tell


@pytest.fixture
def within(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def seal(folder: Path) -> int:
    """Seal everything; waits for transactions of others on the same server, which hold the horizon back."""
    done, until = seal_batch(folder), time.monotonic() + 30
    left = select(func.count()).select_from(FactRow).where(FactRow.id.not_in(select(SealLeaf.fact_id)))
    while db.session.scalar(left) and time.monotonic() < until:
        time.sleep(0.05)
        done += seal_batch(folder)
    return done


def codes(report: Report) -> set[str]:
    return {found.code for found in report.findings}


def test_what_happened_is_sealed_in_batches_and_holds(say: Any, within: None, folder: Path) -> None:
    for number in range(3):
        say(f"first {number}")
    facts = db.session.scalar(select(func.count()).select_from(FactRow))
    assert seal(folder) == facts
    assert seal_batch(folder) == 0
    say("second")
    assert hold(folder).unsealed > 0
    assert seal(folder) > 0
    report = hold(folder)
    assert report.holds, report.findings
    assert report.facts == report.sealed == db.session.scalar(select(func.max(SealHead.size)))
    assert report.texts > 0
    assert (folder / "ledger_key").stat().st_mode & 0o777 == 0o600


def test_a_fact_of_a_transaction_that_still_runs_holds_back_those_after_it_and_is_not_lost(
    app: Flask, say: Any, within: None, folder: Path
) -> None:
    say("before")
    seal(folder)
    slow = create_engine(db.engine.url.set(database=db.session.scalar(text("select current_database()"))))
    with slow.connect() as connection:
        connection.execute(text(
            "insert into facts (at, kind, subject_kind, subject_id, actor_id, via, payload)"
            " values (now(), 'item-reopened', 'work-item', 1, 1, 'page', '{}')"
        ))  # fmt: skip
        say("while it runs")
        assert seal_batch(folder) == 0, "what is after a transaction that runs could still be overtaken"
        connection.commit()
    slow.dispose()
    assert seal(folder) > 1
    report = hold(folder)
    assert report.holds, report.findings
    assert report.unsealed == 0
    rows = db.session.execute(
        select(FactRow.xid, FactRow.id).join(SealLeaf, SealLeaf.fact_id == FactRow.id).order_by(SealLeaf.position)
    ).all()
    order = [(int(xid), id_) for xid, id_ in rows]
    assert order == sorted(order)


def test_two_sealers_at_once_seal_each_fact_once(app: Flask, say: Any, within: None, folder: Path) -> None:
    for number in range(4):
        say(f"item {number}")
    start = threading.Barrier(4)

    def run(_number: int) -> int:
        with app.app_context():
            start.wait()
            try:
                return seal_batch(folder)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(run, range(4)))
    done.append(seal(folder))
    assert sum(done) == db.session.scalar(select(func.count()).select_from(SealLeaf))
    assert hold(folder).holds


def test_the_ledger_and_its_seal_refuse_changes(say: Any, within: None, folder: Path) -> None:
    say("kept")
    seal(folder)
    for statement in ("update facts set via = 'api'", "delete from seal_leaf", "update seal_head set size = 1",
                      "truncate seal_leaf"):  # fmt: skip
        with pytest.raises(Exception, match="append-only"), writing() as session:
            session.execute(text(statement))


ATTACKS = {
    "update facts set actor_id = actor_id + 1 where id = (select max(id) from facts)": {"changed"},
    "update facts set at = at + interval '1 microsecond' where id = (select min(id) from facts)": {"changed"},
    "update facts set payload = payload || '{\"holder\": 9}' where id = (select max(id) from facts)": {"changed"},
    "delete from facts where id = (select max(id) from facts where text_hash is null)": {"missing"},
    "insert into facts (xid, at, kind, subject_kind, subject_id, actor_id, via, payload) select xid, at, kind,"
    " subject_kind, subject_id, actor_id, via, payload from facts where id = (select min(id) from facts)": {
        "slipped-in"
    },
    "update fact_text set text = 'other words'": {"text-changed"},
    "insert into fact_text (fact_id, name, text, salt) select id, 'what', 'never said', '\\x00' from facts"
    " where text_hash is null limit 1": {"text-slipped-in"},
    "update seal_leaf set leaf = '\\x00'": {"changed", "head"},
    "delete from seal_head": {"head"},
    "update seal_head set signature = '\\x00'": {"signature"},
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_done_by_sql_behind_the_triggers_is_found(attack: str, say: Any, within: None, folder: Path) -> None:
    say("the truth")
    seal(folder)
    assert hold(folder).holds
    with writing() as session:
        session.execute(text("set local session_replication_role = replica"))  # triggers are off
        session.execute(text(attack))
    assert codes(hold(folder)) >= ATTACKS[attack]


def test_erasing_a_text_leaves_the_seal_whole(say: Any, within: None, folder: Path) -> None:
    say("something personal")
    seal(folder)
    with writing() as session:
        session.execute(text("delete from fact_text"))
    report = hold(folder)
    assert report.holds, report.findings
    assert report.erased > 0
    assert report.texts == 0


def test_only_a_head_that_was_taken_away_tells_that_the_end_was_cut_off(say: Any, within: None, folder: Path) -> None:
    say("first")
    seal(folder)
    say("second")
    seal(folder)
    taken = newest_head(db.session())
    assert taken is not None
    with writing() as session:
        session.execute(text("set local session_replication_role = replica"))
        session.execute(text("delete from outbox"))
        session.execute(text("delete from fact_text"))
        least = "(select min(size) from seal_head)"
        session.execute(
            text(f"delete from facts where id in (select fact_id from seal_leaf where position >= {least})")
        )
        session.execute(text(f"delete from seal_leaf where position >= {least}"))
        session.execute(text(f"delete from seal_head where size > {least}"))
    assert hold(folder).holds
    assert codes(hold(folder, [taken])) == {"cut-off"}


def test_another_key_does_not_pass_for_this_one(say: Any, within: None, folder: Path, tmp_path: Path) -> None:
    say("ours")
    seal(folder)
    other = tmp_path / "other"
    sealing.seal_key(other)
    assert codes(hold(other)) == {"signature"}


def test_the_sweep_puts_a_head_beside_the_key_once_an_hour(
    say: Any, within: None, folder: Path, at: Callable[[datetime], None]
) -> None:
    assert put_away(folder) is False
    say("one")
    seal(folder)
    assert put_away(folder) is True
    assert put_away(folder) is False
    at(datetime(2050, 1, 1, tzinfo=UTC))
    assert put_away(folder) is True
    assert len((folder / "ledger_heads.jsonl").read_text().splitlines()) == 2
    assert hold(folder).heads == 3


def test_a_database_restored_elsewhere_goes_on_where_it_was(say: Any, within: None, folder: Path) -> None:
    """Its transactions are counted anew there, so what was brought along carries numbers yet to come."""
    say("before the restore")
    seal(folder)
    say("not sealed before the restore")
    with writing() as session:
        session.execute(text("set local session_replication_role = replica"))
        ahead = "((xid::text)::bigint + 1000000)::text::xid8"
        session.execute(text("delete from seal_leaf"))
        session.execute(text("delete from seal_head"))
        session.execute(text(f"update facts set xid = {ahead}"))
        session.execute(text("insert into seal_head values (0, '\\x00', '', '900000', now(), '\\x00', '\\x00')"))
    db.session.rollback()
    brought = seal(folder)
    assert brought > 0
    say("after it")
    assert seal(folder) > 0
    report = hold(folder)
    assert {found.code for found in report.findings} <= {"head", "signature"}, "only the head made up by this test"
    assert report.unsealed == 0
    assert report.sealed == report.facts


def test_the_command_line_says_whether_it_holds_and_prints_the_head(
    app: Flask, say: Any, within: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from collab.cli import audit

    monkeypatch.setattr(audit, "application", lambda: app)
    monkeypatch.setitem(app.config, "COLLAB_DATA_DIR", tmp_path)
    run = CliRunner()
    assert run.invoke(audit.command, ["head"]).exit_code == 1
    say("said")
    seal(tmp_path)
    sealing.sweep()
    head = run.invoke(audit.command, ["head"])
    assert head.exit_code == 0
    heads = tmp_path / "heads.jsonl"
    heads.write_text(head.output)
    good = run.invoke(audit.command, ["verify", "--json", "--heads", str(heads)])
    assert good.exit_code == 0
    assert json.loads(good.output)["holds"] is True
    heads.write_text("nonsense\n")
    assert run.invoke(audit.command, ["verify", "--heads", str(heads)]).exit_code == 1
    with writing() as session:
        session.execute(text("set local session_replication_role = replica"))
        session.execute(text("update facts set via = 'page' where id = (select max(id) from facts)"))
    bad = run.invoke(audit.command, ["verify"])
    assert bad.exit_code == 1
    assert "does not say what was sealed" in bad.output
