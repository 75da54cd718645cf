"""A list as a calendar: the same query on the days of a month or week, and items that move from day to day."""

import re
from datetime import UTC, date, datetime

import pytest

from collab.people.calendar.names import renamed
from collab.work.queries import dated
from collab.work.spans import stretch
from tests.work.making import day, make

CALENDAR = "/work-items?query=&layout=calendar"


def days(page):
    """Day → the references of its items."""
    found = {}
    for part in re.split(r'<li class="day[ "]', page.text)[1:]:
        found[re.search(r'data-to="([^"]+)"', part)[1]] = re.findall(r'data-item="([^"]+)"', part)
    return found


def filled(page):
    return {iso: items for iso, items in days(page).items() if items}


@pytest.fixture
def some(app, cast, actor_of, at):
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with app.app_context():
        eleni, nikos = actor_of("Eleni"), actor_of("Nikos")
        make(eleni, cast.PARKS, cast.Eleni, title="mine", due_on=day(24), priority=3)
        make(eleni, cast.PARKS, title="tray", kind="pending", start_on=day(10))
        make(nikos, cast.PARKS, cast.Nikos, title="his", start_on=day(2), due_on=day(30))


def move(client, item, **said):
    return client.put(f"/work-items/{item}/column", data=said, headers={"HX-Request-Type": "partial"})


def test_a_calendar_shows_what_the_query_finds_on_the_days_when_it_is_due(client_of, some):
    page = client_of("Eleni").get(CALENDAR)
    assert next(iter(days(page))) <= "2026-10-26"
    assert len(days(page)) == 42  # six weeks from Monday the 26th of October to Sunday the 6th of December
    assert filled(page) == {"2026-11-24": ["PARKS-1"], "2026-11-30": ["PARKS-3"]}
    assert '<span class="days-total">2 items</span>' in page.text
    assert 'data-to="2026-11-23" data-label="Monday 23 November 2026" aria-current="date"' in page.text
    assert filled(client_of("Eleni").get(f"{CALENDAR.replace('query=', 'query=holder:me')}")) == {
        "2026-11-24": ["PARKS-1"]
    }


def test_a_calendar_by_start_and_one_of_a_week(client_of, some):
    eleni = client_of("Eleni")
    assert filled(eleni.get(f"{CALENDAR}&of=start")) == {"2026-11-02": ["PARKS-3"], "2026-11-10": ["PARKS-2"]}
    week = eleni.get(f"{CALENDAR}&span=week&day=2026-12-02")
    assert list(days(week)) == [
        f"2026-{rest}" for rest in ("11-30", "12-01", "12-02", "12-03", "12-04", "12-05", "12-06")
    ]
    assert "30 Nov – 6 Dec 2026" in week.text


def test_the_month_before_and_after_are_one_click_away(client_of, some):
    page = client_of("Eleni").get(f"{CALENDAR}&day=2026-01-15")
    assert '<h2 class="days-title" aria-live="polite">January 2026</h2>' in page.text
    assert re.search(r'href="[^"]*day=2026-11-24[^"]*">The next one is on 24 Nov 2026.</a>', page.text)
    assert "The next one" not in client_of("Eleni").get(f"{CALENDAR}&day=2027-01-15").text
    assert "day=2025-12-31" in page.text
    assert "day=2026-02-01" in page.text


def test_people_who_go_by_the_jalali_calendar_see_its_months_and_weeks_from_saturday(client_of, some):
    shirin = client_of("Shirin")
    page = shirin.get(CALENDAR)
    first = min(days(page))
    assert date.fromisoformat(first).weekday() == 5
    assert "آذر ۱۴۰۵" in page.text


@pytest.mark.parametrize(("year", "first", "last", "number"), [
    (1405, "2027-02-20", "2027-03-20", 29), (1408, "2030-02-19", "2030-03-20", 30),
])  # fmt: skip
def test_esfand_has_its_thirtieth_day_in_leap_years_and_the_next_month_begins_after_it(
    client_of, api_of, cast, some, year, first, last, number
):
    """The month as it is drawn, an item due on its last day, and the day after, which is the first of Farvardin."""
    made = api_of("Shirin").post(
        "/api/v1/tasks", json={"title": "بستن حساب", "unit": cast.ADMIN, "holder": cast.Shirin, "due_on": last}
    )
    assert made.status_code == 201, made.text
    page = client_of("Shirin").get(f"{CALENDAR}&day={first}")
    assert "اسفند" in page.text
    own = [iso for iso in days(page) if first <= iso <= last]
    assert len(own) == number
    assert filled(page) == {last: [made.json["reference"]]}
    read = client_of("Shirin").get("/quick-tasks/day", query_string={"text": f"30/12/{year}"})
    assert read.json == {"day": last if number == 30 else None}


def test_a_month_beside_its_first_day_stands_as_in_a_date(client_of, some):
    nikos = client_of("Nikos").get(CALENDAR).text
    assert '<span class="day-month" aria-hidden="true">Δεκεμβρίου</span>' in nikos
    assert "Νοέμβριος 2026" in nikos


