"""The open meeting of every quarter in the sample: one was held and its minutes are public, the next takes in questions."""

# One row a line reads better than a line length here.
# ruff: noqa: E501

from collections.abc import Iterator
from datetime import datetime

from collab.core.actor import SYSTEM
from collab.flows.meetings.commands import (
    add_point,
    answer_question,
    approve_minutes,
    end_meeting,
    make_next_meeting,
    note_attendance,
    note_point,
    place_question,
    plan_meeting,
    publish_minutes,
    set_series,
    start_meeting,
    take_question,
)
from collab.flows.meetings.forms import (
    AnswerQuestion,
    Attendance,
    EndMeeting,
    NewMeeting,
    NewQuestion,
    NotePoint,
    PlaceQuestion,
    PointForm,
    SeriesForm,
)

from .plots import Story
from .world import World


def stories(world: World) -> Iterator[tuple[datetime, Story]]:
    """Each step at its hour and in the name of whoever took it."""
    yield world.at(12, 18, 25), _quarterly(world)


def _quarterly(world: World) -> Story:
    """Greek: a district asks, the mayor's deputy answers; the next one is called in time."""
    head, people, day = world.actor("vretos"), world.town.people, world.due(4)
    form = NewMeeting(
        title="Ανοιχτή συνέλευση: Λιμάνι και Παλιά Πόλη", unit=world.party("CITY"), on=day, clock="18:30",
        place="Αμφιθέατρο του 2ου Δημοτικού", people=[people[who] for who in ("pappas", "vlachos", "markou", "rigas", "moradi")], secretary=people["rigas"],
        body="Κάθε τρίμηνο στη γειτονιά. Ερωτήσεις δεχόμαστε και πριν.", open=True,
    )  # fmt: skip
    made = plan_meeting(head, form)["id"]
    lights = add_point(head, made, PointForm(title="Φωτισμός στην παραλία", minutes=20, owner=people["vlachos"]))
    add_point(head, made, PointForm(title="Απολογισμός του τριμήνου", minutes=15, standing=True))
    asked = take_question(
        head, made,
        NewQuestion(question="Πότε θα φτιαχτεί η ράμπα στην είσοδο του λιμανιού; Με το καροτσάκι δεν περνάμε.", asker="Κάτοικος της οδού Κάστρου", channel="email"),
    )  # fmt: skip
    place_question(head, made, asked, PlaceQuestion())
    yield world.until(day, 18, 33)
    start_meeting(head, made)
    for who, presence in (("vretos", "present"), ("pappas", "present"), ("vlachos", "remote"), ("rigas", "present")):
        note_attendance(head, made, people[who], Attendance.model_validate({"presence": presence}))
    notes = "Δεκαοκτώ λαμπτήρες δεν ανάβουν. Το συνεργείο περνά κάθε Τρίτη."
    note_point(head, made, lights, NotePoint(notes=notes, outcome="Αντικατάσταση έως τα μέσα του μήνα.", version=1))
    answer_question(
        head, made, asked,
        AnswerQuestion(answer="Η μελέτη εγκρίθηκε. Η ράμπα κατασκευάζεται μέσα στους δύο επόμενους μήνες.", version=2),
    )  # fmt: skip
    yield world.until(day, 19, 21)
    end_meeting(head, made, EndMeeting())
    yield 1
    approve_minutes(head, made)
    publish_minutes(head, made)
    series = set_series(head, made, SeriesForm(every="month", interval=3, ahead=90, roll="next"))
    yield 3
    coming = make_next_meeting(SYSTEM, series)
    if coming is not None:
        for question, asker in (
            ("Γιατί κόπηκαν τα πεύκα πίσω από το γυμναστήριο;", "Μητέρα μαθητή"),
            ("Μπορεί το λεωφορείο 7 να περνά και το Σάββατο;", ""),
        ):
            asks = NewQuestion(question=question, asker=asker or "Πολίτης", channel="in-person" if asker else "phone")
            take_question(head, coming, asks)
