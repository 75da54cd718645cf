from datetime import date, timedelta

import holidays
import jdatetime
import pytest

from collab.people.calendar.days import CalendarDay, days, public_holidays
from collab.people.calendar.names import NAMES, named
from collab.people.calendar.rules import WEEKENDS, BadRule, CalendarRule, Correction, LocalFeast

GREECE = CalendarRule("GR")
IRAN = CalendarRule("IR", WEEKENDS["IR"])
THESSALONIKI = CalendarRule("GR", feasts=(LocalFeast(10, 26, {"en": "Saint Demetrius", "el": "Άγιος Δημήτριος"}),))


def year(rule, number):
    return {row.day: row for row in days(rule, [number])}


def orthodox_easter(number):
    """Meeus, Astronomical Algorithms (1991), page 69, then 13 days from the Julian to the Gregorian calendar."""
    d = (19 * (number % 19) + 15) % 30
    e = (2 * (number % 4) + 4 * (number % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(number, month, day + 1) + timedelta(days=13)


@pytest.mark.parametrize(
    ("number", "easter"),
    [(2024, date(2024, 5, 5)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 12)), (2027, date(2027, 5, 2))],
)
def test_the_reckoning_of_easter_agrees_with_the_church(number, easter):
    assert orthodox_easter(number) == easter


@pytest.mark.parametrize("number", range(1990, 2100))
def test_movable_feasts_of_greece_hang_on_orthodox_easter(number):
    easter = orthodox_easter(number)
    rows = year(GREECE, number)
    for distance, name in [
        (-48, "Καθαρά Δευτέρα"),
        (-2, "Μεγάλη Παρασκευή"),
        (1, "Δευτέρα του Πάσχα"),
        (50, "Δευτέρα του Αγίου Πνεύματος"),
    ]:
        row = rows[easter + timedelta(days=distance)]
        assert not row.working
        assert name in row.names["el"]


@pytest.mark.parametrize("when", [(1, 1), (1, 6), (3, 25), (8, 15), (10, 28), (12, 25), (12, 26)])
def test_fixed_feasts_of_greece_are_not_worked(when):
    for number in (2025, 2026, 2027):
        row = year(GREECE, number)[date(number, *when)]
        assert not row.working
        assert row.names["el"]
        assert not row.estimated


def test_an_ordinary_year_has_365_days_and_a_leap_year_366():
    assert [len(year(GREECE, number)) for number in (2026, 2028)] == [365, 366]


def test_the_local_feast_is_kept_in_its_town_only():
    monday = date(2026, 10, 26)
    assert year(GREECE, 2026)[monday].working
    row = year(THESSALONIKI, 2026)[monday]
    assert (row.working, row.names["el"]) == (False, "Άγιος Δημήτριος")


def test_a_local_feast_on_a_public_holiday_adds_its_name():
    rule = CalendarRule("GR", feasts=(LocalFeast(8, 15, {"el": "Παναγία"}),))
    assert year(rule, 2026)[date(2026, 8, 15)].names["el"] == "Κοίμηση της Θεοτόκου, Παναγία"


def test_a_feast_of_the_29th_of_february_is_kept_in_leap_years():
    rule = CalendarRule(feasts=(LocalFeast(2, 29, {"en": "Leap day"}),))
    assert not year(rule, 2028)[date(2028, 2, 29)].working
    assert not any(row.names for row in days(rule, [2027]))


def test_a_correction_outweighs_everything():
    saturday, monday = date(2026, 3, 7), date(2026, 4, 13)
    rule = CalendarRule(
        "GR", corrections={saturday: Correction(True), monday: Correction(False, {"en": "Closed: storm"})}
    )
    assert year(rule, 2026)[saturday] == CalendarDay(saturday, True, {})
    assert year(rule, 2026)[monday].names == {"en": "Closed: storm"}


@pytest.mark.parametrize("number", [2020, 2021, 2024, 2025, 2026, 2029, 2030])
def test_nowruz_begins_with_the_solar_year_and_lasts_four_days(number):
    first = jdatetime.date(number - 621, 1, 1).togregorian()
    rows = year(IRAN, number)
    assert all(not rows[first + timedelta(days=n)].working for n in range(4))
    assert "نوروز" in rows[first].names["fa"]
    assert "روز طبیعت" in rows[first + timedelta(days=12)].names["fa"]


def test_lunar_feasts_not_yet_announced_say_that_they_are_estimated():
    known = next(row for row in days(IRAN, [2025]) if "عاشورا" in row.names.get("fa", ""))
    guessed = next(row for row in days(IRAN, [2040]) if "عاشورا" in row.names.get("fa", ""))
    assert (known.day, known.estimated) == (date(2025, 7, 6), False)
    assert guessed.estimated
    assert "(تخمینی)" in guessed.names["fa"]


def test_iran_works_on_sunday_and_rests_on_friday():
    rows = year(IRAN, 2026)
    assert rows[date(2026, 5, 10)].working
    assert not rows[date(2026, 5, 8)].working


@pytest.mark.parametrize("country", ["GR", "IR"])
def test_every_holiday_has_a_name_in_three_languages(country):
    known = set()
    for number in range(1990, 2100):
        for names in holidays.country_holidays(country, years=number, language="en_US").values():
            known |= {name.removesuffix(" (estimated)").removesuffix(" (observed)") for name in names.split("; ")}
    assert known
    assert known <= set(NAMES)
    for number in (2026, 2027):
        for holiday in public_holidays(country, None, number).values():
            assert set(holiday.names) == {"en", "el", "fa"}
            assert any("α" <= char <= "ώ" for char in holiday.names["el"])
            assert any("آ" <= char <= "ی" for char in holiday.names["fa"])


def test_a_holiday_unknown_to_the_table_keeps_its_english_name():
    assert named("Thanksgiving (observed)")["el"] == "Thanksgiving (μεταφέρεται)"


@pytest.mark.parametrize(
    "make",
    [
        lambda: CalendarRule("XX"),
        lambda: CalendarRule(weekend=frozenset(range(7))),
        lambda: CalendarRule(weekend=frozenset({7})),
        lambda: LocalFeast(2, 30, {}),
        lambda: LocalFeast(13, 1, {}),
        lambda: list(days(GREECE, [1989])),
        lambda: list(days(GREECE, [2101])),
        lambda: list(days(CalendarRule("GR", subdivision="Nowhere"), [2026])),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(make):
    with pytest.raises(BadRule):
        make()


def test_without_a_country_only_the_weekend_rests():
    assert sum(row.working for row in days(CalendarRule(), [2026])) == 261