def test_a_busy_day_shows_three_and_how_many_more_and_leads_to_all(some, app, cast, actor_of, client_of, monkeypatch):
    with app.app_context():
        for _n in range(7):
            make(actor_of("Eleni"), cast.PARKS, due_on=day(25))
    page = client_of("Eleni").get(CALENDAR)
    assert "<summary>+4 more</summary>" in page.text
    assert len(days(page)["2026-11-25"]) == 7
    monkeypatch.setattr(dated, "CARDS", 5)
    page = client_of("Eleni").get(CALENDAR)
    assert 'href="/work-items?query=due%3A2026-11-25">All of them (7)</a>' in page.text


def test_holidays_of_the_units_calendar_are_marked_in_the_readers_language(client_of, some):
    assert "New Year’s Day" in client_of("Eleni").get(f"{CALENDAR}&day=2026-01-15").text
    free = client_of("Eleni").get(CALENDAR).text
    assert re.search(r'class="day day-free[^"]*" id="day-2026-11-28"', free)  # a Saturday
    assert renamed("Χριστούγεννα", "fa") == "کریسمس"
    assert renamed("Good Friday, Our own feast", "el") == "Μεγάλη Παρασκευή, Our own feast"
    assert renamed("Labour Day (moved)", "el") == "Εργατική Πρωτομαγιά (μεταφέρεται)"


def test_an_item_is_put_on_another_day_and_back_again(client_of, some):
    eleni = client_of("Eleni")
    told = move(eleni, "PARKS-1", by="due", to="2026-11-26", version="1")
    assert told.status_code == 204
    assert filled(eleni.get(CALENDAR))["2026-11-26"] == ["PARKS-1"]
    assert eleni.post(re.search(r"/facts/\d+/undo", told.headers["HX-Trigger"])[0]).status_code == 303
    assert filled(eleni.get(CALENDAR))["2026-11-24"] == ["PARKS-1"]
    assert move(eleni, "PARKS-2", by="start", to="2026-11-12").status_code == 204
    assert filled(eleni.get(f"{CALENDAR}&of=start"))["2026-11-12"] == ["PARKS-2"]


def test_what_somebody_else_moved_meanwhile_stays_where_they_put_it(client_of, some):
    eleni, nikos = client_of("Eleni"), client_of("Nikos")
    assert move(nikos, "PARKS-1", by="due", to="2026-11-25", version="1").status_code == 204
    assert move(eleni, "PARKS-1", by="due", to="2026-11-27", version="1").status_code == 412
    assert filled(eleni.get(CALENDAR))["2026-11-25"] == ["PARKS-1"]
    assert move(client_of("Maria"), "PARKS-1", by="due", to="2026-11-27").status_code == 404


@pytest.mark.parametrize("to", ["2026-11-31", "never", "x\0", "", "9999-12-31", "<b>", "٢٠٢٦-١١-٣١"])
def test_days_that_are_none_are_refused_at_the_field(client_of, some, to):
    answer = move(client_of("Eleni"), "PARKS-1", by="due", to=to)
    assert answer.status_code == 422


def test_an_item_is_not_due_before_it_starts(client_of, some):
    refused = move(client_of("Nikos"), "PARKS-3", by="due", to="2026-11-01")
    assert refused.status_code == 409
    assert "πριν από την έναρξη" in refused.text


@pytest.mark.parametrize("more", ["&day=x", "&day=%00", "&span=year", "&of=end"])
def test_odd_calendars_are_refused(client_of, some, more):
    assert client_of("Eleni").get(CALENDAR + more).status_code == 422


@pytest.mark.parametrize("more", ["&utm_source=letter", "&fbclid=%00%ff", "&day=1900-01-01", "&day=2120-12-31"])
def test_what_other_tools_hang_onto_an_address_is_passed_over_and_far_days_are_shown(client_of, some, more):
    assert client_of("Eleni").get(CALENDAR + more).status_code == 200
    assert client_of("Eleni").get(f"/tasks?query={more}").status_code == 200


def test_a_view_keeps_that_it_is_a_calendar(client_of, some):
    eleni = client_of("Eleni")
    typed = {"name": "My month", "query": "holder:me", "layout": "calendar", "of": "start", "span": "week"}
    there = eleni.post("/views", data=typed).headers["Location"]
    assert (
        eleni.get(there).headers["Location"].endswith("query=holder%3Ame&order=due&layout=calendar&of=start&span=week")
    )


def test_every_stretch_is_whole_weeks_that_hold_the_day():
    for number in range(0, 4000, 17):
        at = date.fromordinal(date(2020, 1, 1).toordinal() + number)
        for calendar, begins in (("gregorian", 0), ("jalali", 5)):
            for span in ("month", "week"):
                shows = stretch(span, at, calendar)
                assert shows.begin <= at <= shows.end
                assert shows.first.weekday() == begins
                assert len(shows.days) % 7 == 0
                assert stretch(span, shows.after, calendar).begin == shows.after
                assert stretch(span, shows.before, calendar).end == shows.before


@pytest.mark.parametrize("more", ["", "&span=week", "&of=start", "&day=2026-01-15"])
def test_a_calendar_costs_at_most_eight_questions(client_of, queries, some, more):
    eleni = client_of("Nikos")
    eleni.get(CALENDAR + more)
    with queries() as asked:
        assert eleni.get(CALENDAR + more).status_code == 200
    assert len(asked) <= 8
