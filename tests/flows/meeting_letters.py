"""Letters about meetings as tests read them."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from .test_meetings import NOW, at_

PREFERENCES = "/api/v1/me/notification-preferences"
SOON = NOW + timedelta(minutes=3)
TUESDAY = datetime(2026, 11, 24, 6, 0, 30, tzinfo=UTC)  # half a minute past eight in Athens
NIGHT = datetime(2026, 11, 23, 18, tzinfo=UTC)
WITH_PLACE = {"title": "Winter plan", "on": "2026-11-26", "clock": "10:00", "place": "Room 2"}


def entry(letter):
    """Method and event of the part for calendar programs."""
    made = Calendar.from_ical(letter.calendar)
    [event] = made.walk("VEVENT")
    return str(made["METHOD"]), event


def changed(client, made, cast, **said):
    body = WITH_PLACE | {"secretary": cast.Eleni, "people": [cast.Maria, cast.Giorgos]} | said
    answer = client.put(at_(made), json=body)
    assert answer.status_code == 200, answer.get_json()
