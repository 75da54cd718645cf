"""Papers that cannot be made are given up, and said to be."""

from datetime import timedelta

import pytest

from collab.core import clock
from collab.core.db import db, writing
from collab.files.models import Paper
from collab.files.papers import make_paper, sweep_papers


@pytest.fixture
def wanted(app, cast):
    """A paper of a sheet that there is none of, wanted so long ago."""

    def want(ago):
        with writing() as session:
            row = Paper(
                wanted_by=cast.Eleni, wanted_at=clock.now() - ago, sheet="no-such", data={}, name="a.pdf", failed=False
            )
            session.add(row)
            session.flush()
            return row.id

    with app.app_context():
        yield want


def test_what_raises_in_the_making_is_noted_and_not_tried_for_ever(wanted, client_of):
    paper = wanted(timedelta())
    make_paper(paper)
    assert db.session.get(Paper, paper).failed
    shown = client_of("Eleni").get(f"/papers/{paper}")
    assert shown.status_code == 200


def test_what_no_worker_could_make_in_an_hour_is_given_up(wanted):
    old, new = wanted(timedelta(minutes=61)), wanted(timedelta(minutes=59))
    sweep_papers()
    assert [db.session.get(Paper, each).failed for each in (old, new)] == [True, False]
