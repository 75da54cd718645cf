"""The field at the top of every page."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Client


@pytest.fixture
def clerk(app: Flask, cast: Cast, client_of: Callable[[str], Client]) -> Client:
    from collab.tasks.commands import create_task
    from collab.tasks.forms import NewTask
    from tests.house.scene import actor

    with app.app_context():
        create_task(actor(cast, "Eleni"), NewTask(title="Κλαδιά στην οδό Ανεμόμυλου", unit=cast.PARKS))
    return client_of("Eleni")


@pytest.mark.parametrize("typed", ["PARKS-1", "parks-1", " PARKS-1 "])
def test_a_reference_leads_to_its_item(clerk: Client, typed: str) -> None:
    assert clerk.get("/search", query_string={"q": typed}).location == "/work-items/PARKS-1"


def test_words_lead_to_the_items_that_carry_them(clerk: Client) -> None:
    answer = clerk.get("/search", query_string={"q": "ΚΛΑΔΙΑ"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "Κλαδιά στην οδό" in answer.text


def test_somebody_else_finds_nothing(clerk: Client, client_of: Callable[[str], Client]) -> None:
    answer = client_of("Leila").get("/search", query_string={"q": "PARKS-1"}, follow_redirects=True)
    assert "Κλαδιά" not in answer.text


@pytest.mark.parametrize("typed", ["", " ", "' & | !", "x" * 200, "<script>", "99999999999999999999", "%", "\u202e"])
def test_nothing_that_is_typed_breaks_it(clerk: Client, typed: str) -> None:
    assert clerk.get("/search", query_string={"q": typed}, follow_redirects=True).status_code == 200
