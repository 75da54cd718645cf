"""Times of day, and moments to be reminded, in three languages. Wednesday is 25 November 2026."""

from datetime import date, time

import pytest

from collab.tasks.quick import Today, printed, read
from collab.tasks.quick.moments import Moment, moment_in

HERE = Today(date(2026, 11, 25))
THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("line", "title", "due", "clock"),
    [
        ("call Forestry tomorrow 10am", "call Forestry", THURSDAY, time(10)),
        ("call Forestry tomorrow at 10", "call Forestry", THURSDAY, time(10)),
        ("call Forestry at 3", "call Forestry", None, time(15)),
        ("call at 3 Friday", "call", date(2026, 11, 27), time(15)),
        ("at 10 call Eleni", "call Eleni", None, time(10)),
        ("call at 3 Giorgos", "call Giorgos", None, time(15)),
        ("meet at 3 in the square", "meet in the square", None, time(15)),
        ("call at 10 about road closure", "call about road closure", None, time(10)),
        ("call Forestry at 03:00", "call Forestry", None, time(3)),
        ("call Forestry 10:30", "call Forestry", None, time(10, 30)),
        ("call Forestry 5 pm tomorrow", "call Forestry", THURSDAY, time(17)),
        ("call at 12 pm", "call", None, time(12)),
        ("call at 12 am", "call", None, time(0)),
        ("τηλέφωνο αύριο στις 10", "τηλέφωνο", THURSDAY, time(10)),
        ("τηλέφωνο αύριο στις 10 το πρωί", "τηλέφωνο", THURSDAY, time(10)),
        ("τηλέφωνο στις 5 το απόγευμα", "τηλέφωνο", None, time(17)),
        ("τηλέφωνο στις 10:30 π.μ.", "τηλέφωνο", None, time(10, 30)),
        ("تماس فردا ساعت ۱۰", "تماس", THURSDAY, time(10)),
        ("تماس فردا ساعت ۱۰ صبح", "تماس", THURSDAY, time(10)),
        ("تماس ساعت ۵ عصر", "تماس", None, time(17)),
        ("تماس ساعت ۱۶:۴۵", "تماس", None, time(16, 45)),
    ],
)
def test_times_are_understood_in_three_languages(line, title, due, clock):
    said = read(line, HERE)
    assert (said.title, said.due, said.value("time")) == (title, due, clock)
    assert read(printed(said, HERE), HERE).value("time") == clock


@pytest.mark.parametrize(
    "line",
    [
        "10 trees",
        "at 25",
        "at home",
        "room 10",
        "10:75",
        "25:10",
        "στις 32",
        "13pm",
        "at 13 pm",
        "scale 1:5000",
        "pine at 3 Analipseos street",
        "pine at 12 anemomylou st.",
        "pine at 2 Palaion Patron Square",
    ],
)
def test_what_is_no_time_stays_a_word(line):
    assert read(line, HERE).value("time") is None
    assert read(line, HERE).title == line


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("tomorrow 9:00", Moment(day=THURSDAY, clock=time(9))),
        ("tomorrow", Moment(day=THURSDAY)),
        ("Friday at 10", Moment(day=date(2026, 11, 27), clock=time(10))),
        ("remind me tomorrow at 8:30", Moment(day=THURSDAY, clock=time(8, 30))),
        ("at 17:00", Moment(clock=time(17))),
        ("in 2 hours", Moment(minutes=120)),
        ("σε 2 ώρες", Moment(minutes=120)),
        ("σε 30 λεπτά", Moment(minutes=30)),
        ("۲ ساعت دیگر", Moment(minutes=120)),
        ("3 days before due", Moment(before=3)),
        ("3 days before the due date at 8:00", Moment(before=3, clock=time(8))),
        ("the day before due", Moment(before=1)),
        ("a week before", Moment(before=7)),
        ("on the due day", Moment(before=0)),
        ("3 μέρες πριν την προθεσμία", Moment(before=3)),
        ("3 ημέρες πριν από την προθεσμία", Moment(before=3)),
        ("μια μέρα πριν", Moment(before=1)),
        ("۳ روز پیش از موعد", Moment(before=3)),
        ("αύριο στις 10", Moment(day=THURSDAY, clock=time(10))),
        ("فردا ساعت ۱۰", Moment(day=THURSDAY, clock=time(10))),
    ],
)
def test_moments_are_understood_in_three_languages(text, moment):
    assert moment_in(text, HERE) == moment


@pytest.mark.parametrize(
    "text", ["", "soon", "call Forestry tomorrow", "before", "3 before", "in two", "x" * 200, "🌳"]
)
def test_what_says_no_moment_gives_none(text):
    assert moment_in(text, HERE) is None
