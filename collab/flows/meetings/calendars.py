"""A meeting for calendar programs: as a file that one takes in (RFC 5545), and as what a letter asks them to enter,
to change or to take out (RFC 5546). Both are one entry, under the same name. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from icalendar import Calendar, Event, vCalAddress

from .queries import Found, Point

LEAST: Final = 30
PARTSTATS: Final = {None: "NEEDS-ACTION", "yes": "ACCEPTED", "remote": "ACCEPTED", "no": "DECLINED"}
"""What somebody answered → what stands behind them in the entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands in a calendar. `sequence` grows with whatever changes; `stamp`:
    when it was said; `minutes`: how long the agenda takes."""

    id: int
    reference: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    minutes: int
    title: str
    place: str
    agenda: tuple[str, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Somebody:
    """The name and mail address of whoever calls, or of whoever is called."""

    name: str
    email: str


def as_calendar(found: Found, points: list[Point], address: str) -> bytes:
    """The meeting with its agenda; it lasts as long as its points. `address` is that of the installation."""
    accepted = [point for point in points if point.state == "accepted"]
    entry = Entry(
        id=found.id, reference=found.reference, sequence=found.version, stamp=found.changed_at,
        starts_at=found.starts_at, minutes=sum(point.minutes for point in accepted), title=found.title,
        place=found.place, agenda=tuple(point.title for point in accepted), cancelled=found.stage == "cancelled",
    )  # fmt: skip
    return bytes(_around(_event(entry, address), "PUBLISH").to_ical())


def as_request(entry: Entry, address: str, calls: Somebody, called: Somebody, answer: str | None) -> str:
    """What enters the meeting into the calendar of whoever is `called`, or changes it there. They answer on the page,
    where everybody sees it, so no mail is asked for in return. `calls`: whom the letter comes from."""
    event = _event(entry, address)
    _add_people(event, calls, called, {"partstat": PARTSTATS[answer], "rsvp": "FALSE", "role": "REQ-PARTICIPANT"})
    return _text(_around(event, "REQUEST"))


def as_cancellation(entry: Entry, address: str, calls: Somebody, called: Somebody) -> str:
    """What takes it out again, because it is not held or they are no longer invited."""
    event = _event(entry, address)
    _add_people(event, calls, called, {"role": "REQ-PARTICIPANT"})
    return _text(_around(event, "CANCEL"))


def _event(entry: Entry, address: str) -> Event:
    event = Event()
    event.add("uid", f"meeting-{entry.id}@{address.split('://', 1)[-1]}")
    event.add("dtstamp", entry.stamp)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.starts_at + timedelta(minutes=max(entry.minutes, LEAST)))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("description", "\n".join(entry.agenda))
    event.add("url", f"{address}/meetings/{entry.reference}")
    return event


def _add_people(event: Event, calls: Somebody, called: Somebody, said: dict[str, str]) -> None:
    event.add("organizer", _address(calls, {}))
    event.add("attendee", _address(called, said))


def _address(of: Somebody, said: dict[str, str]) -> Any:
    made = vCalAddress(f"mailto:{of.email}")
    made.params.update({"cn": of.name} | said)
    return made


def _around(event: Event, method: str) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Collab//Meetings//EN")
    made.add("version", "2.0")
    made.add("method", method)
    made.add_component(event)
    return made


def _text(made: Calendar) -> str:
    return bytes(made.to_ical()).decode()
