"""What an item has none of stands in one row of acts, and as a section once there is some of it."""

import re

import pytest

HERE = "/work-items/PARKS-1"


@pytest.fixture
def item(client_of, cast):
    made = {"title": "Repair the bench", "unit": str(cast.PARKS), "holder": str(cast.Eleni)}
    assert client_of("Eleni").post("/tasks", data=made).status_code == 303


def added(page: str) -> list[str]:
    return re.findall(r'id="add-(\w+)"', page)


def headings(page: str) -> list[str]:
    """Of the sections that stand open when the page comes; those that wait to be chosen carry `data-folds`."""
    open_now = re.sub(r"<section[^>]*data-folds.*?</section>", "", page, flags=re.S)
    return re.findall(r'<h2 class="section-title" id="([\w-]+)-title"', open_now)


def test_a_new_task_shows_its_talk_and_offers_the_rest_in_one_row(client_of, item):
    page = client_of("Eleni").get(HERE).text
    assert added(page) == ["checklist", "part", "file", "link"]
    assert not {"checklist", "parts", "files", "ties"} & set(headings(page))
    assert {"talk", "history"} <= set(headings(page))


def test_a_pending_item_is_offered_a_letter_as_well(client_of, cast):
    made = {"title": "Broken swing", "unit": str(cast.PARKS), "source": "citizen"}
    place = client_of("Eleni").post("/pending-items", data=made).location
    page = client_of("Eleni").get(place).text
    assert added(page) == ["checklist", "part", "file", "letter", "link"]
    assert "letters" not in headings(page)


def test_what_is_there_stands_as_a_section_and_is_offered_no_more(client_of, item, cast):
    eleni = client_of("Eleni")
    eleni.post(f"{HERE}/checklist", data={"text": "Screws"})
    assert eleni.post("/quick-tasks", data={"text": "^PARKS-1 Buy planks"}).status_code in (200, 303)
    assert eleni.post("/tasks", data={"title": "Paint the fence", "unit": str(cast.PARKS)}).status_code == 303
    assert eleni.post(f"{HERE}/links", data={"kind": "relates", "item": "PARKS-3"}).status_code in (200, 303)
    page = eleni.get(HERE).text
    assert {"checklist", "parts", "ties"} <= set(headings(page))
    assert added(page) == ["file"]
    assert 'id="item-links"' in page


def test_an_auditor_reads_it_and_is_offered_nothing(client_of, item):
    page = client_of("Reza").get(HERE).text
    assert added(page) == []
    assert 'id="adds"' not in page
