"""The manners of every door: who is asked first, what is refused and how, what every answer carries."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.clients import Client

Of = Callable[..., Client]
VALUES = ("default", "const", "enum", "examples")
SCHEMA = {
    *VALUES, "type", "title", "description", "format", "properties", "required", "additionalProperties", "items",
    "anyOf", "oneOf", "allOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
    "minItems", "maxItems", "minProperties", "maxProperties",
    "pattern", "uniqueItems", "propertyNames", "prefixItems", "deprecated", "discriminator",
}  # fmt: skip


def test_a_stranger_learns_nothing_before_signing_in(app: Flask, client_of: Of, api_of: Of) -> None:
    api, page = api_of(None), client_of(None)
    for path in ("/api/v1/me", "/api/v1/work-items/999999", "/api/v1/nothing/here"):
        answer = api.get(path)
        assert (answer.status_code, answer.content_type) == (401, "application/problem+json"), path
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert api.post("/api/v1/tasks", data="not json").status_code == 401, "401 before the body is looked at"
    assert page.get("/work-items/PARKS-1").location == "/sign-in?next=/work-items/PARKS-1"


def test_who_was_signed_out_while_writing_comes_back_to_where_they_wrote_and_is_told_why(client_of):
    page = client_of(None)
    there = {"HX-Request": "true", "HX-Current-URL": "http://localhost/conversations/7?at=3"}
    asked = page.post("/conversations/7/messages", data={"text": "x"}, headers=there)
    assert asked.status_code == 401
    assert asked.headers["HX-Redirect"] == "/sign-in?next=/conversations/7?at%3D3&ended=yes"
    assert "kept there as your draft" in page.get(asked.headers["HX-Redirect"]).text
    plain = page.post("/tasks", data={"title": "x"}, headers={"Referer": "https://evil.example/tasks/new"})
    assert plain.location == "/sign-in?next=/tasks/new&ended=yes"
    assert (
        page.post("/tasks", data={}, headers={"Referer": "https://evil.example//evil"}).location == "/sign-in?ended=yes"
    )


def test_a_form_without_our_token_is_refused(cast: Cast, client_of: Of) -> None:
    eleni = client_of("Eleni")
    for token in ("", "x", "0123456789abcdef." + "0" * 40, "ψ.ψ", "\ud7ff", "a" * 10_000):
        answer = eleni.patch("/profile", data={"name": "Forged", "csrf_token": token}, headers={"X-CSRF-Token": ""})
        assert answer.status_code == 403, token
    assert eleni.get("/api/v1/me").get_json()["name"] == "Eleni Markou"


def test_a_token_of_another_session_is_refused(cast: Cast, client_of: Of) -> None:
    eleni, maria = client_of("Eleni"), client_of("Maria")
    answer = eleni.patch("/profile", data={"name": "Forged"}, headers={"X-CSRF-Token": maria._csrf()})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8000.evil.example"},
        {"Origin": "http://localhost.evil.example:8000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused_even_with_the_token(client_of: Of, headers: dict[str, str]) -> None:
    assert client_of("Eleni").patch("/profile", data={"name": "Forged"}, headers=headers).status_code == 403


def test_a_token_of_the_api_needs_no_forgery_check_and_a_cookie_does(cast: Cast, client_of: Of, api_of: Of) -> None:
    assert api_of("Eleni").patch("/api/v1/me", json={"name": "Eleni M."}).status_code < 300
    bare = client_of("Eleni")
    answer = bare.patch("/api/v1/me", json={"name": "Forged"}, headers={"X-CSRF-Token": "wrong"})
    assert answer.status_code == 403


def test_every_answer_is_hardened(client_of: Of) -> None:
    eleni = client_of("Eleni")
    for path in ("/", "/people", "/nothing-here", "/healthz", "/api/v1/me"):
        headers = eleni.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert "default-src 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "private, no-cache"


def test_a_nonce_is_used_once(client_of: Of) -> None:
    eleni = client_of("Eleni")
    first, second = (eleni.get("/").headers["Content-Security-Policy"] for _ in range(2))
    assert first != second


def test_another_host_name_is_refused(client_of: Of) -> None:
    assert client_of("Eleni").get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": "{}", "content_type": "text/plain"}, 415),
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"data": "[]", "content_type": "application/json"}, 400),
        ({"data": "null", "content_type": "application/json"}, 400),
        ({"data": b"\xff\xfe", "content_type": "application/json"}, 400),
        ({"data": "[" * 100_000, "content_type": "application/json"}, 400),
        ({"data": '{"title": "\\ud800"}', "content_type": "application/json"}, 422),
        ({"data": '{"title": "\\u0000"}', "content_type": "application/json"}, 422),
        ({"data": '{"title": 1e999}', "content_type": "application/json"}, 422),
        ({"data": '{"unknown": 1}', "content_type": "application/json"}, 422),
        ({"data": '{"title": "a", "title": "b"}', "content_type": "application/json"}, 422),
        ({"data": "x" * (10 * 1024 * 1024), "content_type": "application/json"}, 413),
    ],
)
def test_a_body_that_is_wrong_is_told_so(api_of: Of, sent: dict[str, Any], status: int) -> None:
    answer = api_of("Eleni").post("/api/v1/tasks", **sent)
    assert answer.status_code == status, answer.get_json()
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["status"] == status


def test_what_is_given_twice_is_refused_at_its_name(api_of: Of, cast: Cast) -> None:
    eleni = api_of("Eleni")
    doubled = f'{{"title": "a", "unit": {cast.PARKS}, "labels": [], "unit": 1}}'
    for answer, name in (
        (eleni.post("/api/v1/tasks", data=doubled, content_type="application/json"), "unit"),
        (eleni.get("/api/v1/tasks?limit=10&limit=20"), "limit"),
        (eleni.get("/api/v1/tasks?after=AAAA"), "after"),
    ):
        assert (answer.status_code, [each["field"] for each in answer.get_json()["errors"]]) == (422, [name])


def test_of_very_many_names_that_there_are_not_the_first_are_told(api_of: Of, client_of: Of) -> None:
    """A stranger's body of 2 MB holds a hundred thousand of them; a sentence for each would take the house a minute."""
    names = {f"a{number}": 1 for number in range(100_000)}
    for who, path in (("Eleni", "/api/v1/tasks"), (None, "/api/v1/answers/guessed")):
        answer = api_of(who).post(path, json=names)
        told = [each["field"] for each in answer.get_json()["errors"] if each["field"].startswith("a")]
        assert (answer.status_code, len(told)) == (422, 20), path
    page = client_of(None).post("/sign-in", data=dict.fromkeys(list(names)[:4_000], "x"))
    assert page.status_code == 422
    assert page.text.count("There is no such field.") <= 20
    for path in ("/sign-in", "/password-reset"):
        assert client_of(None).post(path, data=dict.fromkeys(names, "x")).status_code == 413


