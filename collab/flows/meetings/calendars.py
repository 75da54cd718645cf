"""A meeting as a calendar file that other programs take in (RFC 5545). Pure."""

from datetime import timedelta
from typing import Final

from icalendar import Calendar, Event

from .queries import Found, Point

LEAST: Final = 30


def as_calendar(found: Found, points: list[Point], address: str) -> bytes:
    """The meeting with its agenda; it lasts as long as its points. `address` is that of the installation."""
    lasts = sum(point.minutes for point in points if point.state == "accepted")
    made, event = Calendar(), Event()
    made.add("prodid", "-//Collab//Meetings//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    event.add("uid", f"meeting-{found.id}@{address.split('://', 1)[-1]}")
    event.add("dtstamp", found.changed_at)
    event.add("sequence", found.version)
    event.add("dtstart", found.starts_at)
    event.add("dtend", found.starts_at + timedelta(minutes=max(lasts, LEAST)))
    event.add("summary", found.title)
    event.add("location", found.place)
    event.add("status", "CANCELLED" if found.stage == "cancelled" else "CONFIRMED")
    event.add("description", "\n".join(point.title for point in points if point.state == "accepted"))
    event.add("url", f"{address}/meetings/{found.reference}")
    made.add_component(event)
    return bytes(made.to_ical())
