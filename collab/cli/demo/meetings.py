"""Meetings of the sample: one in Greek that was held and approved, one in English that is coming."""

# One row a line reads better than a line length here.
# ruff: noqa: E501

from collections.abc import Iterator
from datetime import datetime, timedelta

from collab.flows.meetings.commands import (
    add_point,
    approve_minutes,
    end_meeting,
    make_action,
    note_attendance,
    note_point,
    plan_meeting,
    start_meeting,
)
from collab.flows.meetings.forms import Attendance, EndMeeting, NewAction, NewMeeting, NotePoint, PointForm

from .plots import Story
from .world import World


def stories(world: World) -> Iterator[tuple[datetime, Story]]:
    """The meetings of the sample, each step at its hour and in the name of whoever took it."""
    yield world.at(8, 9), _held(world)
    yield world.at(1, 11, 20), _coming(world)


def _held(world: World) -> Story:
    """Greek: the Legal Service looked at its contracts; a task came of it."""
    head, people, day = world.actor("rigas"), world.town.people, world.due(2)
    form = NewMeeting(
        title="Συμβάσεις του τριμήνου", unit=world.party("LEGAL"), on=day, clock="09:30",
        place="Αίθουσα Β, 2ος όροφος", people=[people["kosta"], people["farzan"]], quorum="half",
    )  # fmt: skip
    made = plan_meeting(head, form)["id"]
    contracts = add_point(head, made, PointForm(title="Συμβάσεις που λήγουν", minutes=25, owner=people["kosta"]))
    add_point(head, made, PointForm(title="Άδειες του Δεκεμβρίου", minutes=10))
    yield world.until(day, 9, 32)
    start_meeting(head, made)
    for who, presence in (("rigas", "present"), ("kosta", "present"), ("farzan", "remote")):
        note_attendance(head, made, people[who], Attendance.model_validate({"presence": presence}))
    notes = "Τρεις συμβάσεις λήγουν ως το τέλος του έτους:\n\n- καθαρισμός κτιρίων\n- ανελκυστήρες\n- φωτοτυπικά"
    note_point(head, made, contracts, NotePoint(notes=notes, outcome="Παρατείνονται κατά τρεις μήνες.", version=1))
    make_action(
        head,
        made,
        contracts,
        NewAction(
            title="Σύνταξη των παρατάσεων", holder=people["kosta"], due_on=(world.now + timedelta(days=9)).date()
        ),
    )
    yield world.until(day, 10, 6)
    end_meeting(head, made, EndMeeting())
    yield 1
    approve_minutes(head, made)


def _coming(world: World) -> Story:
    """English: the Parks prepare the winter; Eleni writes the minutes."""
    head, people = world.actor("pappas"), world.town.people
    form = NewMeeting(
        title="Winter plan of the parks", unit=world.party("PARKS"), on=world.days.add(world.today, 2), clock="10:00",
        place="Depot, meeting room", secretary=people["markou"], people=[people["kalfa"], people["amini"], people["ioannou"]], quorum="half",
        body="Please read the list of fallen trees beforehand.",
    )  # fmt: skip
    made = plan_meeting(head, form)["id"]
    for title, minutes, who in (
        ("Storm damage of November", 20, "markou"),
        ("Salt and sand: who has how much?", 15, "pappas"),
        ("Pruning in January", 30, "ioannou"),
    ):
        add_point(head, made, PointForm(title=title, minutes=minutes, owner=people[who]))
    add_point(world.actor("kalfa"), made, PointForm(title="New gloves", minutes=5))
    yield from ()
