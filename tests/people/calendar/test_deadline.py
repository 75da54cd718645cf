import itertools
import random
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.people.calendar.days import days
from collab.people.calendar.deadline import (
    CASE_IN_GREECE,
    PASSING_ON_IN_GREECE,
    Term,
    deadline,
    elapsed,
    months_later,
)
from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays
from collab.people.calendar.rules import WEEKENDS, CalendarRule
from collab.people.calendar.suspension import Suspension, merged

GREECE = WorkingDays(days(CalendarRule("GR"), range(2018, 2036)))
IRAN = WorkingDays(days(CalendarRule("IR", WEEKENDS["IR"]), range(2018, 2036)))

DAY = st.dates(date(2020, 1, 1), date(2028, 12, 31))
MEASURES = st.sampled_from(["days", "working-days", "weeks", "months", "years"])


@st.composite
def terms(draw, measures=MEASURES, rolls=None):
    measure = draw(measures)
    most = {"days": 400, "working-days": 250, "weeks": 50, "months": 14, "years": 2}[measure]
    return Term(
        draw(st.integers(1, most)),
        measure,
        first_day_counts=draw(st.booleans()),
        last_day_free=draw(st.booleans()) if rolls is None else False,
        rolls=draw(st.booleans()) if rolls is None else rolls,
        least_working_days=draw(st.sampled_from([0, 2])) if rolls is None else 0,
    )


@st.composite
def suspensions(draw):
    since = draw(st.dates(date(2019, 12, 1), date(2029, 6, 1)))
    return Suspension(since, since + timedelta(days=draw(st.integers(0, 90))))


def due(term, start, working=GREECE, standing=()):
    return deadline(term, start, working, standing).due


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        # Law 2690/1999: 50 days from the day after the application; 20 February + 50 is 11 April, Holy Saturday,
        # which rolls over Easter Sunday and Monday.
        (CASE_IN_GREECE, date(2026, 2, 20), date(2026, 4, 14)),
        (CASE_IN_GREECE, date(2026, 6, 1), date(2026, 7, 21)),
        (PASSING_ON_IN_GREECE, date(2026, 5, 4), date(2026, 5, 7)),
        # Civil Code 242: a term that ends on a day not worked ends with the next one.
        (PASSING_ON_IN_GREECE, date(2026, 5, 6), date(2026, 5, 11)),
        (Term(3, rolls=False), date(2026, 5, 6), date(2026, 5, 9)),
        (Term(3, first_day_counts=True), date(2026, 5, 4), date(2026, 5, 6)),
        (Term(5, "working-days"), date(2026, 4, 6), date(2026, 4, 15)),
        (Term(5, "working-days", first_day_counts=True), date(2026, 4, 6), date(2026, 4, 14)),
        # Civil Code 243: weeks end on the same weekday, months on the same number or the last day.
        (Term(2, "weeks"), date(2026, 5, 6), date(2026, 5, 20)),
        (Term(1, "months", rolls=False), date(2026, 1, 31), date(2026, 2, 28)),
        (Term(1, "months", rolls=False), date(2028, 1, 31), date(2028, 2, 29)),
        (Term(1, "months", rolls=False), date(2026, 2, 28), date(2026, 3, 28)),
        (Term(1, "months", first_day_counts=True, rolls=False), date(2026, 3, 1), date(2026, 3, 31)),
        (Term(1, "months", first_day_counts=True, rolls=False), date(2026, 1, 31), date(2026, 2, 28)),
        (Term(13, "months", rolls=False), date(2026, 12, 15), date(2028, 1, 15)),
        (Term(1, "years", rolls=False), date(2028, 2, 29), date(2029, 2, 28)),
        # Regulation 1182/71 article 3(5): two days from Thursday 9 April 2026 hold two working days.
        (Term(2, least_working_days=2), date(2026, 4, 9), date(2026, 4, 15)),
    ],
)
def test_terms_end_when_the_law_says(term, start, end):
    assert due(term, start) == end


