import timeit
from datetime import UTC, date, datetime, time, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core import dates
from collab.core.dates import (
    BadDay,
    clock,
    day_of,
    digits,
    instant_of,
    local_day,
    month_of,
    near_day,
    near_instant,
    parse_day,
    parts,
    shown,
    shown_instant,
    shown_range,
)
from collab.core.i18n import speaking

DAY = st.dates(date(1900, 1, 1), date(2120, 12, 31))
LOCALES = st.sampled_from(["en", "el", "fa"])
CALENDARS = st.sampled_from(["gregorian", "jalali"])
MARCH = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("locale", "calendar", "style", "text"),
    [
        ("en", "gregorian", "numeric", "05/03/2026"),
        ("en", "gregorian", "day", "5 Mar"),
        ("en", "gregorian", "short", "5 Mar 2026"),
        ("en", "gregorian", "long", "5 March 2026"),
        ("en", "gregorian", "month", "March 2026"),
        ("en", "gregorian", "weekday", "Thursday 5 March 2026"),
        ("el", "gregorian", "long", "5 Μαρτίου 2026"),
        ("el", "gregorian", "month", "Μάρτιος 2026"),
        ("el", "gregorian", "weekday", "Πέμπτη 5 Μαρτίου 2026"),
        ("fa", "jalali", "numeric", "۱۴۰۴/۱۲/۱۴"),
        ("fa", "jalali", "weekday", "پنجشنبه ۱۴ اسفند ۱۴۰۴"),
        ("fa", "gregorian", "long", "۵ مارس ۲۰۲۶"),
        ("en", "jalali", "long", "14 Esfand 1404"),
        ("el", "jalali", "long", "14 Εσφάντ 1404"),
        ("xx", "gregorian", "long", "5 March 2026"),
    ],
)
def test_a_day_is_shown_in_each_language_and_calendar(locale, calendar, style, text):
    assert shown(MARCH, style, calendar=calendar, locale=locale) == text


def test_the_language_being_spoken_is_taken_when_none_is_named():
    with speaking("fa"):
        assert shown(MARCH, calendar="jalali") == "۱۴ اسفند ۱۴۰۴"
        assert digits(2026) == "۲۰۲۶"
    assert shown(MARCH) == "5 Mar 2026"


@pytest.mark.parametrize("day", [date.min, date(620, 1, 1), date.max])
def test_a_day_beyond_the_jalali_years_is_shown_all_the_same(day):
    assert shown(day, "long", calendar="jalali") == day.isoformat()


# Leap years of the official calendar (Institute of Geophysics, University of Tehran).
@pytest.mark.parametrize("year", [1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412])
def test_esfand_has_thirty_days_in_leap_years_only(year):
    last = day_of(year, 12, 30, "jalali")
    assert last + timedelta(days=1) == day_of(year + 1, 1, 1, "jalali")
    assert parse_day(f"{year}/12/30") == last
    with pytest.raises(BadDay) as refusal:
        parse_day(f"{year + 1}/12/30")
    assert refusal.value.code == "no-such-day"


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [((1403, 12, 30), date(2025, 3, 20)), ((1404, 1, 1), date(2025, 3, 21)), ((1357, 11, 22), date(1979, 2, 11))],
)
def test_known_days_agree(jalali, gregorian):
    assert day_of(*jalali, "jalali") == gregorian
    assert parts(gregorian, "jalali") == jalali


@given(DAY, CALENDARS)
def test_parts_and_days_are_each_others_inverse(day, calendar):
    assert day_of(*parts(day, calendar), calendar) == day


@given(DAY, CALENDARS)
def test_a_month_holds_its_day_and_ends_where_the_next_begins(day, calendar):
    first, last = month_of(day, calendar)
    assert first <= day <= last
    assert 28 <= (last - first).days + 1 <= 31
    assert parts(first, calendar)[2] == parts(last + timedelta(days=1), calendar)[2] == 1
    assert parts(first, calendar)[:2] == parts(last, calendar)[:2]


@given(DAY, LOCALES, CALENDARS, st.sampled_from(["numeric", "short", "long", "weekday"]))
def test_what_is_shown_can_be_typed_again(day, locale, calendar, style):
    assert parse_day(shown(day, style, calendar=calendar, locale=locale)) == day
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-05", MARCH),
        (" 5/3/2026 ", MARCH),
        ("05.03.2026", MARCH),
        ("5-3-26", MARCH),
        ("2026/3/5", MARCH),
        ("۱۴۰۴/۱۲/۱۴", MARCH),
        ("١٤٠٤/١٢/١٤", MARCH),
        ("1404-12-14", MARCH),
        ("14/12/1404", MARCH),
        ("5 MARCH 2026", MARCH),
        ("5 mar 2026", MARCH),
        ("5 μαρτιου 2026", MARCH),
        ("14 اسفند 1404", MARCH),
        ("29/2/2028", date(2028, 2, 29)),
    ],
)
def test_typed_days_are_understood(typed, day):
    assert parse_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "not-a-day"),
        ("tomorrow", "not-a-day"),
        ("2026", "not-a-day"),
        ("5/3", "not-a-day"),
        ("2026-03-05T10:00", "not-a-day"),
        ("5 Smarch 2026", "not-a-day"),
        ("5 March 1404", "not-a-day"),
        ("-5/3/2026", "not-a-day"),
        ("1" * 5000, "not-a-day"),
        ("31/4/2026", "no-such-day"),
        ("29/2/2027", "no-such-day"),
        ("3/13/2026", "no-such-day"),
        ("0/1/2026", "no-such-day"),
        ("2026-00-10", "no-such-day"),
        ("1404/13/01", "no-such-day"),
        ("1404/07/31", "no-such-day"),
        ("0000-01-01", "no-such-day"),
        ("1899-12-31", "too-far"),
        ("9999-12-31", "too-far"),
        ("1200/1/1", "too-far"),
    ],
)
def test_what_is_no_day_is_refused_with_a_code(typed, code):
    with pytest.raises(BadDay) as refusal:
        parse_day(typed)
    assert refusal.value.code == code
    assert isinstance(refusal.value, ValueError)