def test_of_very_many_faults_within_a_field_one_sentence_says_so(api_of: Of, cast: Cast) -> None:
    names = {f"a{number}": 0 for number in range(100_000)}
    decision = {"title": "Planes?", "unit": cast.PARKS, "electorate": names}
    nikos = api_of("Nikos")
    for answer in (
        nikos.post("/api/v1/decisions", json=decision),
        nikos.patch("/api/v1/me/notification-preferences", json={"choices": names}),
        nikos.patch("/api/v1/me/notification-preferences", json={"choices": {"called": names}}),
        nikos.put(f"/api/v1/people/{cast.Eleni}/roles", json={"roles": [0] * 400_000}),
    ):
        assert answer.status_code == 422
        assert len(answer.get_json()["errors"]) == 1
        assert len(answer.data) < 1_000
    ways = dict.fromkeys((f"k{number}" for number in range(51)), "mail")
    answer = nikos.patch("/api/v1/me/notification-preferences", json={"choices": {"called": ways}})
    assert [each["field"] for each in answer.get_json()["errors"]] == ["choices.called"]


def test_a_refused_body_is_taken_in_to_its_end_so_that_the_reason_is_heard(api_of: Of) -> None:
    for name, path, status in (
        ("Eleni", "/api/v1/tasks", 413),
        (None, "/api/v1/tasks", 401),
        ("Eleni", "/api/v1/no", 404),
    ):
        body = BytesIO(b"x" * 10_000_000)
        answer = api_of(name).post(path, input_stream=body, content_type="application/json", content_length=10_000_000)
        assert (answer.status_code, body.read(1)) == (status, b""), path


def test_reasons_stand_at_their_fields_in_the_callers_language(api_of: Of, cast: Cast) -> None:
    body = {"title": "", "unit": "x"}
    english = api_of("Eleni").post("/api/v1/tasks", json=body).get_json()
    persian = api_of("Leila").post("/api/v1/tasks", json=body).get_json()
    assert {each["field"] for each in english["errors"]} == {"title", "unit"}
    assert {each["field"] for each in persian["errors"]} == {"title", "unit"}
    assert english["detail"] != persian["detail"]


