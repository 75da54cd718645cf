"""A refused form says why at its field and keeps what was typed, where it stands on the page no more too."""

import re

import pytest

from .test_advice import asked
from .test_consent import objects
from .voting import NOW, ballot, drafted, opened

WORDS = "The roots break <the> pipes."
LONG = "x" * 2_001


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def put(client_of):
    """What the page answers somebody who sends one of its forms."""

    def run(name, made, form, data):
        return client_of(name).open(f"/decisions/{made['reference']}/{form}?_method=PUT", method="POST", data=data)

    return run


def written(page):
    """What is shown of the words of a form that stands no more."""
    return page.text.partition('id="f-written"')[2].partition(">\n")[2].partition("</textarea>")[0]


def at_field(page, error):
    """The sentence at a field, if it is said nowhere else and the field is tied to it."""
    found = page.text.partition(f'id="{error}">')[2].partition("</")[0]
    marked = page.text.count('aria-invalid="true"'), page.text.count(f'{error}"')
    return bool(found) and page.text.count(f">{found}<") == 1 and marked == (1, 2)


def decided(api_of, cast, close, **said):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS, **said)
    for name in ("Nikos", "Eleni"):
        api_of(name).put(ballot(made), json={"vote": "yes"})
    close()
    return made


def taken(api_of, made):
    address = f"/api/v1/decisions/{made['reference']}/outcome"
    assert api_of("Nikos").put(address, json={"outcome": "Yes."}).status_code == 200


@pytest.mark.parametrize("kept", [WORDS, "کوچه\nΔρόμος"])
def test_what_was_written_into_a_form_that_a_draft_does_not_have_is_not_lost(cast, api_of, put, kept):
    made = drafted(api_of("Nikos"), cast.PARKS)
    (advice,) = asked(api_of("Nikos"), made, cast.Sofia)
    for form, data in (
        ("outcome", {"outcome": kept}), ("recusal", {"reason": kept}), ("dissent", {"text": kept}),
        (f"advice/{advice['id']}/use", {"used": "partly", "note": kept}),
    ):  # fmt: skip
        page = put("Nikos", made, form, data)
        assert (page.status_code, written(page).replace("\r", "")) == (
            409,
            kept.replace("<", "&lt;").replace(">", "&gt;"),
        )


def test_what_was_written_about_an_objection_that_was_settled_or_a_vote_that_ended_is_not_lost(cast, api_of, put):
    nikos, rule = api_of("Nikos"), {"preset": "consent", "overruling": True, "chair": cast.Eleni}
    made = drafted(nikos, cast.PARKS, **rule)
    (advice,) = asked(nikos, made, cast.Sofia)
    assert nikos.put(f"/api/v1/decisions/{made['reference']}/opening").status_code == 200
    objection = objects(api_of("Giorgos"), made)
    assert api_of("Giorgos").delete(objection).status_code == 204
    path = f"objections/{objection.rsplit('/', 1)[1]}"
    for name, form, data in (
        ("Nikos", f"{path}/integration", {"text": "Smaller trees."}),
        ("Eleni", f"{path}/overruling", {"text": "Smaller trees."}),
        ("Sofia", f"advice/{advice['id']}/answer", {"stance": "supports", "text": "Smaller trees."}),
    ):
        page = put(name, made, form, data)
        assert (page.status_code, written(page)) == (409, "Smaller trees."), form
    gone = {"reason": "No money"}
    assert nikos.put(f"/api/v1/decisions/{made['reference']}/cancellation", json=gone).status_code == 200
    page = put("Eleni", made, "objections", {"reason": "Too dark."})
    assert written(put("Nikos", made, f"advice/{advice['id']}/use", {"used": "not", "note": "Late."})) == "Late."
    late = put("Eleni", made, f"{path}/overruling", {"text": "Too late."})
    assert written(late) == "Too late."


def test_what_was_written_once_it_was_too_late_for_it_is_not_lost(cast, api_of, put, close):
    other = opened(api_of("Nikos"), cast.PARKS)
    made = decided(api_of, cast, close, reach="all")
    tie = put("Nikos", made, "tie", {"choice": "yes", "reason": "Shade."})
    assert [written(put("Eleni", made, "recusal", {"reason": "Mine."})), written(tie)] == ["Mine.", "Shade."]
    stranger = put("Maria", made, "dissent", {"text": "I would not."})
    assert (stranger.status_code, written(stranger)) == (403, "I would not.")
    for each in (made, other):
        taken(api_of, each)
    path = f"/api/v1/decisions/{made['reference']}"
    assert api_of("Nikos").put(f"{path}/completion", json={}).status_code == 200
    assert written(put("Nikos", made, "outcome", {"outcome": "Yes, forty."})) == "Yes, forty."
    assert api_of("Nikos").put(f"{path}/successor", json={"item": other["reference"]}).status_code == 200
    assert written(put("Nikos", made, "review", {"verdict": "stands", "note": "It grows."})) == "It grows."
    assert written(put("Nikos", made, "successor", {"item": "D-1"})) == "D-1"


