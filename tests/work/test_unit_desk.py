"""A unit's pending page: each row is taken or given to somebody from where it stands."""

import re

import pytest

from tests.work.making import make

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def desk(app, cast, actor_of):
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, None, title="Nobody has it")
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Eleni has it")


def acts(page, reference):
    row = next(part for part in page.split('<li class="row')[1:] if reference in part)
    return set(re.findall(r'(?:formaction|href)="/work-items/[^/"]+/(\w+)"', row))


def test_a_member_takes_what_nobody_has_and_the_head_gives_it(client_of, desk):
    page = client_of("Giorgos").get("/units/PARKS/pending-items").text
    assert (acts(page, "PARKS-1"), acts(page, "PARKS-2")) == ({"taking"}, set())
    page = client_of("Nikos").get("/units/PARKS/pending-items").text
    assert (acts(page, "PARKS-1"), acts(page, "PARKS-2")) == ({"taking", "holder"}, {"holder"})
    assert client_of("Giorgos").post("/work-items/PARKS-1/taking", headers=PART).status_code == 204
    assert acts(client_of("Nikos").get("/units/PARKS/pending-items").text, "PARKS-1") == {"holder"}


def test_the_table_of_a_unit_says_that_those_below_are_not_counted(client_of, desk):
    yannis = client_of("Yannis")
    assert "The unit and everything below" in yannis.get("/units/TECH/overview").text
    assert "This unit alone" in yannis.get("/units/TECH/pending-items").text
    assert "This unit alone" not in yannis.get("/units/PARKS/pending-items").text  # none stands below


def test_an_auditor_is_offered_nothing(client_of, desk):
    page = client_of("Reza").get("/units/PARKS/pending-items").text
    assert acts(page, "PARKS-1") == acts(page, "PARKS-2") == set()


def test_the_head_chooses_a_colleague_with_one_press(client_of, cast, desk):
    nikos = client_of("Nikos")
    dialog = nikos.get("/work-items/PARKS-1/holder", headers=PART).text
    chosen = re.findall(r'name="choice" value="(\d+)" data-key="(\d)"', dialog)
    assert str(cast.Giorgos) in dict(chosen)
    assert [int(key) for _id, key in chosen] == list(range(1, len(chosen) + 1))
    assert nikos.put("/work-items/PARKS-1/holder", data={"choice": cast.Giorgos}, headers=PART).status_code == 204
    assert "With Giorgos" in client_of("Eleni").get("/work-items/PARKS-1").text
    again = nikos.get("/work-items/PARKS-1/holder", headers=PART).text
    assert f'name="choice" value="{cast.Giorgos}"' not in again  # who has it is not offered


@pytest.mark.parametrize("choice", ["", "nobody", "999999", "\x00", "0"])
def test_a_wrong_choice_is_refused_with_a_sentence(client_of, desk, choice):
    answer = client_of("Nikos").put("/work-items/PARKS-1/holder", data={"choice": choice}, headers=PART)
    assert answer.status_code in (204, 422)
    assert answer.status_code == 422 or choice == ""  # nobody: it stays in the tray
