from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.people.calendar.days import days
from collab.people.calendar.deadline import Term
from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays
from collab.people.calendar.rules import CalendarRule
from collab.people.calendar.suspension import Suspension
from collab.tasks.deadlines import LENGTHS, Statute, after_standing, reckon, statute_of, suspended_days
from collab.tasks.queries.details import Entered

GREECE = WorkingDays(days(CalendarRule("GR"), range(2020, 2036)))
LONG = WorkingDays(days(CalendarRule("GR"), range(2020, 2100)))
DAY = st.dates(date(2022, 1, 1), date(2027, 12, 31))


def statute(start, length, in_working_days=False, **term):
    return Statute(start, Term(length, "working-days" if in_working_days else "days", **term))


def test_the_law_gives_a_deadline_only_with_a_day_and_a_length():
    assert statute_of(None, Entered(allowed=50)) is None
    assert statute_of(date(2026, 11, 3), Entered()) is None
    assert statute_of(date(2026, 11, 3), Entered(allowed=50)) == statute(date(2026, 11, 3), 50)


def test_fifty_days_of_the_code_of_administrative_procedure():
    # 3 November 2026 + 50 days is 23 December, a Wednesday.
    assert reckon(statute(date(2026, 11, 3), 50), GREECE).due == date(2026, 12, 23)
    # + 53 is Saturday the 26th, also a holiday: Monday the 28th.
    assert reckon(statute(date(2026, 11, 3), 53), GREECE).due == date(2026, 12, 28)


def test_working_days_leave_out_the_day_of_no():
    # Friday 23 October 2026; Wednesday the 28th is a holiday.
    assert reckon(statute(date(2026, 10, 23), 4, in_working_days=True), GREECE).due == date(2026, 10, 30)


@st.composite
def standings(draw, start, before):
    """Suspensions in order that do not overlap, each begun before the deadline."""
    found, since = [], start
    for _each in range(draw(st.integers(0, 4))):
        since += timedelta(days=draw(st.integers(0, 10)))
        if since >= before:
            break
        until = since + timedelta(days=draw(st.integers(0, 40)))
        found.append(Suspension(since, until))
        since = until
    return found


@given(st.data(), DAY, st.integers(1, 120), st.booleans())
def test_a_deadline_moves_by_exactly_the_days_that_stood_still(data, start, length, in_working_days):
    law = statute(start, length, in_working_days)
    plain = reckon(law, GREECE).due
    stood = data.draw(standings(start, plain))
    reckoned = reckon(law, GREECE, stood)
    nominal = start + timedelta(days=length)
    if in_working_days:
        lost = sum(GREECE.between(one.since, one.until) for one in stood)
        assert GREECE.between(plain, reckoned.due) == lost
    else:
        # Each standing counts as long as it began before the day the deadline then was.
        lost, ends = 0, nominal
        for one in stood:
            if one.since < ends:
                lost += (one.until - one.since).days
                ends = nominal + timedelta(days=lost)
        due = GREECE.next_working_day(ends)
        for one in stood:  # begun when the term was over and its last day to act had not come
            if ends <= one.since < due <= one.until:
                due = GREECE.add(one.until, 1)
        assert reckoned.due == due
    assert suspended_days(reckoned) == lost


@given(st.data(), DAY, st.integers(1, 120), st.booleans())
def test_moving_after_each_standing_comes_to_the_same_as_reckoning_once(data, start, length, in_working_days):
    law = statute(start, length, in_working_days)
    due, suspended = reckon(law, GREECE).due, 0
    stood = data.draw(standings(start, due))
    for number in range(1, len(stood) + 1):
        due, suspended = _move(due, law, in_working_days, suspended, stood[:number])
    once = reckon(law, GREECE, stood)
    assert (due, suspended) == (once.due, suspended_days(once))


@given(st.data(), DAY, st.integers(1, 200), st.booleans())
def test_a_deadline_set_by_hand_moves_by_what_each_standing_took(data, start, ahead, in_working_days):
    due = by_hand = start + timedelta(days=ahead)
    stood, suspended = data.draw(standings(start, due)), 0
    for number in range(1, len(stood) + 1):
        due, suspended = _move(due, None, in_working_days, suspended, stood[:number])
    if in_working_days:
        assert suspended == sum(GREECE.between(one.since, one.until) for one in stood)
        assert due == GREECE.add(by_hand, suspended)
    else:
        assert suspended == sum((one.until - one.since).days for one in stood)
        assert due == by_hand + timedelta(days=suspended)


def _move(due, law, in_working_days, suspended, stood):
    measure = "working-days" if in_working_days else "days"
    moved = after_standing(due, law, measure, suspended, stood, GREECE)
    return moved.due, moved.suspended


def test_what_stood_still_after_the_deadline_had_passed_moves_nothing():
    late = [Suspension(date(2026, 12, 23), date(2027, 1, 20))]
    for law in (statute(date(2026, 11, 3), 50), None):
        assert after_standing(date(2026, 12, 23), law, "days", 0, late, GREECE).due == date(2026, 12, 23)


def test_a_deadline_changed_by_hand_is_not_put_back_to_what_the_law_says():
    law = statute(date(2026, 11, 3), 50)
    stood = [Suspension(date(2026, 11, 10), date(2026, 11, 22))]
    moved = after_standing(date(2026, 12, 1), law, "days", 0, stood, GREECE)
    assert (moved.due, moved.suspended) == (date(2026, 12, 13), 12)


def test_a_deadline_beyond_the_calendar_is_refused():
    with pytest.raises(OutOfCalendar):
        reckon(statute(date(2035, 12, 1), 3650), GREECE)


@given(DAY, st.sampled_from(sorted(LENGTHS)), st.integers(1, 30), st.booleans(), st.booleans(), st.integers(0, 5))
def test_whatever_the_term_its_calendar_is_read_far_enough(start, measure, length, first, last_free, least):
    term = Term(length, measure, first_day_counts=first, last_day_free=last_free, least_working_days=least)
    law = Statute(start, term)
    due = reckon(law, LONG).due
    assert start <= due
    assert (due - start).days <= 2 * law.about_days + 60
    assert LONG.is_working(due)


def test_a_term_whose_clock_nothing_stops_does_not_move():
    stood = [Suspension(date(2026, 11, 10), date(2026, 11, 22))]
    law = statute_of(date(2026, 11, 3), Entered(allowed=50, stopped_by="nobody"))
    assert reckon(law, GREECE, stood).due == date(2026, 12, 23)
