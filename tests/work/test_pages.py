"""Pages of work over HTTP: what they show, and that they show it in few questions."""

import pytest

from tests.work.making import make


@pytest.fixture
def item(app, cast, actor_of):
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Pine at Analipseos 3", body="**Old** tree")


def test_an_item_is_read_by_those_who_may_and_is_nothing_to_others(client_of, item):
    page = client_of("Eleni").get("/work-items/PARKS-1")
    assert page.status_code == 200
    assert "Pine at Analipseos 3" in page.text
    assert "<strong>Old</strong>" in page.text
    assert client_of("Eleni").get(f"/work-items/{item}").status_code == 200
    assert client_of("Eleni").get("/work-items/parks-1").status_code == 200
    assert client_of("Leila").get("/work-items/PARKS-1").status_code == 404
    assert client_of(None).get("/work-items/PARKS-1").status_code == 303


@pytest.mark.parametrize(
    "address",
    [
        "/work-items/PARKS-1", "/work-items", "/work-items?holder=me&state=any&order=newest",
        "/units/PARKS/pending-items",
        "/units/PARKS/pending-items?side=offered", "/units/PARKS/pending-items?side=we-wait",
        "/units/PARKS/pending-items?side=asked", "/units/PARKS/pending-items?side=nobody",
        "/work-items/PARKS-1/history", "/work-items/PARKS-1/editing", "/work-items/PARKS-1/completion",
        "/work-items/PARKS-1/cancellation", "/work-items/PARKS-1/holder", "/work-items/PARKS-1/handovers/new",
        "/work-items/PARKS-1/waits/new", "/work-items/PARKS-1/messages",
    ],
)  # fmt: skip
def test_every_page_is_there_for_the_head_in_few_questions_and_small(client_of, item, queries, address):
    client = client_of("Nikos")
    client.get(address)
    with queries() as sent:
        page = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert len(page.data) <= 12_000
    assert len(sent) <= (12 if "PARKS-1" in address else 8), "\n".join(sent.sent)