def test_two_figures_of_a_jalali_year_are_not_guessed():
    with pytest.raises(BadDay):
        parse_day("04/05/06", calendar="jalali")


@given(st.text(max_size=80) | st.text("0123456789۰۱۲/-. مارس", max_size=14))
def test_no_text_breaks_the_reader_of_days(text):
    try:
        day = parse_day(text)
    except BadDay:
        return
    assert date(1900, 1, 1) <= day <= date(2120, 12, 31)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (MARCH, MARCH, "5 March 2026"),
        (MARCH, date(2026, 3, 9), "5–9 March 2026"),
        (date(2026, 3, 9), MARCH, "5–9 March 2026"),
        (date(2026, 2, 28), MARCH, "28 Feb – 5 Mar 2026"),
        (date(2025, 12, 30), MARCH, "30 Dec 2025 – 5 Mar 2026"),
    ],
)
def test_a_range_says_each_part_once(first, last, text):
    assert shown_range(first, last) == text


def test_a_range_in_persian_has_a_word_between():
    assert shown_range(MARCH, date(2026, 3, 9), calendar="jalali", locale="fa") == "۱۴ تا ۱۸ اسفند ۱۴۰۴"


@pytest.mark.parametrize(
    ("distance", "text"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (-7, "7 days ago"),
        (8, "13 Mar 2026"),
        (-8, "25 Feb 2026"),
    ],
)
def test_days_near_today_are_told_by_distance(distance, text):
    assert near_day(MARCH + timedelta(days=distance), MARCH) == text


NOON = datetime(2026, 3, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "just now"),
        (1, "1 minute ago"),
        (59, "59 minutes ago"),
        (90, "10:30"),
        (-30, "12:30"),
        (60 * 14, "yesterday, 22:00"),
        (60 * 24 * 3, "3 days ago"),
        (-60 * 24, "tomorrow, 12:00"),
        (-60 * 24 * 3, "in 3 days, 12:00"),
        (60 * 24 * 30, "3 Feb 2026"),
    ],
)
def test_instants_near_now_are_told_by_distance(minutes, text):
    assert near_instant(NOON - timedelta(minutes=minutes), NOON, "Europe/Athens") == text


@pytest.mark.parametrize(
    ("zone", "instant", "day", "wall"),
    [
        # Greece puts its clocks forward on 29 March 2026 at 01:00 UTC and back on 25 October.
        ("Europe/Athens", datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29), "02:59"),
        ("Europe/Athens", datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 29), "04:00"),
        ("Europe/Athens", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25), "03:30"),
        ("Europe/Athens", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25), "03:30"),
        # Iran has kept one time since 2022.
        ("Asia/Tehran", datetime(2026, 7, 1, 20, 30, tzinfo=UTC), date(2026, 7, 2), "00:00"),
    ],
)
def test_the_wall_clock_follows_summer_time(zone, instant, day, wall):
    assert local_day(instant, zone) == day
    assert clock(instant, zone) == wall


def test_an_hour_that_does_not_exist_moves_forward_and_a_double_one_is_the_first():
    gap = instant_of(date(2026, 3, 29), time(3, 30), "Europe/Athens")
    assert gap == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert clock(gap, "Europe/Athens") == "04:30"
    assert instant_of(date(2026, 10, 25), time(3, 30), "Europe/Athens") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001
    st.sampled_from(["Europe/Athens", "Asia/Tehran"]),
)
def test_wall_time_comes_back_unless_the_hour_is_missing(local, zone):
    instant = instant_of(local.date(), local.time(), zone)
    shown_there = clock(instant, zone)
    if shown_there == f"{local:%H:%M}":
        assert local_day(instant, zone) == local.date()
    else:
        # Only the hour skipped in spring is shown otherwise: one hour later.
        assert local.month in (3, 4)
        assert shown_there == f"{local + timedelta(hours=1):%H:%M}"


def test_an_instant_is_shown_with_day_and_clock():
    assert shown_instant(NOON, "Europe/Athens") == "5 Mar 2026, 12:00"
    assert shown_instant(NOON, "Asia/Tehran", calendar="jalali", locale="fa") == "۱۴ اسفند ۱۴۰۴، ۱۳:۳۰"


def test_an_instant_without_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="aware"):
        clock(datetime(2026, 3, 5), "Europe/Athens")  # noqa: DTZ001


@pytest.mark.nightly
def test_showing_a_day_again_costs_less_than_two_microseconds():
    shown(MARCH, calendar="jalali", locale="fa")
    spent = min(
        timeit.repeat(lambda: shown(MARCH, calendar="jalali", locale="fa"), number=20_000, repeat=5, timer=process_time)
    )
    assert spent / 20_000 < 2e-6


def test_the_package_offers_what_it_names():
    assert all(hasattr(dates, name) for name in dates.__all__)
