"""A form that outlived its session: nothing is done, what was typed comes back with a token that holds."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.work.models import WorkItem
from tests.cast import Cast
from tests.clients import Client

Of = Callable[..., Client]
TYPED = {"title": "Prune the <lime> trees", "body": "Line one\nLine “two”", "unit": "", "holder": "", "version": "3"}
OURS = {"Sec-Fetch-Site": "same-origin", "X-CSRF-Token": ""}
SHOWN = re.compile(r'<(?:input|textarea)[^>]*name="([^"]*)"(?:[^>]*? value="([^"]*)")?[^>]*>(?:\n([^<]*)</textarea>)?')


def fields(page: str) -> dict[str, str]:
    form = page.split('<form class="stack" method="post"')[1].split("</form>")[0]
    return {name: unescape(value or text) for name, value, text in SHOWN.findall(form)}


def items(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(WorkItem)) or 0


@pytest.mark.parametrize("locale", ["en", "el", "fa"])
def test_what_was_typed_comes_back_and_is_done_by_one_more_press(app, cast: Cast, client_of: Of, locale: str) -> None:
    eleni, before = client_of("Eleni"), client_of("Eleni")
    eleni.patch("/api/v1/me", json={"locale": locale})
    typed = {"title": TYPED["title"], "body": TYPED["body"], "once": "abc", "unit": str(cast.PARKS)}
    refused = eleni.post("/tasks", data={**typed, "csrf_token": before._csrf()}, headers=OURS)
    assert refused.status_code == 403
    assert refused.headers["Cache-Control"] == "no-store"
    assert items(app) == 0
    again = fields(refused.get_data(as_text=True))
    token = again.pop("csrf_token")
    assert {name: value.replace("\r\n", "\n") for name, value in again.items()} == typed
    done = eleni.post("/tasks", data={**again, "csrf_token": token}, headers=OURS)
    assert done.status_code == 303
    assert items(app) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
)
def test_nothing_of_it_for_what_does_not_surely_come_from_our_pages(
    cast: Cast, client_of: Of, headers: dict[str, str]
) -> None:
    eleni, before = client_of("Eleni"), client_of("Eleni")
    given = {**TYPED, "csrf_token": before._csrf()}
    answer = eleni.post("/tasks", data=given, headers={"X-CSRF-Token": "", **headers})
    assert answer.status_code == 403
    assert "X-CSRF-Token" not in answer.headers
    assert "lime" not in answer.get_data(as_text=True)


def test_nor_without_any_token_nor_for_a_stranger(cast: Cast, client_of: Of) -> None:
    bare = client_of("Eleni").post("/tasks", data=TYPED, headers=OURS)
    assert (bare.status_code, "X-CSRF-Token" in bare.headers) == (403, False)
    stranger = client_of(None).post("/tasks", data={**TYPED, "csrf_token": "x.y"}, headers=OURS)
    assert "lime" not in stranger.get_data(as_text=True)


def test_passwords_are_never_sent_back(cast: Cast, client_of: Of) -> None:
    eleni, before = client_of("Eleni"), client_of("Eleni")
    given = {"current_password": "open  sesame", "password": "open sesame two", "csrf_token": before._csrf()}
    answer = eleni.post("/profile/password", data=given, headers=OURS)
    assert answer.status_code in (403, 404, 405)
    assert "sesame" not in answer.get_data(as_text=True)


def test_a_form_that_changes_something_keeps_its_verb(cast: Cast, client_of: Of) -> None:
    eleni, before = client_of("Eleni"), client_of("Eleni")
    given = {"name": "Eleni of the parks", "csrf_token": before._csrf()}
    shown = eleni.post("/profile?_method=PATCH", data=given, headers=OURS).get_data(as_text=True)
    assert 'action="/profile?_method=PATCH"' in shown
    assert fields(shown)["name"] == "Eleni of the parks"


def test_what_a_page_sends_by_itself_for_somebody_is_done_by_nobody_else(app, cast: Cast, client_of: Of) -> None:
    nikos = client_of("Nikos")
    given = {"title": "Prune the trees", "unit": str(cast.PARKS), "csrf_token": nikos._csrf()}
    answer = nikos.post("/tasks", data=given, headers={**OURS, "X-Person": str(cast.Eleni), "HX-Request": "true"})
    assert (answer.status_code, answer.headers["X-Person"], items(app)) == (403, str(cast.Nikos), 0)
    for bad in ("", "x", "0", "9" * 400):
        assert nikos.post("/tasks", data=given, headers={**OURS, "X-Person": bad}).status_code == 403
    assert nikos.post("/tasks", data=given, headers={**OURS, "X-Person": str(cast.Nikos)}).status_code == 303
    assert items(app) == 1


def test_a_page_that_sends_by_itself_gets_the_token_and_keeps_its_words(cast: Cast, client_of: Of) -> None:
    eleni, before = client_of("Eleni"), client_of("Eleni")
    asked = {"Sec-Fetch-Site": "same-origin", "HX-Request": "true", "X-CSRF-Token": before._csrf()}
    answer = eleni.patch("/profile", data={"name": "Eleni M."}, headers=asked)
    assert answer.status_code == 403
    assert "now it is Eleni Markou" in answer.get_data(as_text=True)
    again = eleni.patch(
        "/profile", data={"name": "Eleni M."}, headers={**asked, "X-CSRF-Token": answer.headers["X-CSRF-Token"]}
    )
    assert again.status_code < 400