def test_in_iran_neither_the_day_of_notice_nor_the_day_of_the_act_counts():
    # Twenty days from 1 Ordibehesht 1405 (21 April 2026): the 21st day after, 12 May, a Tuesday.
    assert due(Term(20, last_day_free=True), date(2026, 4, 21), IRAN) == date(2026, 5, 12)
    # Ends on Friday 15 May: Saturday is worked.
    assert due(Term(23, last_day_free=True), date(2026, 4, 21), IRAN) == date(2026, 5, 16)


def test_the_clock_stands_while_an_outside_party_is_awaited():
    wait = Suspension(date(2026, 6, 10), date(2026, 6, 25), "opinion")
    answer = deadline(CASE_IN_GREECE, date(2026, 6, 1), GREECE, [wait])
    assert answer.due == date(2026, 8, 5)
    assert [(reason.step, reason.day, reason.days, reason.code) for reason in answer.reasons] == [
        ("starts", date(2026, 6, 1), 0, "ν. 2690/1999, άρθρο 4 παρ. 1"),
        ("counted", date(2026, 7, 21), 50, "days"),
        ("suspended", date(2026, 8, 5), 15, "opinion"),
    ]


def test_an_open_wait_leaves_no_date_and_says_how_many_days_are_left():
    answer = deadline(CASE_IN_GREECE, date(2026, 6, 1), GREECE, [Suspension(date(2026, 6, 10), None, "opinion")])
    assert answer.due is None
    assert answer.reasons[-1] == ("standing", date(2026, 6, 10), 41, "opinion")


def test_a_term_that_may_not_stand_still_goes_on():
    open_wait = [Suspension(date(2026, 5, 4), None)]
    assert due(PASSING_ON_IN_GREECE, date(2026, 5, 4), standing=open_wait) == date(2026, 5, 7)
    assert elapsed(PASSING_ON_IN_GREECE, date(2026, 5, 4), date(2026, 5, 7), GREECE, open_wait) == 3


def test_a_wait_that_began_before_the_term_counts_from_its_start():
    wait = [Suspension(date(2026, 5, 1), date(2026, 6, 5))]
    assert due(CASE_IN_GREECE, date(2026, 6, 1), standing=wait) == date(2026, 7, 27)
    over = [Suspension(date(2026, 5, 1), date(2026, 5, 20))]
    assert due(CASE_IN_GREECE, date(2026, 6, 1), standing=over) == due(CASE_IN_GREECE, date(2026, 6, 1))


def test_a_wait_after_the_end_changes_nothing():
    assert due(Term(3), date(2026, 5, 4), standing=[Suspension(date(2026, 5, 7), None)]) == date(2026, 5, 7)


def test_a_roll_is_told_with_its_length():
    assert deadline(Term(3), date(2026, 5, 6), GREECE).reasons[-1] == ("rolled", date(2026, 5, 11), 2, "")


@given(terms(), DAY, DAY)
def test_what_begins_later_ends_no_earlier(term, a, b):
    first, second = sorted((a, b))
    assert due(term, first) <= due(term, second)


@given(terms(), DAY, st.integers(1, 30))
def test_a_longer_term_ends_no_earlier(term, start, more):
    longer = replace(term, length=term.length + (1 if term.measure == "years" else more))
    assert due(term, start) <= due(longer, start)


@given(terms(), DAY, st.lists(suspensions(), max_size=4))
def test_standing_still_never_shortens_and_the_order_of_waits_is_nothing(term, start, standing):
    end = due(term, start, standing=standing)
    assert end >= due(term, start)
    assert end == due(term, start, standing=standing[::-1]) == due(term, start, standing=standing * 2)


@given(terms(rolls=True), DAY)
def test_an_end_that_rolls_is_a_working_day(term, start):
    assert GREECE.is_working(due(term, start))


