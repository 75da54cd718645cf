"""Two administrators at once: the second is told, reads both texts, and nothing is written over unseen."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from collab.people.commands import people
from tests.cast import Cast
from tests.clients import Client


@pytest.fixture
def kostas(client_of: Callable[[str], Client]) -> Client:
    return client_of("Kostas")


def version_in(page: str, action: str) -> str:
    form = re.search(rf'<form class="form" action="{re.escape(action)}".*?</form>', page, re.S)
    assert form, f"no form for {action}"
    found = re.search(r'name="version" value="(\d+)"', form[0])
    assert found, f"the form for {action} sends no version"
    return found[1]


def forms(cast: Cast) -> dict[str, tuple[str, dict[str, Any], str]]:
    """Page → where its form goes, what is typed there, and the field that both change."""
    person = {"name": "Eleni Markou", "email": "eleni@city.example", "title": "Typed by the second"}
    unit = {"name": "Typed by the second", "code": "PARKS", "level": "department"}
    base = "/administration"
    post, calendar = cast.head_posts["PARKS"], {"name": "Typed by the second", "country": "GR", "weekend[]": ["5", "6"]}
    return {
        f"{base}/people/{cast.Eleni}": (f"{base}/people/{cast.Eleni}?_method=PUT", person, "title"),
        f"{base}/units/{cast.PARKS}": (f"{base}/units/{cast.PARKS}?_method=PUT", unit, "name"),
        f"{base}/posts/{post}": (f"{base}/posts/{post}?_method=PUT", {"name": "Typed by the second"}, "name"),
        f"{base}/calendars/1": (f"{base}/calendars/1?_method=PUT", calendar, "name"),
    }


@pytest.mark.parametrize("which", range(4), ids=["person", "unit", "post", "calendar"])
def test_the_second_of_two_is_told_and_keeps_what_was_typed(cast: Cast, kostas: Client, which: int) -> None:
    page, (action, typed, field) = list(forms(cast).items())[which]
    opened = version_in(kostas.get(page).text, action)
    first = kostas.post(action, data={**typed, field: "Typed by the first", "version": opened})
    assert first.status_code == 303, first.text
    second = kostas.post(action, data={**typed, "version": opened})
    assert second.status_code == 412
    assert "Somebody changed this while you were writing." in second.text
    assert "Typed by the first" in second.text
    assert "Typed by the second" in second.text
    again = version_in(second.text, action)
    assert again != opened, "having read both, the second may save"
    assert kostas.post(action, data={**typed, "version": again}).status_code == 303
    assert "Typed by the second" in kostas.get(page).text


def test_roles_too(cast: Cast, kostas: Client) -> None:
    page = f"/administration/people/{cast.Leila}"
    action = f"{page}/roles?_method=PUT"
    opened = version_in(kostas.get(page).text, action)
    assert kostas.post(action, data={"roles[]": ["auditor"], "version": opened}).status_code == 303
    second = kostas.post(action, data={"roles[]": ["secretary"], "version": opened})
    assert second.status_code == 412
    assert "Auditor" in second.text


def test_a_wrong_entry_keeps_the_version_with_which_the_form_was_opened(cast: Cast, kostas: Client) -> None:
    page = f"/administration/posts/{cast.head_posts['PARKS']}"
    action = f"{page}?_method=PUT"
    opened = version_in(kostas.get(page).text, action)
    assert kostas.post(action, data={"name": "Other", "version": opened}).status_code == 303
    wrong = kostas.post(action, data={"name": "", "version": opened})
    assert wrong.status_code == 422
    assert version_in(wrong.text, action) == opened


@pytest.mark.parametrize("version", ["x", "-1", "9" * 40, "\x00", "<b>"])
def test_a_version_that_is_none_breaks_nothing(cast: Cast, kostas: Client, version: str) -> None:
    action = f"/administration/posts/{cast.head_posts['PARKS']}?_method=PUT"
    assert kostas.post(action, data={"name": "Other", "version": version}).status_code in (303, 412, 422)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """Run calls that have all looked whether the address is free before any of them writes it."""
    looks = people._refuse_known_address

    def run(*calls: Callable[[], Any]) -> list[Any]:
        gate = Barrier(len(calls))

        def look(email: str) -> None:
            looks(email)
            gate.wait(30)

        monkeypatch.setattr(people, "_refuse_known_address", look)
        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(lambda call: call(), calls))

    return run


def refused_address(answers: list[Any], good: int) -> list[str]:
    """What all but the one that was heard are told at the address."""
    assert sorted(answer.status_code for answer in answers) == [good, *[422] * (len(answers) - 1)]
    problems = [problem for answer in answers if answer.status_code == 422 for problem in answer.json["errors"]]
    assert {problem["field"] for problem in problems} == {"email"}
    return [problem["reason"] for problem in problems]


def test_of_several_who_give_one_address_at_once_one_is_heard(api_of: Any, at_once: Callable[..., list[Any]]) -> None:
    anna = {"name": "Anna Nova", "email": "anna.nova@city.example"}
    clients = [api_of("Kostas") for _time in range(4)]
    answers = at_once(*[lambda one=one: one.post("/api/v1/people", json=anna) for one in clients])
    assert refused_address(answers, 201) == ["Somebody has this mail address already."] * 3


def test_two_who_are_given_one_address_at_once(cast: Cast, api_of: Any, at_once: Callable[..., list[Any]]) -> None:
    same = {"name": "Changed", "email": "same@city.example"}
    clients = [(api_of("Kostas"), id_) for id_ in (cast.Eleni, cast.Maria)]
    calls = [lambda one=one, id_=id_: one.put(f"/api/v1/people/{id_}", json=same) for one, id_ in clients]
    assert refused_address(at_once(*calls), 200) == ["Somebody has this mail address already."]