@pytest.mark.parametrize("key", ["", "x" * 201, "\u00e9"])
def test_a_bad_idempotency_key_is_refused(api_of: Of, cast: Cast, key: str) -> None:
    answer = api_of("Eleni").post(
        "/api/v1/tasks", json={"title": "t", "unit": cast.PARKS}, headers={"Idempotency-Key": key}
    )
    assert answer.status_code == 422
    assert [each["field"] for each in answer.get_json()["errors"]] == ["Idempotency-Key"]


def test_a_wrong_method_says_which_are_right(api_of: Of) -> None:
    answer = api_of("Eleni").put("/api/v1/me", json={})
    assert answer.status_code == 405
    assert "PATCH" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("opened", "page"),
    [
        ("/people/{Eleni}/absences", "/people/{Eleni}"),
        ("/people/{Eleni}/desk-handovers", "/people/{Eleni}/desk"),
        ("/administration/people/invitations", "/administration/people"),
        ("/administration/memberships/{Eleni}/end", "/administration"),
    ],
)
def test_an_address_of_a_form_opened_by_itself_leads_to_the_page_that_has_it(
    client_of: Of, cast: Cast, opened: str, page: str
) -> None:
    client, opened = client_of("Kostas"), opened.format(**cast.people)
    answer = client.get(opened)
    assert (answer.status_code, answer.headers["Location"]) == (303, page.format(**cast.people))
    assert client.get(opened, follow_redirects=True).status_code == 200
    for other in (client.get(opened, headers={"HX-Request": "true"}), client.delete(opened)):
        assert other.status_code == 405, "a part of a page, and what is no form, are told so"


def test_an_address_of_a_form_with_no_page_above_it_is_refused(client_of: Of) -> None:
    assert client_of("Eleni").get("/quick-tasks").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/work-items/PARKS-99999999999999", "/people/99999999999999999999", "/units/%00", "/%ff", "/units/" + "x" * 3000],
)
def test_addresses_that_name_nothing_are_not_found(client_of: Of, path: str) -> None:
    assert client_of("Eleni").get(path).status_code == 404


def test_the_description_of_the_api_names_every_door(client_of: Of) -> None:
    from collab.web.doors import DOORS

    document = client_of(None).get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    described = sum(len(methods) for methods in document["paths"].values())
    assert described == sum(1 for door in DOORS.values() if door.api or door.endpoint == "openapi.openapi") - 1


def words_of(schema: Any) -> set[str]:
    """The words a schema is written in, without the names of its fields."""
    if isinstance(schema, list):
        return set().union(*map(words_of, schema))
    if not isinstance(schema, dict):
        return set()
    inside = [
        list(value.values()) if key == "properties" else value for key, value in schema.items() if key not in VALUES
    ]
    return set(schema) | words_of(inside)


def test_every_limit_of_the_description_is_a_word_of_json_schema(client_of: Of) -> None:
    """Others are dropped by whoever reads it."""
    document = client_of(None).get("/api/v1/openapi.json").get_json()
    operations = [each for methods in document["paths"].values() for each in methods.values()]
    taken = [list(each.get("requestBody", {}).get("content", {}).values()) for each in operations]
    asked = [each.get("parameters", []) for each in operations]
    found = words_of([one["schema"] for several in taken + asked for one in several])
    assert {"minimum", "maximum", "maxLength"} <= found
    assert found <= SCHEMA, found - SCHEMA


@pytest.mark.parametrize("path", ["/", "/people", "/inbox", "/pending-items", "/units/PARKS/pending-items"])
def test_pages_are_sent_small(client_of: Of, path: str) -> None:
    answer = client_of("Eleni").get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) <= 12_000


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/sign-in", {"Referer": "http://[/sign-in"}),
        ("/static/built/" + "x" * 300, {}),
        ("/static/built/../../../app.py", {}),
        ("/static/built/manifest.json", {}),
    ],
)
def test_strangers_break_nothing(client_of: Of, path: str, headers: dict[str, str]) -> None:
    assert client_of(None).get(path, headers=headers).status_code < 500


def test_what_an_address_fills_in_is_cleaned(client_of: Of) -> None:
    assert client_of("Eleni").get("/tasks/new?unit=%00&title=%00x").status_code == 200


def test_a_failure_says_what_to_do_and_where_to_go(client_of: Of) -> None:
    """Nobody is left with a number alone: whoever is signed in can search from where nothing is."""
    page = client_of("Eleni").get("/work-items/NOWHERE-1")
    assert page.status_code == 404
    assert "Search for it by a word or a reference" in page.text
    assert 'action="/search"' in page.text
    refused = client_of("Eleni").get("/administration/units")
    assert refused.status_code in (403, 404)
    assert "Go to My day" in refused.text
