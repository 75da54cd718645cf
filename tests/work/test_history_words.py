"""A history in Persian: its numbers and its commas are Persian ones."""

from datetime import UTC, datetime

from collab.core.actor import Actor
from collab.core.i18n import speaking
from collab.tasks.events import DeadlineReckoned, PendingItemEdited
from collab.work.queries.history import Told, lines
from collab.work.queries.parties import Names

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def sentence(locale: str, kind: str, payload: dict[str, object]) -> str:
    told = Told(1, AT, kind, 0, None, "page", payload, {})
    with speaking(locale):
        return lines(Actor(person_id=1, locale=locale), [told], Names({}))[0].sentence


def test_numbers_stand_in_the_digits_of_the_reader():
    payload = {"due_on": "2026-12-04", "from_on": "2026-10-15", "days": 50, "measure": "days"}
    assert "۵۰" in sentence("fa", DeadlineReckoned.kind, payload)
    assert "50" in sentence("el", DeadlineReckoned.kind, payload)


def test_several_names_are_parted_by_the_comma_of_the_reader():
    payload = {"fields": "source,legal_basis"}
    assert "، " in sentence("fa", PendingItemEdited.kind, payload)
    assert ", " in sentence("en", PendingItemEdited.kind, payload)