def test_why_a_show_of_hands_was_to_be_corrected_is_not_lost_once_its_outcome_stands(cast, api_of, put, at):
    made = opened(api_of("Nikos"), cast.PARKS, hands=True)
    hands = {"yes": 1, "no": 0, "abstained": 0}
    assert api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/hands", json=hands).status_code == 200
    taken(api_of, made)
    page = put("Nikos", made, "hands/correction", {"yes": "2", "no": "0", "abstained": "0", "reason": "Misread."})
    assert (page.status_code, written(page)) == (409, "Misread.")


def test_a_refused_tie_keeps_the_choice_and_says_what_is_wrong_at_its_field(cast, api_of, put, close):
    made = opened(api_of("Nikos"), cast.PARKS, ties="chair", chair=cast.Nikos)
    for name, vote in (("Babis", "yes"), ("Eleni", "no")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    close()
    page = put("Nikos", made, "tie", {"choice": "no", "reason": ""})
    assert (page.status_code, written(page), at_field(page, "f-tie-reason-error")) == (422, "", True)
    assert re.findall(r'value="(\w+)" required\s+checked', page.text) == ["no"]
    odd = put("Nikos", made, "tie", {"choice": "perhaps", "reason": "Shade."})
    assert (at_field(odd, "f-tie-choice-error"), "\nShade.</textarea>" in odd.text) == (True, True)


def test_refused_forms_of_a_result_say_what_is_wrong_at_their_fields(cast, api_of, put, close):
    made = opened(api_of("Nikos"), cast.PARKS)
    for name, vote in (("Nikos", "yes"), ("Babis", "yes"), ("Eleni", "no")):
        api_of(name).put(ballot(made), json={"vote": vote})
    close()
    for data, error in (
        ({"outcome": ""}, "f-outcome-error"),
        ({"outcome": "Yes.", "revisit_on": "1900-01-01"}, "f-revisit_on-error"),
    ):
        assert at_field(put("Nikos", made, "outcome", data), error), error
    assert at_field(put("Eleni", made, "dissent", {"text": LONG}), "f-text-error")
    taken(api_of, made)
    assert at_field(put("Nikos", made, "review", {"verdict": "later"}), "f-again-revisit_on-error")
    assert at_field(put("Nikos", made, "review", {"verdict": "stands", "note": LONG}), "f-again-note-error")
    page = put("Nikos", made, "successor", {"item": "D-404-9"})
    assert (at_field(page, "f-item-error"), 'name="item" value="D-404-9"' in page.text) == (True, True)
    odd = put("Nikos", made, "completion", {"tasks_stay": "perhaps"})
    assert odd.text.count('id="f-tasks_stay-error"') == odd.text.count('role="alert"') == 1


def test_a_refused_answer_to_advice_and_its_refused_use_do_not_mix(cast, api_of, put):
    made = drafted(api_of("Nikos"), cast.PARKS)
    (advice,) = asked(api_of("Nikos"), made, cast.Nikos)
    path, said = f"advice/{advice['id']}", {"stance": "supports", "text": "They give shade."}
    assert at_field(put("Nikos", made, f"{path}/answer", said | {"text": ""}), f"advice-{advice['id']}-text-error")
    assert put("Nikos", made, f"{path}/answer", said).status_code == 303
    page = put("Nikos", made, f"{path}/use", {"used": "partly", "note": ""})
    assert at_field(page, f"use-{advice['id']}-note-error")
    assert "\nThey give shade.</textarea>" in page.text, "what was advised stands in its own form"
    again = put("Nikos", made, f"{path}/answer", {"text": "Less."})
    assert (at_field(again, f"advice-{advice['id']}-stance-error"), "\nLess.</textarea>" in again.text) == (True, True)


def test_each_form_of_an_objection_keeps_its_own_words(cast, api_of, put, client_of):
    made = opened(api_of("Nikos"), cast.PARKS, preset="consent", overruling=True, chair=cast.Nikos)
    number = objects(api_of("Giorgos"), made).rsplit("/", 1)[1]
    for noun in ("integration", "overruling"):
        page = put("Nikos", made, f"objections/{number}/{noun}", {"text": LONG})
        assert (page.text.count(LONG), at_field(page, f"{noun}-{number}-text-error")) == (1, True)
    page = client_of("Nikos").post(f"/decisions/{made['reference']}/objections", data={"reason": LONG})
    assert (page.text.count(LONG), at_field(page, "f-objection-reason-error")) == (1, True)


def test_refused_forms_beside_a_ballot_say_what_is_wrong_at_their_fields(cast, api_of, put, client_of):
    made = opened(api_of("Nikos"), cast.PARKS, proxies=1)
    assert at_field(put("Eleni", made, "recusal", {"reason": LONG}), "f-reason-error")
    page = client_of("Eleni").post(f"/decisions/{made['reference']}/proxies", data={"holder_name": "Zzz"})
    assert at_field(page, "f-holder-error")
