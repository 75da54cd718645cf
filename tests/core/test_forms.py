"""What comes in is parsed once, or refused with a sentence beside the field."""

from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from collab.core.errors import Invalid
from collab.core.forms import Code, Day, Email, Flag, Form, Line, PartyId, Prose, parse


class Sample(Form):
    title: Line
    body: Prose = ""
    due: Day | None = None
    holder: PartyId | None = None
    email: Email | None = None
    code: Code | None = None
    urgent: Flag = False
    kind: Literal["task", "pending"] = "task"
    labels: Annotated[list[Line], Field(max_length=3)] = []


def refused(**given: Any) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as problem:
        parse(Sample, {"title": "t", **given}, typed=True)
    return {name: list(found) for name, found in problem.value.fields.items()}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "   "),
        ("title", None),
        ("title", 7),
        ("title", ["a"]),
        ("title", {"a": 1}),
        ("title", "x" * 201),
        ("title", "a\x00b"),
        ("title", "\ud800"),
        ("title", "\u202e\u202e"),
        ("body", "x" * 50_001),
        ("body", "a\x00b"),
        ("due", "yesterday"),
        ("due", "2026-02-30"),
        ("due", 20260101),
        ("due", "0001-01-01"),
        ("due", "9999-12-31"),
        ("due", ["2026-01-01"]),
        ("holder", 0),
        ("holder", -1),
        ("holder", 2**63),
        ("holder", 1.5),
        ("holder", True),
        ("holder", "1e3"),
        ("holder", "１２"),
        ("email", "nobody"),
        ("email", "a@b\r\nBcc: c@d.example"),
        ("email", "x" * 300 + "@city.example"),
        ("code", "../etc"),
        ("urgent", "perhaps"),
        ("kind", "other"),
        ("labels", "one"),
        ("labels", ["a", "b", "c", "d"]),
        ("labels", ["\x00"]),
        ("unknown", 1),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, value: Any) -> None:
    found = refused(**{field: value})
    assert any(name.split(".")[0] == field for name in found), found
    assert all(sentence and not sentence.startswith("{") for reasons in found.values() for sentence in reasons)


def test_from_a_page_an_empty_text_means_nothing_was_entered() -> None:
    form = parse(Sample, {"title": " Fallen  branches\u202e ", "due": "", "holder": "", "urgent": "on"})
    assert (form.title, form.due, form.holder, form.urgent) == ("Fallen branches", None, None, True)


def test_from_json_an_empty_text_is_what_it_is() -> None:
    assert "due" in refused(due="")


def test_several_mistakes_are_told_at_once() -> None:
    assert set(refused(due="x", holder=-1)) == {"due", "holder"}


@given(st.dictionaries(st.sampled_from(sorted(Sample.model_fields)), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)))  # fmt: skip
def test_nothing_that_comes_in_breaks_it(given_values: dict[str, Any]) -> None:
    for typed in (True, False):
        try:
            form = parse(Sample, given_values, typed=typed)
        except Invalid as problem:
            assert problem.fields  # noqa: PT017
        else:
            assert "\x00" not in form.title
