"""What was typed and refused is said why and still there; a name typed and not chosen is meant all the same."""

import pytest

from .voting import NOW, drafted, opened

AGAINST = {"side": "against", "text": "Their leaves fall."}


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def form(cast, **said):
    return {"title": "Which trees?", "unit": str(cast.PARKS), "preset": "simple", "closes_on": "2026-11-25"} | said


def test_a_chair_typed_by_name_is_the_chair_and_one_who_is_nobody_is_refused(cast, client_of, api_of):
    page = client_of("Eleni")
    made = page.post("/decisions", data=form(cast, ties="chair", chair="", chair_name="Nikos Pappas"))
    assert made.status_code == 303
    saved = api_of("Eleni").get(f"/api/v1{made.headers['Location'].split('?')[0]}").get_json()
    assert saved["chair"] == cast.Nikos
    edited = page.post(
        f"/decisions/{saved['reference']}?_method=PUT",
        data=form(cast, ties="chair", chair="", chair_name="Zzz", version=saved["version"]),
    )
    for refused in (page.post("/decisions", data=form(cast, ties="chair", chair="", chair_name="Zzz")), edited):
        assert refused.status_code == 422
        assert "Nobody is called “Zzz”." in refused.text
        assert 'name="chair_name" value="Zzz"' in refused.text
    assert api_of("Eleni").get(f"/api/v1/decisions/{saved['reference']}").get_json()["chair"] == cast.Nikos


def test_all_that_is_wrong_with_a_draft_is_said_at_once(cast, client_of):
    wrong = {"title": "", "closes_on": "xx", "ties": "chair", "chair_name": "Zzz", "people_more": "Qqq, Jjj",
             "without_more": "Www"}  # fmt: skip
    refused = client_of("Eleni").post("/decisions", data=form(cast, **wrong))
    assert refused.status_code == 422
    for field in ("title", "closes_on", "chair", "people", "without"):
        assert f'id="f-{field}-error"' in refused.text, field
    for name in ("Zzz", "Qqq", "Jjj", "Www"):
        assert f"Nobody is called “{name}”." in refused.text


def test_who_chairs_is_asked_only_where_the_form_asks_for_a_chair(cast, client_of, api_of):
    page, left = client_of("Eleni"), {"chair": "", "chair_name": "Zzz"}
    made = page.post("/decisions", data=form(cast, ties="open", **left))
    assert made.status_code == 303
    assert api_of("Eleni").get(f"/api/v1{made.headers['Location'].split('?')[0]}").get_json()["chair"] is None
    assert page.post("/decisions", data=form(cast, ties="open", **left) | {"preset": "consent"}).status_code == 422


def test_a_proxy_is_asked_by_name_and_one_who_is_nobody_stays_in_the_field(cast, client_of, api_of):
    made = opened(api_of("Nikos"), cast.PARKS, proxies=1)
    page, address = client_of("Eleni"), f"/decisions/{made['reference']}"
    refused = page.post(f"{address}/proxies", data={"holder": "", "holder_name": "Zzz"})
    assert refused.status_code == 422
    assert "Nobody is called “Zzz”." in refused.text
    assert 'name="holder_name" value="Zzz"' in refused.text
    assert page.post(f"{address}/proxies", data={"holder": "", "holder_name": "Nikos Pappas"}).status_code == 303
    assert "You asked Nikos Pappas to vote for you." in page.get(f"{address}?tab=vote").text


@pytest.mark.parametrize("field", ["quorum", "ties"])
def test_a_choice_that_there_is_not_is_refused_in_words_at_its_field(cast, client_of, field):
    refused = client_of("Eleni").post("/decisions", data=form(cast) | {field: "nothing-such"})
    assert refused.status_code == 422
    assert f'id="f-{field}-error">One of these is expected here:' in refused.text


def test_a_choice_of_a_meeting_that_there_is_not_is_refused_in_words_too(cast, client_of):
    said = {"title": "Monday", "on": "2026-11-25", "clock": "10:00", "unit": str(cast.PARKS)}
    refused = client_of("Eleni").post("/meetings", data=said | {"quorum": "nothing-such", "open": "nothing-such"})
    assert refused.status_code == 422
    assert 'id="f-quorum-error">One of these is expected here:' in refused.text
    assert 'id="f-open-error">Yes or no is expected here.' in refused.text


def test_an_argument_that_is_refused_keeps_its_side(cast, client_of, api_of):
    made = drafted(api_of("Nikos"), cast.PARKS)
    sent = client_of("Nikos").post(f"/decisions/{made['reference']}/arguments", data=AGAINST | {"text": "x" * 2001})
    assert sent.status_code == 422
    assert 'value="against" checked' in sent.text
    assert 'value="for" checked' not in sent.text


def test_an_argument_about_an_option_that_went_meanwhile_is_not_lost(cast, client_of, api_of):
    nikos, three = api_of("Nikos"), [{"title": "Planes"}, {"title": "Olives"}, {"title": "Limes"}]
    made = drafted(nikos, cast.PARKS, preset="one", options=three)
    gone = made["options"][0]["id"]
    assert nikos.delete(f"/api/v1/decisions/{made['reference']}/options/{gone}").status_code == 204
    sent = client_of("Nikos").post(f"/decisions/{made['reference']}/arguments", data=AGAINST | {"option": str(gone)})
    assert sent.status_code == 422
    assert AGAINST["text"] in sent.text
