from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.people.calendar.days import CalendarDay, days
from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays
from collab.people.calendar.rules import WEEKENDS, BadRule, CalendarRule

GREECE = WorkingDays(days(CalendarRule("GR"), range(2018, 2036)))
IRAN = WorkingDays(days(CalendarRule("IR", WEEKENDS["IR"]), range(2018, 2036)))
WHICH = st.sampled_from([GREECE, IRAN])
DAY = st.dates(date(2020, 1, 1), date(2030, 12, 31))
COUNT = st.integers(0, 400)


def test_known_counts():
    # The week before Orthodox Easter 2026 has four working days: Good Friday is free.
    assert GREECE.between(date(2026, 4, 5), date(2026, 4, 12)) == 4
    assert GREECE.between(date(2026, 4, 12), date(2026, 4, 5)) == -4
    assert GREECE.add(date(2026, 4, 9), 1) == date(2026, 4, 14)
    assert GREECE.add(date(2026, 4, 14), -1) == date(2026, 4, 9)
    assert GREECE.next_working_day(date(2026, 4, 10)) == date(2026, 4, 14)
    assert GREECE.last_working_day(date(2026, 4, 13)) == date(2026, 4, 9)


@given(WHICH, DAY)
def test_counting_agrees_with_walking(working, day):
    free = day
    while not working.is_working(free):
        free += timedelta(days=1)
    assert working.next_working_day(day) == free
    month = [day + timedelta(days=n) for n in range(1, 31)]
    assert working.between(day, month[-1]) == sum(map(working.is_working, month))


@given(WHICH, DAY, DAY, DAY)
def test_counting_is_additive(working, a, b, c):
    assert working.between(a, b) + working.between(b, c) == working.between(a, c)


@given(WHICH, DAY, COUNT, COUNT)
def test_adding_is_additive_and_goes_back_the_way_it_came(working, day, m, n):
    assert working.add(working.add(day, m), n) == working.add(day, m + n)
    worked = working.next_working_day(day)
    assert working.add(working.add(worked, n), -n) == worked
    assert working.between(worked, working.add(worked, n)) == n


@given(WHICH, DAY, DAY, st.integers(-400, 400))
def test_adding_is_monotone(working, a, b, n):
    first, second = sorted((a, b))
    assert working.add(first, n) <= working.add(second, n)
    assert working.next_working_day(first) <= working.next_working_day(second)


@given(WHICH, DAY, st.integers(-400, 400).filter(bool))
def test_what_is_reached_is_worked(working, day, n):
    assert working.is_working(working.add(day, n))


@given(WHICH, st.integers(1, 4000))
def test_ordinals_and_days_are_each_others_inverse(working, ordinal):
    assert working.ordinal(working.day_of(ordinal)) == ordinal


def test_the_edges_of_the_calendar():
    year = WorkingDays(days(CalendarRule(), [2026]))
    assert (year.first, year.last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert year.is_working(date(2026, 1, 1))
    assert year.ordinal(date(2025, 12, 31)) == 0
    weekend = WorkingDays([CalendarDay(date(2026, 1, 3), False, {}), CalendarDay(date(2026, 1, 4), True, {})])
    assert not weekend.is_working(date(2026, 1, 3))


@pytest.mark.parametrize(
    "ask",
    [
        lambda year: year.ordinal(date(2025, 12, 30)),
        lambda year: year.ordinal(date(2027, 1, 1)),
        lambda year: year.add(date(2026, 12, 31), 1),
        lambda year: year.add(date(2026, 1, 1), -1),
        lambda year: year.day_of(0),
        lambda year: year.is_working(date(2027, 1, 1)),
        lambda year: year.is_working(date(2025, 12, 31)),
        lambda year: year.between(date(2026, 1, 1), date(9999, 12, 31)),
    ],
)
def test_beyond_the_calendar_is_said_so(ask):
    year = WorkingDays(days(CalendarRule(), [2026]))
    with pytest.raises(OutOfCalendar):
        ask(year)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [CalendarDay(date(2026, 1, 1), False, {})],
        [CalendarDay(date(2026, 1, 1), True, {}), CalendarDay(date(2026, 1, 3), True, {})],
        [CalendarDay(date(2026, 1, 2), True, {}), CalendarDay(date(2026, 1, 1), True, {})],
    ],
)
def test_days_with_gaps_or_without_work_make_no_calendar(rows):
    with pytest.raises(BadRule):
        WorkingDays(rows)
