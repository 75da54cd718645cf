"""One rule for numbers, ids and yes or no in every form of the API: each is held to the type that its description
says, and no text is taken that looks like it."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from collab.core.errors import Invalid
from collab.core.forms import Form, _numbers, parse
from collab.web.doors import DOORS


def forms() -> list[type[Form]]:
    """Every form that a door takes, with those inside them."""
    import collab.app  # noqa: F401  (declares every door)

    found: dict[str, type[Form]] = {}
    for door in DOORS.values():
        for form in (door.takes, door.query):
            if form is not None:
                found[f"{form.__module__}.{form.__qualname__}"] = form
    return [form for _name, form in sorted(found.items())]


def refused(form: type[Form], field: str, given: Any, **how: Any) -> bool:
    try:
        parse(form, {field: given}, typed=True, **how)
    except Invalid as problem:
        return any(name.split(".")[0] == field for name in problem.fields)
    return False


def inside(form: Any) -> Iterator[type[Form]]:
    """The forms in the fields of one, itself among them."""
    if isinstance(form, type) and issubclass(form, Form):
        yield form
        for field in form.model_fields.values():
            yield from inside(field.annotation)
    for part in get_args(form):
        yield from inside(part)


def described(shape: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """The types that a field of the description may be of; whether it is a list of them."""
    for one in shape.get("anyOf", [shape]):
        if one.get("type") == "array":
            yield from ((kind, True) for kind, _list in described(one["items"]))
        else:
            yield one.get("type", ""), False


def sent() -> list[tuple[type[Form], str, str, bool]]:
    """Each field of a body of JSON that holds a whole number or yes or no: its form, name, type, whether a list."""
    bodies = [door.takes for door in DOORS.values() if door.api and door.takes is not None]
    every = {form for body in bodies for form in inside(body)}
    return sorted(
        {
            (form, name, kind, listed)
            for form in every
            for name, shape in form.model_json_schema(by_alias=True)["properties"].items()
            for kind, listed in described(shape)
            if kind in ("integer", "boolean")
        },
        key=lambda each: (each[0].__module__, each[0].__qualname__, *each[1:]),
    )


NUMBERS = [(form, field) for form in forms() for field in sorted(_numbers(form))]

SENT = sent()


def test_there_are_numbers_to_try() -> None:
    named = {f"{form.__name__}.{field}" for form, field in NUMBERS}
    assert len(named) > 15
    assert any(name.endswith(".months") for name in named)
    sent_ones = {(f"{form.__name__}.{name}", kind, listed) for form, name, kind, listed in SENT}
    assert {
        ("ProfileForm.shows_presence", "boolean", False), ("NewTask.unit", "integer", False),
        ("PatchItem.effort_minutes", "integer", False), ("BulkEdit.items", "integer", True),
        ("RankOf.option", "integer", False), ("RecurrenceForm.weekdays", "integer", True),
    } <= sent_ones  # fmt: skip


@pytest.mark.parametrize(("form", "field", "kind", "listed"), SENT, ids=lambda each: getattr(each, "__name__", each))
def test_a_body_of_json_is_held_to_its_described_types(form: type[Form], field: str, kind: str, listed: bool) -> None:
    seeming: list[object] = ["", "1", "true", "on", [1]]
    for given in [*seeming, 0, 1, 1.0] if kind == "boolean" else [*seeming, True, False, 1.5]:
        assert refused(form, field, [given] if listed else given, as_json=True), given


@pytest.mark.parametrize("given", ["", "true", 1, 0])
def test_the_api_refuses_what_only_seems_a_yes(api_of: Any, given: Any) -> None:
    eleni = api_of("Eleni")
    before = eleni.get("/api/v1/me").json
    answer = eleni.patch("/api/v1/me", json={"shows_presence": given})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == ["shows_presence"]
    assert eleni.get("/api/v1/me").json == before


@pytest.mark.parametrize("field", ["unit", "holder", "effort_minutes", "spent_minutes"])
def test_the_api_refuses_text_for_an_id_or_minutes(api_of: Any, cast: Any, field: str) -> None:
    task = {"title": "Gullies before the rain", "unit": cast.PARKS}
    answer = api_of("Eleni").post("/api/v1/tasks", json=task | {field: str(cast.PARKS)})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == [field]


def test_a_page_may_send_text() -> None:
    from collab.people.forms.people import ProfileForm
    from collab.work.forms import NewItem

    asked = parse(NewItem, {"title": "Gullies", "unit": "3", "effort_minutes": "2h"})
    assert (asked.unit, asked.effort_minutes) == (3, 120)
    assert parse(ProfileForm, {"shows_presence": "on"}).shows_presence is True


@pytest.mark.parametrize(("form", "field"), NUMBERS, ids=lambda each: getattr(each, "__name__", each))
def test_a_whole_number_is_no_yes_and_no_text(form: type[Form], field: str) -> None:
    assert refused(form, field, True)
    assert refused(form, field, False)
    assert refused(form, field, "1", as_json=True)
    assert refused(form, field, "x")
    assert refused(form, field, 1.5, as_json=True)


@pytest.mark.parametrize("months", [True, False, "24", 24.5, [24]])
def test_the_api_refuses_what_only_seems_a_number(api_of: Any, months: Any) -> None:
    kostas = api_of("Kostas")
    before = kostas.get("/api/v1/retention-rules").json
    answer = kostas.put("/api/v1/retention-rules/group", json={"months": months})
    assert answer.status_code == 422
    assert [one["field"].split(".")[0] for one in answer.json["errors"]] == ["months"]
    assert kostas.get("/api/v1/retention-rules").json == before
