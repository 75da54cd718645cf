"""The registry: pending items that came in and letters that went out, by protocol number."""

import re
from datetime import UTC, datetime

import pytest


@pytest.fixture
def items(api_of, cast):
    """Two items that came in, one of another unit; a letter that went out. Gives the reference of the first."""
    eleni = api_of("Eleni")
    case = {"unit": cast.PARKS, "protocol_number": "2026/11873", "protocol_on": "2026-11-03",
            "counterpart": cast.forestry}  # fmt: skip
    first = eleni.post("/api/v1/pending-items", json={**case, "title": "Felling"}).json["reference"]
    older = {"title": "Old", "unit": cast.PARKS, "protocol_number": "2025/7", "protocol_on": "2025-02-01"}
    eleni.post("/api/v1/pending-items", json=older)
    theirs = {"title": "Road works", "unit": cast.ROADS, "protocol_number": "2026/11874", "protocol_on": "2026-11-04"}
    api_of("Petros").post("/api/v1/pending-items", json=theirs)
    letter = eleni.post(f"/api/v1/work-items/{first}/letters", json={"language": "en"}).json["id"]
    sent = {"on": "2026-11-10", "protocol_number": "2026/12001"}
    assert eleni.post(f"/api/v1/letters/{letter}/sending", json=sent).status_code == 201
    return first


def numbers(api, query=""):
    return [each["number"] for each in api.get(f"/api/v1/registry{query}").json["items"]]


def test_in_and_out_stand_in_one_list_the_newest_day_first(api_of, items):
    assert numbers(api_of("Eleni")) == ["2026/12001", "2026/11873", "2025/7"]
    assert numbers(api_of("Eleni"), "?way=in") == ["2026/11873", "2025/7"]
    assert numbers(api_of("Eleni"), "?way=out") == ["2026/12001"]


def test_what_one_may_not_see_is_no_gap(api_of, items):
    assert "2026/11874" not in numbers(api_of("Eleni"))
    assert "2026/11874" in numbers(api_of("Petros"))


PARTS = {"11873": ["2026/11873"], "2026/11873": ["2026/11873"], "۱۱۸۷۳": ["2026/11873"], "%": [], "_": [], "no": []}


@pytest.mark.parametrize(("typed", "found"), PARTS.items())
def test_a_number_is_found_by_any_part_of_it_in_any_digits(api_of, items, typed, found):
    assert numbers(api_of("Eleni"), f"?number={typed}") == found


def test_a_year_may_be_asked_for_in_either_calendar(api_of, items):
    assert numbers(api_of("Eleni"), "?year=2025") == ["2025/7"]
    assert numbers(api_of("Eleni"), "?year=1403") == ["2025/7"]  # 1 February 2025 is 13 Bahman 1403
    assert numbers(api_of("Eleni"), "?year=1405") == ["2026/12001", "2026/11873"]


def offered(client, address="/registry"):
    return re.findall(r'<option value="(\d+)"[^>]*>([^<]+)</option>', client.get(address).text)


def test_the_years_offered_are_those_of_the_numbers_and_say_so_to_whoever_reckons_otherwise(client_of, items, at):
    at(datetime(2026, 11, 20, tzinfo=UTC))
    assert offered(client_of("Eleni"))[:2] == [("2026", "2026"), ("2025", "2025")]
    of_both = offered(client_of("Leila"), "/registry?year=2025")
    assert of_both == [("2026", "۲۰۲۶ (میلادی)"), ("2025", "۲۰۲۵ (میلادی)")]


def test_no_year_is_offered_before_the_first_entry_of_the_registry_whoever_asks(client_of, api_of, cast, at):
    at(datetime(2026, 11, 20, tzinfo=UTC))
    assert [year for year, _said in offered(client_of("Eleni"))] == ["2026"]
    far = {"title": "Old", "unit": cast.PARKS, "protocol_number": "2024/7", "protocol_on": "2024-02-01"}
    assert api_of("Eleni").post("/api/v1/pending-items", json=far).status_code == 201
    assert [year for year, _said in offered(client_of("Eleni"))] == ["2026", "2025", "2024"]
    assert [year for year, _said in offered(client_of("Petros"))] == ["2026", "2025", "2024"]


def test_a_year_of_the_readers_own_calendar_that_was_asked_for_stays_chosen(client_of, items):
    assert ("1403", "۱۴۰۳") in offered(client_of("Leila"), "/registry?year=1403")
    assert ("1403", "1403 (Jalali)") in offered(client_of("Eleni"), "/registry?year=1403")


def test_pages_follow_each_other_without_a_hole(api_of, items):
    eleni, found, after = api_of("Eleni"), [], ""
    for _page in range(3):
        page = eleni.get(f"/api/v1/registry?limit=1{after}").json
        found += [each["number"] for each in page["items"]]
        after = f"&after={page['next']}"
    assert found == ["2026/12001", "2026/11873", "2025/7"]
    assert page["next"] is None


@pytest.mark.parametrize(
    "query", ["year=1", "year=99999999999999999999", "year=x", "way=up", "after=x", "limit=0", "q=1"]
)
def test_nonsense_is_refused(api_of, items, query):
    assert api_of("Eleni").get(f"/api/v1/registry?{query}").status_code in (400, 422)


def test_the_page_says_who_and_where(client_of, items):
    page = client_of("Eleni").get("/registry").text
    for said in ("2026/11873", "Felling", "Forestry", "Parks", "Incoming", "Outgoing", "/letters/"):
        assert said in page
    assert "No such number" in client_of("Eleni").get("/registry?number=999999").text


def test_an_empty_page_speaks_of_a_number_only_where_one_was_asked_for(client_of, cast):
    eleni = client_of("Eleni")
    assert "No such number" in eleni.get("/registry?number=7").text
    page = eleni.get("/registry?way=out").text
    assert "No such number" not in page
    assert "Nothing of that kind stands in the registry" in page


def test_a_page_asks_little(client_of, items, queries):
    client = client_of("Eleni")
    client.get("/registry")
    with queries() as sent:
        client.get("/registry")
    assert len(sent) <= 8
