"""One rule for whole numbers in every form of the API: a number is a number, no yes and no text that looks like one."""

from typing import Any

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


NUMBERS = [(form, field) for form in forms() for field in sorted(_numbers(form))]


def test_there_are_numbers_to_try() -> None:
    named = {f"{form.__name__}.{field}" for form, field in NUMBERS}
    assert len(named) > 15
    assert any(name.endswith(".months") for name in named)


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
