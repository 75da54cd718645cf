"""Many items wait for the end of one: only so many may, and they end a few at a time."""

from sqlalchemy import func, select

from collab.core.db import db
from collab.work.commands import waits
from collab.work.models import Wait, WorkItem
from collab.work.sweeps import sweep_awaited
from tests.work.making import make


def test_they_end_a_few_at_a_time_and_no_more_may_wait_than_are_good_for_one(
    app, cast, actor_of, api_of, tell, monkeypatch
):
    monkeypatch.setattr(waits, "MOST_FOR", 7)
    monkeypatch.setattr(waits, "AT_ONCE", 3)
    eleni = api_of("Eleni")
    with app.app_context():
        first, *others = (make(actor_of("Eleni"), cast.PARKS, cast.Eleni, f"Part {number}") for number in range(9))
    asked = [
        eleni.post(f"/api/v1/work-items/{other}/waits", json={"item": first, "what": "x", "stops_clock": True})
        for other in others
    ]
    assert [each.status_code for each in asked] == [201] * 7 + [422]
    assert [each["field"] for each in asked[-1].json["errors"]] == ["item"]

    def left():
        with app.app_context():
            open_ones = select(func.count()).where(Wait.for_item_id == first, Wait.ended_at.is_(None))
            found = (
                db.session.scalar(open_ones),
                db.session.scalar(select(func.count()).where(WorkItem.state_kind == "waiting")),
            )
            db.session.remove()
        return found

    with app.app_context():
        sweep_awaited()
    assert left() == (7, 7), "it is not finished"
    assert eleni.post(f"/api/v1/work-items/{first}/completion", json={}).status_code == 200
    tell()
    assert left() == (4, 4)
    with app.app_context():
        sweep_awaited()
    assert left() == (0, 0), "and their clocks run again"