@given(terms(st.sampled_from(["days", "working-days"]), rolls=False), DAY, st.lists(suspensions(), max_size=4))
def test_days_counted_and_days_suspended_add_up(term, start, standing):
    """On the last day exactly the term has been used, and not the day before."""
    end = due(term, start, standing=standing)
    assert elapsed(term, start, end, GREECE, standing) == term.length
    assert elapsed(term, start, end - timedelta(days=1), GREECE, standing) == term.length - 1
    lost = sum(reason.days for reason in deadline(term, start, GREECE, standing).reasons if reason.step == "suspended")
    eve = start - timedelta(days=1) if term.first_day_counts else start
    whole = GREECE.between(eve, end) if term.measure == "working-days" else (end - eve).days
    assert whole == term.length + lost


@given(DAY, st.integers(0, 60), st.integers(0, 60), terms(st.sampled_from(["days", "working-days"]), rolls=False))
def test_one_wait_in_two_parts_is_the_same_wait(since, one, two, term):
    middle, until = since + timedelta(days=one), since + timedelta(days=one + two)
    parts = [Suspension(since, middle), Suspension(middle, until)]
    assert due(term, date(2024, 5, 7), standing=parts) == due(
        term, date(2024, 5, 7), standing=[Suspension(since, until)]
    )


@given(st.lists(suspensions(), max_size=6))
def test_merged_intervals_are_in_order_apart_and_hold_the_same_days(standing):
    def stood(intervals):
        return {one.since + timedelta(days=n) for one in intervals for n in range(1, (one.until - one.since).days + 1)}

    joined = merged(standing)
    assert all(a.until < b.since for a, b in itertools.pairwise(joined))
    assert stood(joined) == stood(standing)


def test_an_open_interval_swallows_what_comes_after():
    joined = merged([Suspension(date(2026, 3, 1), date(2026, 3, 5)), Suspension(date(2026, 2, 1), None, "a")])
    assert joined == [Suspension(date(2026, 2, 1), None, "a")]


@given(terms(), DAY, DAY, st.lists(suspensions(), max_size=3))
def test_what_has_been_used_only_grows(term, start, today, standing):
    used = elapsed(term, start, today, GREECE, standing)
    assert 0 <= used <= elapsed(term, start, today + timedelta(days=1), GREECE, standing)


@given(DAY, st.integers(0, 200))
def test_months_later_stays_in_the_month_it_names(day, months):
    end, clipped = months_later(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert clipped == (end.day != day.day)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Term(0),
        lambda: Term(10_001),
        lambda: Term(31, "years"),
        lambda: Suspension(date(2026, 5, 2), date(2026, 5, 1)),
    ],
)
def test_terms_and_waits_that_cannot_be_are_refused(make):
    with pytest.raises(ValueError, match=r"a term has|cannot end"):
        make()


@pytest.mark.parametrize("start", [date(1990, 1, 1), date(2036, 5, 5), date.max, date.min])
def test_a_start_beyond_the_calendar_is_said_so(start):
    with pytest.raises(OutOfCalendar):
        deadline(CASE_IN_GREECE, start, GREECE)


@pytest.mark.nightly
def test_a_million_reckonings_take_ten_seconds_of_processor_time():
    """Measured on 20,000, the best of three, beside a loop that took 12 ms on the machine of the figures."""
    chance = random.Random(5)
    starts = [date(2020, 1, 1) + timedelta(days=chance.randrange(3000)) for _ in range(20_000)]
    waits = [(Suspension(day + timedelta(days=5), day + timedelta(days=20)),) for day in starts]

    def spent():
        begun = time.process_time()
        for start, wait in zip(starts, waits, strict=True):
            deadline(CASE_IN_GREECE, start, GREECE, wait)
        return time.process_time() - begun

    def slowness():
        begun = time.process_time()
        [len(str(number)) for number in range(100_000)]
        return max(1.0, (time.process_time() - begun) / 0.012)

    assert min(spent() / slowness() for _ in range(3)) * 50 <= 10
