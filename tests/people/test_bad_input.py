"""Whatever is sent to whichever door of people: a reason in words, the right 4xx, nothing half-saved, never a 5xx."""

import json
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from collab.core.db import db
from collab.core.errors import Invalid, Reasons
from collab.core.facts import FactRow
from collab.core.forms import Form, parse
from collab.web.doors import DOORS
from tests.cast import PASSWORD, Cast

Make = Callable[..., Any]

HOSTILE: tuple[Any, ...] = (
    "", " ", "x" * 100_000, "a\x00b", "\ud800", "\u202eevil", None, True, -1, 0, 2**63, 2**80, 1.5, [], [[]], [None],
    ["x"], {}, {"a": {}}, "2026-02-30", "9999-99-99", "0001-01-01", "Mars/Olympus", "../../etc/passwd", "<script>",
    "' or 1=1 --", "%s%n", "٣", "²", "nan",
)  # fmt: skip
GOOD: dict[str, Any] = {
    "name": "Some name", "code": "NEW-1", "email": "some@city.example", "valid_from": "2026-11-23", "on": "2026-11-24",
    "first_day": "2026-12-01", "last_day": "2026-12-02", "unit_id": 5, "kind": "member", "locale": "en",
    "roles": ["auditor"], "days": 7, "scopes": ["read"], "password": "a quite new password", "level": "team",
    "again": "a quite new password", "current": PASSWORD, "day": "2026-11-24", "weekend": [5, 6], "theme": "dark",
}  # fmt: skip


def of_people(*, api: bool) -> list[Any]:
    """Every door of people that takes something."""
    import collab.people.package  # noqa: F401 -- its import declares the doors

    owners = ("people", "access", "administration", "people_api")
    found = [one for one in DOORS.values() if one.endpoint.split(".")[0] in owners and one.api == api]
    return [one for one in found if one.method != "GET"]


def address_of(one: Any, cast: Cast) -> str:
    ids = {
        "unit_id": cast.PARKS, "person_id": cast.Maria, "post_id": cast.head_posts["ROADS"], "absence_id": 1,
        "membership_id": 3, "calendar_id": 1, "session_id": 999_999, "token_id": 999_999, "code": "PARKS",
        "outsider_id": cast.forestry, "day": "2026-11-24", "mail_id": 999_999, "skill_id": 999_999, "held_id": 999_999,
        "bot_id": 999_999,
        "unit_split_id": 999_999, "unit_plan_id": 999_999,
    }  # fmt: skip
    path = one.address
    for name, value in ids.items():
        for kind in ("id:", "ref:", ""):
            path = path.replace(f"<{kind}{name}>", str(value))
    assert "<" not in path, f"{one.endpoint}: say what stands for it"
    return str(path)


def test_there_are_doors_to_try() -> None:
    assert len(of_people(api=True)) > 20
    assert len(of_people(api=False)) > 20


def test_hostile_json_is_refused_with_reasons(app: Flask, cast: Cast, api_of: Make) -> None:
    for one in of_people(api=True):
        _send_hostile_json(api_of("Kostas"), address_of(one, cast), one)


def _send_hostile_json(client: Any, address: str, one: Any) -> None:
    call = getattr(client, one.method.lower())
    for body in (b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 50_000, b'{"name": "\\ud800"}'):
        status = call(address, data=body, headers={"Content-Type": "application/json"}).status_code
        assert 200 <= status < 500, (address, body[:20])
        if one.takes is not None:
            assert status >= 400, (address, body[:20])
    if one.takes is None:
        return
    assert call(address, data=b"name=x").status_code == 415
    assert call(address, json={**good_for(one), "stray": 1}).status_code == 422
    for place, field in enumerate(one.takes.model_fields):
        for value in (HOSTILE[place % len(HOSTILE)], HOSTILE[(place + 7) % len(HOSTILE)]):
            answer = call(address, data=json.dumps({**good_for(one), field: value}), content_type="application/json")
            assert answer.status_code < 500, (address, field, str(value)[:40], answer.text)
            if answer.status_code == 422:
                assert answer.get_json()["errors"], (address, field, str(value)[:40])


FORMS = sorted({one.takes for one in of_people(api=True) if one.takes}, key=lambda form: form.__name__)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@pytest.mark.parametrize("typed", [True, False])
def test_every_field_of_every_form_answers_anything_with_a_sentence(form: type[Form], typed: bool) -> None:
    for field in form.model_fields:
        for value in HOSTILE:
            given = {name: GOOD[name] for name in form.model_fields if name in GOOD}
            reasons = reasons_for(form, {**given, field: value}, typed)
            assert all(reason for found in reasons.values() for reason in found)


def test_hostile_forms_come_back_with_reasons(app: Flask, cast: Cast, client_of: Make) -> None:
    for one in of_people(api=False):
        _send_hostile_forms(client_of("Kostas"), address_of(one, cast), one)


def _send_hostile_forms(client: Any, address: str, one: Any) -> None:
    def status(**sent: Any) -> int:
        return int(getattr(client, one.method.lower())(address, **sent).status_code)

    for body in (b"", b"\xff\xfe=\xff", b"=&=&&&", b"name=%ED%A0%80&name=%00&on=%00&email=%00&day=%00"):
        assert status(data=body, content_type="application/x-www-form-urlencoded") < 500, (address, body)
    fields = [*GOOD, "parent_id", "into_id", "substitute_id", "post_id", "calendar_id", "note", "time_zone", "next"]
    for value in ("x" * 20_000, "a\x00b", "9" * 40):
        assert status(data=dict.fromkeys(fields, value)) < 500, (address, value[:40])


