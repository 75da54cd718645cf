"""What tests of letters about meetings share."""

import pytest
from sqlalchemy import select

from collab.core import jobs
from collab.core.db import db
from collab.flows.meetings import sweeps
from collab.people.models import Mail

from .meeting_letters import PREFERENCES


@pytest.fixture
def letters(app, tell, monkeypatch):
    """`letters("maria")`: tell what happened, let the sweep and the workers write, give their letters about meetings,
    oldest first."""
    asked = []
    monkeypatch.setattr(jobs, "enqueue", lambda _name, person, **_more: asked.append(person) or True)
    monkeypatch.setattr(jobs, "running_app", lambda: app)

    def read(name):
        tell()
        with app.app_context():
            sweeps.ask_for_letters()
            db.session.remove()
        while asked:
            sweeps.letters_job(asked.pop())
        with app.app_context():
            query = select(Mail).where(Mail.effect.like("meeting-%"), Mail.to.like(f"{name}%"))
            return list(db.session.scalars(query.order_by(Mail.id)))

    return read


@pytest.fixture
def at_once(api_of):
    def choose(*names):
        for name in names:
            answer = api_of(name).patch(PREFERENCES, json={"choices": {"awaited": {"meeting": "mail"}}})
            assert answer.status_code == 200, answer.text

    return choose
