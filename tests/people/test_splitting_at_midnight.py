"""The day of a split is the organisation's, also while it is still the day before in UTC."""

from datetime import UTC, datetime

from collab.core.db import db
from collab.people.sweeps import sweep_splits
from collab.work.models import WorkItem
from collab.work.sweeps import sweep_split_units
from tests.work.making import make


def test_whoever_belongs_to_the_other_unit_from_that_day_keeps_their_item(app, cast, actor_of, client_of, api_of, at):
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Giorgos)
        reference = db.session.get(WorkItem, item).reference
    there = {"unit_id": cast.ROADS, "valid_from": "2026-12-01"}
    assert api_of("Kostas").post(f"/api/v1/people/{cast.Giorgos}/memberships", json=there).status_code == 201
    typed = {"on": "2026-12-01", "p0_unit_id": str(cast.ROADS), "p0_items": reference, "sure": "on"}
    assert client_of("Kostas").post(f"/administration/units/{cast.PARKS}/splits", data=typed).status_code == 303
    at(datetime(2026, 11, 30, 22, 30, tzinfo=UTC))  # half past midnight in Athens
    with app.app_context():
        sweep_splits()
        sweep_split_units()
        db.session.remove()
        found = db.session.get(WorkItem, item)
        assert (found.desk_unit_id, found.holder_id) == (cast.ROADS, cast.Giorgos)