def reasons_for(form: type[Form], given: dict[str, Any], typed: bool) -> Reasons:
    try:
        parse(form, given, typed=typed)
    except Invalid as problem:
        return problem.fields
    return {}


def good_for(one: Any) -> dict[str, Any]:
    return {name: GOOD[name] for name in one.takes.model_fields if name in GOOD}


IMPOSSIBLE: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("/api/v1/units", {"code": "PARKS", "name": "X", "valid_from": "2026-11-23"}, "code"),
    ("/api/v1/units", {"code": "a b", "name": "X", "valid_from": "2026-11-23"}, "code"),
    ("/api/v1/units", {"code": "Y", "name": "X", "valid_from": "2026-11-23", "valid_to": "2026-11-23"}, "valid_to"),
    ("/api/v1/units", {"code": "Y", "name": "X", "valid_from": "2014-01-01", "parent_id": 5}, "valid_from"),
    ("/api/v1/units", {"code": "Y", "name": "X", "valid_from": "2026-11-23", "parent_id": 999_999}, "parent_id"),
    ("/api/v1/units", {"code": "Y", "name": "X", "valid_from": "2026-11-23", "parent_id": 15}, "parent_id"),
    ("/api/v1/units", {"code": "Y", "name": "X", "valid_from": "2026-11-23", "calendar_id": 99}, "calendar_id"),
    ("/api/v1/units/{PARKS}/moves", {"parent_id": None, "on": "2014-12-31"}, "on"),
    ("/api/v1/units/{PARKS}/closure", {"on": "2015-01-01"}, "on"),
    ("/api/v1/units/{TECH}/closure", {"on": "2026-11-24", "into_id": 5}, "into_id"),
    ("/api/v1/units/{TECH}/closure", {"on": "2026-11-24", "into_id": 3}, "into_id"),
    ("/api/v1/posts", {"unit_id": 999_999, "name": "X", "valid_from": "2026-11-23"}, "unit_id"),
    ("/api/v1/posts", {"unit_id": 5, "name": "X", "valid_from": "2001-11-23"}, "valid_from"),
    ("/api/v1/people", {"email": "eleni@city.example", "name": "X"}, "email"),
    ("/api/v1/people", {"email": "no address", "name": "X"}, "email"),
    ("/api/v1/people", {"email": "a@b.example\nBcc: c@d.example", "name": "X"}, "email"),
    ("/api/v1/people/{Maria}/memberships", {"unit_id": 15, "valid_from": "2026-11-23"}, "unit_id"),
    ("/api/v1/people/{Maria}/memberships", {"unit_id": 5, "valid_from": "2026-11-23", "post_id": 8}, "post_id"),
    ("/api/v1/people/{Maria}/memberships", {"unit_id": 7, "valid_from": "2026-11-23"}, "kind"),
    ("/api/v1/people/{Maria}/absences", {"first_day": "2026-11-24", "last_day": "2026-11-23"}, "last_day"),
    ("/api/v1/people/{Maria}/absences", {"first_day": "2026-11-24", "last_day": "2126-11-23"}, "last_day"),
    (
        "/api/v1/people/{Maria}/absences",
        {"first_day": "2026-11-24", "last_day": "2026-11-25", "substitute_id": 18},
        "substitute_id",
    ),
    (
        "/api/v1/people/{Maria}/absences",
        {"first_day": "2026-11-24", "last_day": "2026-11-25", "substitute_id": 5},
        "substitute_id",
    ),
)


def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_saved(app: Flask, cast: Cast, api_of: Make) -> None:
    client = api_of("Kostas")
    for address, body, field in IMPOSSIBLE:
        answer = client.post(address.format(**cast.units, **cast.people), json=body)
        assert answer.status_code == 422, (address, body, answer.text)
        assert [error["field"] for error in answer.get_json()["errors"]] == [field], (address, body)
        assert all(error["reason"] for error in answer.get_json()["errors"])
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(FactRow)) == 0
        db.session.remove()


def test_unknown_time_zones_and_own_words_are_refused_in_ones_own_language(cast: Cast, api_of: Make) -> None:
    answer = api_of("Eleni").patch("/api/v1/me", json={"time_zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert "Europe/Athens" in answer.get_json()["errors"][0]["reason"]


QUESTIONS = (
    "/people", "/units", "/parties", "/api/v1/people", "/api/v1/parties", "/api/v1/units", "/api/v1/posts",
    "/administration/mail", "/units/PARKS", "/administration/people", "/administration/calendars/1",
)  # fmt: skip


def test_hostile_questions_are_refused_or_answered(cast: Cast, client_of: Make) -> None:
    client = client_of("Kostas")
    hostile = ("x" * 3_000, "a\x00b", "%_\\", "9" * 40)
    asked = [*product(QUESTIONS, ("text", "after", "on", "unit_id"), hostile)]
    asked += [("/parties", "q", value) for value in hostile] + [("/people", "unit", value) for value in hostile]
    for address, name, value in asked:
        assert client.get(address, query_string={name: value}).status_code < 500, (address, name, value[:20])
