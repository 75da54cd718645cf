"""What time sets off shares the teller with what is to be told: a sweep with much to do stops after a moment."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from collab.core import sealing, sweeps, teller
from collab.core.db import db
from collab.core.facts import FactRow
from collab.core.sealing import sealer
from collab.core.sealing.models import SealHead, SealLeaf
from collab.core.sweeps import Sweep, due_sweeps
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _none_has_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "_last", {})


def test_a_sweep_that_has_something_left_is_due_again_at_once() -> None:
    left, ran = [True, True, False], []

    def run() -> bool:
        ran.append("much")
        return left.pop(0)

    both = [Sweep("much", 3600, run), Sweep("little", 3600, lambda: ran.append("little"))]
    assert [due_sweeps(both) for _round in range(4)] == [True, True, False, False]
    assert ran == ["much", "little", "much", "much"]


def test_a_sweep_that_fails_waits_for_its_time() -> None:
    ran = []

    def run() -> bool:
        ran.append(1)
        raise ValueError

    assert [due_sweeps([Sweep("broken", 3600, run)]) for _round in range(2)] == [False, False]
    assert ran == [1]


def test_much_to_seal_is_sealed_a_moment_at_a_time_and_what_happened_is_told_in_between(
    app: Flask, cast: Cast, api_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, still: None
) -> None:
    for title in ("Bench", "Lamp", "Tree", "Path", "Gate"):
        made = api_of("Eleni").post("/api/v1/tasks", json={"title": title, "unit": cast.PARKS, "holder": cast.Eleni})
        assert made.status_code == 201, made.text
    monkeypatch.setitem(app.config, "COLLAB_DATA_DIR", tmp_path)
    monkeypatch.setattr(sealer, "BATCH", 2)
    monkeypatch.setattr(sealer, "LONGEST", 0)
    monkeypatch.setattr(teller, "SWEEPS", [Sweep("core.seal", 60, sealing.sweep)])
    rounds: list[int] = []

    class Rested(BaseException):
        pass

    def rest(*_args: Any) -> None:
        raise Rested

    def tell() -> teller.Round:
        rounds.append(db.session.scalar(select(func.count()).select_from(SealLeaf)) or 0)
        return teller.Round()

    monkeypatch.setattr(teller, "tell_due", tell)
    monkeypatch.setattr(teller._Ear, "wait", rest)
    with pytest.raises(Rested):
        teller.run(app)
    with app.app_context():
        facts = db.session.scalar(select(func.count()).select_from(FactRow)) or 0
        assert db.session.scalar(select(func.max(SealHead.size))) == facts
        assert sealing.hold(tmp_path).holds
        db.session.remove()
    assert facts >= 5
    assert rounds == list(range(0, facts + 1, 2))
