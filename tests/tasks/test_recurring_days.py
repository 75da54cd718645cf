"""The days on which a rule of recurrence falls: laws, and days that people know."""

from datetime import date, timedelta
from itertools import islice, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.dates import day_of, month_of, parts
from collab.tasks.falling import falling, falling_from, newest_until
from collab.tasks.recurring import Rule, days_after, first_after, from_text, to_text
from collab.tasks.recurring.days import _in_months
from collab.tasks.recurring.rrule_text import BadRule

DAYS = st.dates(date(2001, 1, 1), date(2080, 12, 31))
RULES = st.builds(
    Rule,
    every=st.sampled_from(["day", "week", "month", "year"]),
    interval=st.integers(1, 7),
    weekdays=st.lists(st.integers(0, 6), max_size=3, unique=True).map(lambda days: tuple(sorted(days))),
    by=st.sampled_from(["day", "weekday"]),
    day=st.none() | st.integers(1, 31) | st.just(-1),
    place=st.sampled_from([1, 2, 3, 4, -1]),
    weekday=st.integers(0, 6),
    month=st.none() | st.integers(1, 12),
    calendar=st.sampled_from(["gregorian", "jalali"]),
    until=st.none() | DAYS,
)


def some(rule, begin, after, number=5):
    return list(islice(days_after(rule, begin, after), number))


@given(RULES, DAYS, st.integers(0, 900))
def test_days_come_in_order_after_the_day_and_never_later_than_the_end(rule, begin, ahead):
    after = begin + timedelta(days=ahead)
    found = some(rule, begin, after)
    assert found == sorted(set(found))
    assert all(after < day <= (rule.until or date.max) for day in found)


def weekends(how):
    """Saturdays and Sundays go to the next or the previous day that is worked."""
    steps = {"next": (0, 0, 0, 0, 0, 2, 1), "previous": (0, 0, 0, 0, 0, -1, -2), "no": (0,) * 7}[how]
    return lambda day: day + timedelta(days=steps[day.weekday()])


@given(RULES, DAYS, st.integers(0, 900), st.sampled_from(["no", "next", "previous"]))
def test_what_is_long_over_is_passed_over_and_nothing_else(rule, begin, ahead, how):
    roll, later = weekends(how), begin + timedelta(days=ahead)
    every = list(takewhile(lambda day: day <= later + timedelta(days=60), falling(rule, begin, begin, roll)))
    passed = takewhile(lambda day: day <= later + timedelta(days=60), falling_from(rule, begin, begin, later, roll))
    assert list(passed) == [day for day in every if day >= later]
    assert newest_until(rule, begin, begin, later, roll) == max([begin, *(day for day in every if day <= later)])


@given(RULES, DAYS)
def test_asking_one_after_the_other_gives_the_same_days_as_asking_for_all(rule, begin):
    at, one_by_one = begin, []
    for _time in range(4):
        at = first_after(rule, begin, at)
        if at is None:
            break
        one_by_one.append(at)
    assert one_by_one == some(rule, begin, begin, 4)


@given(RULES, DAYS)
def test_what_comes_falls_where_the_rule_says(rule, begin):
    for day in some(rule, begin, begin, 3):
        _year, month, number = parts(day, rule.calendar)
        if rule.every == "day":
            assert (day - begin).days % rule.interval == 0
        elif rule.every == "week":
            assert day.weekday() in (rule.weekdays or (begin.weekday(),))
        elif rule.by == "weekday":
            assert day.weekday() == rule.weekday
            first, last = month_of(day, rule.calendar)
            place = -((last - day).days // 7) - 1 if rule.place == -1 else (day - first).days // 7 + 1
            assert place == rule.place
        else:
            last = parts(month_of(day, rule.calendar)[1], rule.calendar)[2]
            wanted = rule.day or parts(begin, rule.calendar)[2]
            assert number == (last if wanted == -1 else min(wanted, last))
        if rule.every == "year":
            assert month == (rule.month or parts(begin, rule.calendar)[1])


@given(RULES.filter(lambda rule: rule.every in ("month", "year") and rule.calendar == "gregorian"), DAYS)
def test_counting_months_ourselves_gives_what_dateutil_gives(rule, begin):
    ours = [day for day in islice(_in_months(rule, begin, begin), 6) if day > begin and day <= (rule.until or date.max)]
    theirs = some(rule, begin, begin, 6)
    assert ours[:4] == theirs[:4]


@given(RULES)
def test_a_rule_written_and_read_again_is_the_same_where_it_matters(rule):
    again = from_text(to_text(rule))
    begin = date(2026, 11, 23)
    assert some(again, begin, begin, 4) == some(rule, begin, begin, 4)
    assert to_text(again) == to_text(rule)


def test_the_31st_is_the_last_day_of_shorter_months():
    rule = Rule("month", day=31)
    assert some(rule, date(2027, 1, 31), date(2027, 1, 31), 4) == [
        date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 31),
    ]  # fmt: skip


def test_30_esfand_is_the_29th_in_common_years_and_itself_in_leap_years():
    rule = Rule("year", month=12, day=30, calendar="jalali")
    found = some(rule, day_of(1402, 1, 1, "jalali"), day_of(1402, 1, 1, "jalali"), 3)
    assert [parts(day, "jalali") for day in found] == [(1402, 12, 29), (1403, 12, 30), (1404, 12, 29)]


def test_every_second_week_keeps_its_weeks_and_a_persian_week_begins_on_saturday():
    begin = date(2026, 11, 25)  # a Wednesday
    assert some(Rule("week", interval=2, weekdays=(0, 4)), begin, begin, 3) == [
        date(2026, 11, 27), date(2026, 12, 7), date(2026, 12, 11),
    ]  # fmt: skip
    persian = Rule("week", interval=2, weekdays=(5,), calendar="jalali")
    assert first_after(persian, begin, begin) == date(2026, 12, 5)


def test_the_second_tuesday_and_the_last_friday():
    begin = date(2026, 11, 1)
    assert first_after(Rule("month", by="weekday", place=2, weekday=1), begin, begin) == date(2026, 11, 10)
    assert first_after(Rule("month", by="weekday", place=-1, weekday=4), begin, begin) == date(2026, 11, 27)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=MONTHLY;BYDAY=9MO", "FREQ=DAILY;BYHOUR=1",
        "FREQ=DAILY;UNTIL=2026", "FREQ=YEARLY;BYMONTH=13",
    ],
)  # fmt: skip
def test_what_is_no_rule_of_ours_is_refused(text):
    with pytest.raises(BadRule):
        from_text(text)
