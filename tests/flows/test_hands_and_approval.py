"""A correction of a show of hands and the approval of the minutes in the same instant: the approval stands."""

from threading import Event, Thread

from sqlalchemy import text

from collab.core.db import db

from .test_votes_in_meetings import hands_vote, numbers, running

__all__ = ["running"]  # a fixture

LONGEST = 60
WAITING = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


def test_a_correction_waits_for_an_approval_under_way_and_is_refused(app, running, api_of):
    nikos = api_of("Nikos")
    at = f"/api/v1/decisions/{hands_vote(nikos, running)}/hands"
    assert nikos.put(at, json=numbers(1, 2)).status_code == 200
    answers, done = [], Event()

    def correct():
        said = nikos.put(f"{at}/correction", json=numbers(2, 1) | {"reason": "Swapped"})
        answers.append(said.status_code)
        done.set()

    with app.app_context(), db.engine.connect() as approving, db.engine.connect() as looking:
        approving.execute(text("begin read write"))
        approving.execute(
            text("update meeting set stage = 'closed', approved_at = now(), approved_by = (select min(id) from person)")
        )
        correcting = Thread(target=correct)
        correcting.start()
        for _look in range(LONGEST * 50):
            if done.wait(0.02) or looking.scalar(text(WAITING)):
                break
        approving.execute(text("commit"))
        correcting.join(LONGEST)
    assert answers == [409]
