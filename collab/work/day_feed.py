"""Items as a calendar that other programs subscribe to (RFC 5545, RFC 7986): each on the day when it is due. Pure."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from icalendar import Calendar, Event

from .queries.shapes import Row

AGAIN: Final = timedelta(hours=1)


def as_calendar(name: str, rows: Iterable[Row], words: dict[str, str], address: str) -> bytes:
    """The calendar. `words` are the states in the reader's language, `address` that of the installation."""
    made = Calendar()
    made.add("prodid", "-//Collab//Views//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("name", name)
    made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    host = address.split("://", 1)[-1]
    for row in rows:
        if row.due_on is not None:
            made.add_component(_event(row, words, address, host))
    return bytes(made.to_ical())


def _event(row: Row, words: dict[str, str], address: str, host: str) -> Event:
    event = Event()
    event.add("uid", f"work-item-{row.id}@{host}")
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("sequence", row.version)
    event.add("dtstart", row.due_on)
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{row.reference} {row.title}")
    event.add("description", f"{words[row.state_kind]} · {row.holder.name if row.holder else row.desk.name}")
    event.add("url", f"{address}/work-items/{row.reference}")
    if row.labels:
        event.add("categories", list(row.labels))
    return event
