"""A history in Persian: its numbers and its commas are Persian ones."""

from datetime import UTC, datetime

from collab.core.actor import Actor
from collab.core.i18n import speaking
from collab.tasks.events import DeadlineReckoned, PendingItemEdited
from collab.work.events import ItemEdited, WaitAnswered
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


def told(kind: str, payload: dict[str, object], texts: dict[str, str], *, by: int = 0, locale: str = "en") -> str:
    line = Told(1, AT, kind, by, None, "page", payload, texts)
    with speaking(locale):
        return lines(Actor(person_id=1, locale=locale), [line], Names({}))[0].sentence


def test_a_changed_title_stands_before_and_after():
    texts = {"title_was": "Fallen tree", "title_now": "Fallen plane tree"}
    said = told(ItemEdited.kind, {"fields": "title,labels", "was": {}}, texts)
    assert "title from “\u2068Fallen tree\u2069” to “\u2068Fallen plane tree\u2069”, labels" in said
    long = told(ItemEdited.kind, {"fields": "title"}, {**texts, "title_now": "x" * 300})
    assert "x" * 79 + "…" in long
    assert "x" * 80 not in long


def test_changed_days_and_priorities_stand_before_and_after():
    payload = {
        "fields": "priority,start_on,due_on,body",
        "was": {"priority": 0, "start_on": None, "due_on": "2026-12-01"},
        "now": {"priority": 3, "start_on": "2026-11-25", "due_on": "2026-12-04"},
        "due_on": "2026-12-04",
    }
    said = told(ItemEdited.kind, payload, {})
    assert "priority from no priority to high" in said
    assert "start from – to 25 Nov" in said
    assert "due date from 1 Dec" in said
    assert said.endswith(", description")


def test_of_an_edit_from_before_this_was_kept_the_fields_are_said():
    assert told(ItemEdited.kind, {"fields": "title,start_on", "was": {"start_on": None}}, {}).endswith("title, start")


def test_who_answered_for_themselves_answered():
    assert told(WaitAnswered.kind, {"wait": 1, "awaited": 7, "asker": 9}, {}, by=7).endswith(" answered")
    assert "wrote down the answer" in told(WaitAnswered.kind, {"wait": 1, "awaited": 8, "asker": 9}, {}, by=7)
