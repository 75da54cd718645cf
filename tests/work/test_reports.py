"""The head's pages: what stands in a unit and below, read by those it is for, with the list behind each number."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from tests.work.making import day, make


@pytest.fixture
def morning(app, cast, actor_of, at):
    """Monday 23 November: PARKS has five open items of different ages, ROADS one."""
    with app.app_context():
        nikos, petros = actor_of("Nikos"), actor_of("Petros")
        at(datetime(2026, 9, 1, 9, tzinfo=UTC))
        make(nikos, cast.PARKS, cast.Eleni, title="Oldest", due_on=day(20))
        at(datetime(2026, 11, 9, 9, tzinfo=UTC))
        make(nikos, cast.PARKS, cast.Eleni, title="Late", due_on=day(20))
        make(petros, cast.ROADS, cast.Maria, title="Road", due_on=day(27))
        at(datetime(2026, 11, 23, 7, tzinfo=UTC))
        make(nikos, cast.PARKS, cast.Giorgos, title="Today", due_on=day(23))
        make(nikos, cast.PARKS, None, title="Nobody has it")
        make(nikos, cast.PARKS, None, title="Hidden", reach="named")


def report(client, unit):
    answer = client.get(f"/api/v1/units/{unit}/report")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_head_reads_load_age_and_what_falls_due(api_of, cast, morning):
    found = report(api_of("Nikos"), cast.PARKS)
    assert found["whole"] == {
        "open": 5, "overdue": 2, "nobodys": 1, "clock_stopped": 0, "effort_minutes": 0,
        "oldest_since": "2026-09-01T09:00:00+00:00",
    }  # fmt: skip
    assert found["ages_in_working_days"] == {"0-5": 3, "6-15": 1, "16-30": 0, "31-": 1}
    assert found["falls_due"] == [{"on": "2026-11-23", "items": 1, "with_absent": 0}]
    people = [(each["holder"]["id"], each["open"], each["overdue"]) for each in found["people"]]
    assert people == [(cast.Eleni, 2, 2), (cast.Giorgos, 1, 0), (cast.Nikos, 1, 0)]


def test_the_head_above_drills_down_to_the_units_below(api_of, cast, morning):
    found = report(api_of("Yannis"), cast.TECH)
    assert [(each["code"], each["open"], each["overdue"]) for each in found["units"]] == [
        ("PARKS", 4, 2),  # what is for named people only is not the head's to count
        ("ROADS", 1, 0),
    ]
    assert [each["holder"]["id"] for each in found["people"]] == [cast.Eleni, cast.Giorgos, cast.Maria]


def test_figures_by_person_are_for_the_heads_above_and_for_oneself(api_of, client_of, cast, morning):
    def people(name):
        return [each["holder"]["id"] for each in report(api_of(name), cast.PARKS)["people"]]

    assert people("Babis") == people("Anna") == [cast.Eleni, cast.Giorgos]  # deputy, and head of all
    assert people("Giorgos") == [cast.Giorgos]
    assert people("Reza") == []  # an auditor reads the unit's figures, nobody's own
    assert "with_absent" not in str(report(api_of("Reza"), cast.PARKS))
    page = client_of("Giorgos").get("/units/PARKS/overview").text
    # The arrow stays with the last word of its act.
    assert all(
        "figure-go" in act and act.index("figure-go") < act.index("<svg") for act in page.split("figure-act")[1:]
    )
    assert "Giorgos Zervas" in page
    assert "Eleni Markou" not in page


@pytest.mark.parametrize("name", ["Leila", "Maria", "Sofia", "Kostas", "Thanos"])
def test_whoever_neither_works_there_nor_heads_it_is_told_so(client_of, api_of, cast, morning, name):
    assert client_of(name).get("/units/PARKS/overview").status_code == 403
    assert "/units/PARKS/overview" not in client_of(name).get("/units/PARKS").text, "and nobody is led to it in vain"
    assert api_of(name).get(f"/api/v1/units/{cast.PARKS}/report").status_code == 403


def test_an_unknown_unit_is_not_found(client_of, api_of, morning):
    assert client_of("Nikos").get("/units/NOWHERE/overview").status_code == 404
    assert api_of("Nikos").get("/api/v1/units/999999/report").status_code == 404


def numbers(page):
    """The links of the page whose words are a number, or which stand over one: address → number."""
    found = {}
    for href, text in re.findall(r'<a class="figure-in" href="([^"]+)"><b class="figure-number">(\d+)', page):
        found[unescape(href)] = int(text)
    for href, text in re.findall(r'<a class="link(?: urgent)?" href="([^"]+)">(\d+)</a>', page):
        found[unescape(href)] = int(text)
    bars = r'<dt><a class="link" href="([^"]+)">[^<]+</a></dt><svg.*?</svg><dd>(\d+)'
    for href, text in re.findall(bars, page):
        found[unescape(href)] = int(text)
    return found


def test_behind_each_number_stands_the_list_that_was_counted(client_of, cast, morning):
    for name, code in (("Sofia", "LEGAL"), ("Petros", "ROADS"), ("Maria", "ROADS"), ("Yannis", "TECH")):
        client = client_of(name)
        for href, number in numbers(client.get(f"/units/{code}/overview").text).items():
            rows = client.get(href).text.count('id="row-')
            assert rows == number, (name, href)
    yannis = numbers(client_of("Yannis").get("/units/TECH/overview").text)
    assert len(yannis) >= 10


def test_nobodys_items_are_given_away_from_the_page_itself(client_of, morning):
    page = client_of("Nikos").get("/units/PARKS/overview").text
    assert re.search(r'href="/work-items/PARKS-\d+/holder"', page)
    assert "Nobody has it" in page


def test_what_falls_due_with_somebody_absent_is_said(app, client_of, api_of, cast, morning):
    answer = client_of("Nikos").post(
        f"/people/{cast.Giorgos}/absences", data={"first_day": "2026-11-23", "last_day": "2026-11-24"}
    )
    assert answer.status_code < 400, answer.text
    assert report(api_of("Nikos"), cast.PARKS)["falls_due"] == [{"on": "2026-11-23", "items": 1, "with_absent": 1}]
    assert "1 with somebody absent" in client_of("Yannis").get("/units/TECH/overview").text


def test_an_empty_unit_says_so(client_of, cast):
    assert "Nothing is open here" in client_of("Sofia").get("/units/LEGAL/overview").text


def test_the_page_asks_few_questions_however_much_there_is(app, client_of, cast, actor_of, morning, queries):
    client = client_of("Yannis")
    client.get("/units/TECH/overview")
    with queries() as few:
        client.get("/units/TECH/overview")
    with app.app_context():
        for number in range(30):
            make(actor_of("Petros"), cast.ROADS, [cast.Maria, cast.Petros, None][number % 3])
    with queries() as many:
        page = client.get("/units/TECH/overview")
    assert len(many) <= 12
    assert len(many) <= len(few)
    assert len(page.data) < 40_000


def test_heads_and_auditors_find_the_reports_in_the_navigation(client_of, cast, morning):
    for name, code in (("Yannis", "TECH"), ("Anna", "CITY"), ("Reza", "CITY"), ("Eleni", "PARKS")):
        answer = client_of(name).get("/reports")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/units/{code}/overview")
    assert 'href="/reports"' in client_of("Nikos").get("/units/PARKS/overview").text
    assert 'href="/reports"' not in client_of("Eleni").get("/units/PARKS/overview").text
    assert "/units/PARKS/overview" in client_of("Eleni").get("/units/PARKS").text


def test_the_pages_of_a_unit_stand_in_one_row_on_each_of_them(client_of, cast, morning):
    rows = [
        re.findall(
            r'<a class="tab" href="([^"]+)"',
            re.search(
                r'<nav [^>]*"Pages of the unit".*?</nav>', client_of("Eleni").get(f"/units/PARKS{end}").text, re.S
            )[0],
        )
        for end in ("", "/pending-items", "/overview", "/waits", "/time", "/figures")
    ]
    assert all(row == rows[0] for row in rows), rows
    assert len(rows[0]) == 6


def test_the_ways_to_look_stand_on_the_pending_page_for_those_who_may_read_them(client_of, cast, morning):
    assert 'href="/units/PARKS/time"' in client_of("Eleni").get("/units/PARKS/pending-items").text
    assert 'href="/units/PARKS/time"' not in client_of("Maria").get("/units/PARKS/pending-items").text


def test_what_falls_due_within_seven_days_is_the_sum_of_those_days(client_of, api_of, cast, morning):
    body = {"title": "On the last of them", "unit": cast.PARKS, "due_on": "2026-11-30"}
    assert api_of("Eleni").post("/api/v1/tasks", json=body).status_code == 201
    eleni = client_of("Eleni")
    page = re.sub(r"<(?!a )[^>]+>", " ", eleni.get("/units/PARKS/overview").text)
    assert re.search(r"in 7 days\s+(<a [^>]*>)?\s*1\b", page)
    [(href, number)] = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>\s*(\d+)\s+fall due within 7 days', page)
    assert number == "2"
    assert "On the last of them" in eleni.get(unescape(href)).text


def test_the_overview_tells_eight_weeks_ahead_and_a_month_beside_the_one_before(
    app, client_of, api_of, cast, actor_of, morning
):
    with app.app_context():
        make(actor_of("Nikos"), cast.PARKS, cast.Eleni, title="Far", due_on=datetime(2027, 1, 18, tzinfo=UTC).date())
        make(
            actor_of("Nikos"), cast.PARKS, cast.Eleni, title="Too far", due_on=datetime(2027, 1, 19, tzinfo=UTC).date()
        )
    eleni = client_of("Eleni")
    assert eleni.post("/work-items/PARKS-2/completion").status_code == 303
    page = re.sub(r"<[^>]+>", " ", eleni.get("/units/PARKS/overview").text)
    said = " ".join(page.split())
    assert re.search(r"in 7 days \d+ days 8–14 ", said)
    assert "days 50–56" in said
    assert re.search(r"opened 5 \(before 0\).*finished 1 \(before 0\)", said)
    assert len(re.findall(r"\d+ open items?|open now", said)) == 1, "how many are open is said once"
    assert [each["on"] for each in report(api_of("Eleni"), cast.PARKS)["falls_due"]][-1] == "2027-01-18"
