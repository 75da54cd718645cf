"""Skills: the list, who notes and confirms them, what others may know, and who can do it and is free."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast

Make = Callable[..., Any]
V1 = "/api/v1"


@pytest.fixture
def persian(api_of: Make) -> int:
    sent = {"name": "Persian", "name_el": "Περσικά", "name_fa": "فارسی", "family": "language"}
    made = api_of("Kostas").post(f"{V1}/skills", json=sent)
    assert made.status_code == 201
    return int(made.get_json()["id"])


@pytest.fixture
def crane(api_of: Make) -> int:
    sent = {"name": "Crane licence", "family": "licence", "expires": True, "evidence": True}
    return int(api_of("Kostas").post(f"{V1}/skills", json=sent).get_json()["id"])


@pytest.fixture
def note(api_of: Make, cast: Cast) -> Make:
    def noted(by: str, whom: str, skill: int, level: int = 2, **more: Any) -> Any:
        return api_of(by).post(
            f"{V1}/people/{cast.people[whom]}/skills", json={"skill_id": skill, "level": level, **more}
        )

    return noted


def faults(answer: Any) -> set[str]:
    return {error["field"] for error in answer.get_json()["errors"]}


def able(client: Any, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"{V1}/able-people", query_string=asked)
    assert answer.status_code == 200
    return {one["name"].split()[0]: one for one in answer.get_json()["items"]}


@pytest.mark.parametrize("typed", ["persian", "Περσικά", "ΠΕΡΣΙΚΑ", "فارسي", "فارسی", "pers"])
def test_any_name_of_a_skill_finds_it_in_any_spelling(api_of: Make, persian: int, crane: int, typed: str) -> None:
    found = api_of("Maria").get(f"{V1}/skills", query_string={"text": typed}).get_json()["items"]
    assert [one["id"] for one in found] == [persian]


def test_only_administrators_keep_the_list(api_of: Make, persian: int) -> None:
    for name in ("Eleni", "Nikos", "Anna", "Reza", "Shirin"):
        assert api_of(name).post(f"{V1}/skills", json={"name": "Other"}).status_code == 403
        assert api_of(name).put(f"{V1}/skills/{persian}", json={"name": "Other"}).status_code == 403
    again = api_of("Kostas").post(f"{V1}/skills", json={"name": "Persian"})
    assert again.status_code == 422
    assert faults(again) == {"name"}


def test_a_self_declared_skill_is_known_to_those_above_until_one_of_them_confirms_it(
    api_of: Make, note: Make, cast: Cast, persian: int
) -> None:
    made = note("Eleni", "Eleni", persian, number="A-17", issuer="University").get_json()
    assert made["confirmed"] is False
    page = f"{V1}/people/{cast.Eleni}/skills"
    sees = {name: bool(api_of(name).get(page).get_json()["items"]) for name in cast.people}
    assert {name for name, seen in sees.items() if seen} == {
        "Eleni", "Nikos", "Babis", "Yannis", "Anna", "Kostas", "Reza",
    }  # fmt: skip
    confirm = f"{V1}/person-skills/{made['id']}/confirmation"
    assert {name: api_of(name).post(confirm).status_code for name in ("Eleni", "Maria", "Sofia", "Reza")} == {
        "Eleni": 403, "Maria": 404, "Sofia": 404, "Reza": 403,
    }  # fmt: skip
    assert api_of("Yannis").post(confirm).status_code == 201
    [seen] = api_of("Leila").get(page).get_json()["items"]
    assert (seen["name"], seen["confirmed"], seen["number"], seen["issuer"]) == ("فارسی", True, None, None)
    [whole] = api_of("Reza").get(page).get_json()["items"]
    assert whole["number"] == "A-17"


def test_changed_by_themselves_it_is_to_be_confirmed_anew_by_a_head_it_is_confirmed(
    api_of: Make, note: Make, persian: int
) -> None:
    made = note("Nikos", "Eleni", persian).get_json()
    assert made["confirmed"] is True
    one = f"{V1}/person-skills/{made['id']}"
    assert api_of("Eleni").put(one, json={"level": 4}).get_json()["confirmed"] is False
    assert api_of("Maria").get(one).status_code == 404
    assert api_of("Nikos").put(one, json={"level": 3}).get_json()["confirmed"] is True
    assert api_of("Nikos").put(one, json={"level": 3}, headers={"If-Match": '"1"'}).status_code == 412


def test_nobody_confirms_their_own_not_even_a_head_or_administrator(api_of: Make, note: Make, persian: int) -> None:
    for name in ("Nikos", "Kostas"):
        made = note(name, name, persian).get_json()
        assert made["confirmed"] is False
        assert api_of(name).post(f"{V1}/person-skills/{made['id']}/confirmation").status_code == 403


def test_heads_of_other_units_note_nothing(note: Make, persian: int) -> None:
    assert {by: note(by, "Eleni", persian).status_code for by in ("Maria", "Petros", "Sofia", "Reza")} == dict.fromkeys(
        ("Maria", "Petros", "Sofia", "Reza"), 403
    )


def test_what_the_list_asks_for_must_be_said(api_of: Make, note: Make, crane: int, persian: int) -> None:
    first = note("Eleni", "Eleni", crane)
    assert first.status_code == 422
    assert faults(first) == {"expires_on"}
    assert faults(note("Eleni", "Eleni", crane, expires_on="2031-01-01")) == {"number"}
    assert note("Eleni", "Eleni", crane, expires_on="2031-01-01", number="7", issuer="Prefecture").status_code == 201
    assert note("Eleni", "Eleni", crane, expires_on="2031-01-01", number="7", issuer="P").status_code == 422
    for level in (0, 5, "x", True, 2.5, None):
        assert note("Eleni", "Eleni", persian, level).status_code == 422
    assert note("Eleni", "Eleni", persian, since="2199-01-01").status_code == 422
    assert note("Eleni", "Eleni", 999_999).status_code == 422


def test_who_can_do_it_and_is_free(app: Flask, api_of: Make, note: Make, cast: Cast, persian: int, crane: int) -> None:
    note("Nikos", "Eleni", persian, 3)
    note("Nikos", "Giorgos", persian, 1)
    note("Sofia", "Dimitra", persian, 4)
    note("Maria", "Maria", persian, 4)
    day = {"expires_on": "2031-01-01", "number": "7", "issuer": "P"}
    note("Nikos", "Eleni", crane, **day)
    note("Sofia", "Dimitra", crane, **{**day, "expires_on": "2020-01-01"})
    ask = api_of("Leila")
    assert list(able(ask, text_1="persian")) == ["Dimitra", "Eleni", "Giorgos"]
    assert set(able(ask, skill_1=persian, level_1=2)) == {"Dimitra", "Eleni"}
    assert set(able(ask, skill_1=persian, unit="TECH")) == {"Eleni", "Giorgos"}
    assert set(able(ask, text_1="Περσικά", text_2="crane")) == {"Eleni"}
    assert able(ask, text_1="no such skill") == {}
    assert set(able(api_of("Petros"), skill_1=persian)) == {"Dimitra", "Eleni", "Giorgos", "Maria"}
    assert api_of("Eleni").get(f"{V1}/able-people?unit=NONE").status_code == 404


def test_how_much_lies_on_people_is_read_by_them_and_their_heads(
    api_of: Make, note: Make, cast: Cast, persian: int
) -> None:
    note("Nikos", "Eleni", persian)
    note("Sofia", "Dimitra", persian)
    api_of("Eleni").post(f"{V1}/tasks", json={"title": "One", "unit": cast.PARKS, "holder": cast.Eleni})
    figures = {
        name: {who: one["open_items"] for who, one in able(api_of(name), skill_1=persian).items()}
        for name in ("Eleni", "Nikos", "Maria", "Anna", "Kostas", "Reza")
    }
    nothing = {"Eleni": None, "Dimitra": None}
    assert figures == {
        "Eleni": {**nothing, "Eleni": 1}, "Nikos": {**nothing, "Eleni": 1}, "Maria": nothing,
        "Anna": {"Eleni": 1, "Dimitra": 0}, "Kostas": nothing, "Reza": nothing,
    }  # fmt: skip


def test_whoever_is_away_today_stands_last_with_the_day_of_their_return(
    api_of: Make, note: Make, cast: Cast, persian: int
) -> None:
    from collab.core import clock

    day = clock.today("Europe/Athens").isoformat()
    note("Nikos", "Eleni", persian, 4)
    note("Nikos", "Giorgos", persian, 1)
    api_of("Eleni").post(f"{V1}/people/{cast.Eleni}/absences", json={"first_day": day, "last_day": day})
    found = able(api_of("Maria"), skill_1=persian)
    assert list(found) == ["Giorgos", "Eleni"]
    assert found["Eleni"]["away_until"] == day


def test_the_pages_stay_within_their_queries(client_of: Make, note: Make, queries: Make, persian: int) -> None:
    note("Nikos", "Eleni", persian)
    browser = client_of("Nikos")
    for address, most in ((f"/skills?skill_1={persian}", 8), ("/skills", 8), (f"/people/{1}/skills", 12)):
        browser.get(address)
        with queries() as sent:
            browser.get(address)
        assert len(sent) <= most, sent.sent


def test_typed_words_alone_find_and_hostile_ones_find_nothing(client_of: Make, note: Make, persian: int) -> None:
    note("Nikos", "Eleni", persian)
    page = client_of("Maria")
    assert "Eleni Markou" in page.get("/skills", query_string={"text_1": "περσ", "level_1": "1"}).text
    for text in ("<script>", "%", "_", "\\", "x" * 199):
        assert page.get("/skills", query_string={"text_1": text}).status_code == 200
    assert page.get("/skills", query_string={"text_1": "a\x00b"}).status_code == 422
    assert page.get("/skills", query_string={"skill_1": "999999"}).status_code == 200


def test_a_skill_off_the_list_is_chosen_no_more_and_stays_with_those_who_have_it(
    api_of: Make, note: Make, cast: Cast, persian: int
) -> None:
    note("Nikos", "Eleni", persian)
    assert api_of("Kostas").post(f"{V1}/skills/{persian}/retirement").status_code == 201
    assert note("Nikos", "Giorgos", persian).status_code == 422
    assert len(api_of("Maria").get(f"{V1}/people/{cast.Eleni}/skills").get_json()["items"]) == 1


def test_on_pages_one_notes_changes_confirms_and_withdraws(client_of: Make, cast: Cast, persian: int) -> None:
    eleni, nikos, path = client_of("Eleni"), client_of("Nikos"), f"/people/{cast.Eleni}/skills"
    kept = eleni.post(path, data={"skill_id": "", "level": "2", "issuer": "A school"})
    assert kept.status_code == 422
    assert "A school" in kept.text
    assert eleni.post(path, data={"skill_id": str(persian), "level": "2"}).status_code in (302, 303)
    assert "self-declared" in nikos.get(path).text or "κατά δήλωση" in nikos.get(path).text
    assert nikos.post("/person-skills/1/confirmation").status_code in (302, 303)
    assert "Persian" in client_of("Maria").get(f"/people/{cast.Eleni}").text
    assert eleni.post("/person-skills/1?_method=DELETE").status_code in (302, 303)
    assert "Persian" not in client_of("Maria").get(f"/people/{cast.Eleni}").text
