"""A due date and the day on which a request came in: where it is made, by form and API, and in its details."""

import re

from sqlalchemy import func, select

from collab.core.db import db
from collab.work.models import WorkItem


def test_nothing_falls_due_before_it_came_in(app, client_of, api_of, cast):
    eleni = client_of("Eleni")
    typed = {"title": "x", "unit": cast.PARKS, "protocol_on": "2026-11-03", "due_on": "2020-01-01"}
    answer = eleni.post("/pending-items", data=typed)
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(WorkItem)) == 0
    assert re.search(r'id="f-due_on-error">The due date is before the protocol date\.<', answer.text)
    assert api_of("Eleni").post("/api/v1/pending-items", json=typed).status_code == 422
    old = eleni.post("/pending-items", data=typed | {"protocol_on": "2019-11-03"})  # an old case is entered as it was
    assert old.status_code == 303
    address, form = "/pending-items/PARKS-1/details", {"protocol_on": "2019-11-03", "due_on": "2019-11-02"}
    assert eleni.patch(address, data=form).status_code == 422
