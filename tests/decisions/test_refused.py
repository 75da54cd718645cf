"""What is refused because of how a decision stands says so: nothing has "changed in the meantime"."""

import pytest

from .voting import NOW, ballot, drafted, fields, opened

NOT_NOW = "As the decision stands, this cannot be done."
WORDS = {"reason": "Why not"}


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def refused(answer):
    told = answer.get_json()
    assert answer.status_code == 409, told
    return told["type"], told["title"], told["detail"]


def test_a_draft_refuses_what_needs_an_open_or_a_closed_vote(api_of, cast):
    nikos = api_of("Nikos")
    base = f"/api/v1/decisions/{drafted(nikos, cast.PARKS)['reference']}"
    asked = {
        "ballot": {"vote": "yes"}, "recusal": WORDS, "proxy": {"holder": cast.Eleni}, "closing": None,
        "outcome": {"outcome": "Yes."}, "dissent": {"text": "No."}, "completion": {},
        "tie": {"choice": "yes", "reason": "So"},
    }  # fmt: skip
    for noun, body in asked.items():
        answer = nikos.put(f"{base}/{noun}", json=body)
        assert (noun, refused(answer)[0]) == (noun, "/problems/not-now")


def test_an_open_vote_stands_fast_and_a_closed_one_takes_nothing(api_of, cast, close):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS)
    base = f"/api/v1/decisions/{made['reference']}"
    assert refused(nikos.put(base, json={"title": "Otherwise"}))[0] == "/problems/not-now"
    eleni = api_of("Eleni")
    close()
    when = "The vote closed on 25 November 2026, 16:00. What comes after that does not count."
    for noun, body in (("ballot", {"vote": "yes"}), ("recusal", WORDS)):
        told = refused(eleni.put(f"{base}/{noun}", json=body))
        assert told == ("/problems/vote-closed", "The vote is closed.", when), noun
    assert refused(eleni.post(f"{base}/arguments", json={"side": "for", "text": "So"}))[1] == NOT_NOW


def test_the_vote_of_a_cancelled_decision_says_that_it_was_cancelled(api_of, cast):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS)
    assert nikos.put(f"/api/v1/decisions/{made['reference']}/cancellation", json=WORDS).status_code == 200
    told = refused(api_of("Eleni").put(ballot(made), json={"vote": "yes"}))
    assert told == ("/problems/not-now", NOT_NOW, "The decision was cancelled, and its vote with it.")


def test_whoever_comes_late_reads_in_their_own_language(api_of, cast, close):
    made = opened(api_of("Nikos"), cast.PARKS)
    close()
    told = refused(api_of("Nikos").put(ballot(made), json={"vote": "yes"}))
    assert told[1] == "Η ψηφοφορία έκλεισε."
    assert told[2].startswith("Η ψηφοφορία έκλεισε στις 25 Νοεμβρίου 2026, 16:00.")


@pytest.mark.parametrize("preset", ["simple", "absolute", "two-thirds", "majority", "consent", "runoff", "budget"])
def test_several_seats_of_a_way_that_fills_one_are_refused_and_nothing_is_kept(api_of, client_of, cast, preset):
    nikos = api_of("Nikos")
    options = (
        [{"title": "Plane trees", "cost": 10}, {"title": "Pines", "cost": 20}] if preset in ("runoff", "budget") else []
    )
    body = {"title": "Planes?", "unit": cast.PARKS, "closes_on": "2026-11-25", "preset": preset, "options": options}
    body |= {"budget": 100} if preset == "budget" else {}
    refused = nikos.post("/api/v1/decisions", json=body | {"seats": 2})
    assert (refused.status_code, fields(refused)) == (422, ["seats"])
    assert nikos.get("/api/v1/decisions?whose=mine").get_json()["items"] == []
    made = nikos.post("/api/v1/decisions", json=body).get_json()
    assert nikos.put(f"/api/v1/decisions/{made['reference']}", json={"seats": 3}).status_code == 422
    assert nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()["seats"] == 1


def test_a_decision_is_put_into_no_column_and_says_what_ends_it(api_of, client_of, cast):
    made = opened(api_of("Nikos"), cast.PARKS)
    path = f"/work-items/{made['reference']}/column"
    page = client_of("Babis").get("/work-items?query=kind:decision&layout=board").text
    cards = page.partition("board-cards")[2].partition("</section>")[0]
    assert ('draggable="true"' in page, "data-move" in cards, made["reference"] in page) == (False, False, True)
    for to in ("done", "active"):
        answer = client_of("Nikos").put(path, data={"by": "state", "to": to}, headers={"HX-Request-Type": "partial"})
        assert (answer.status_code, "ολοκληρώνεται με την ψηφοφορία της" in answer.text) == (409, True), answer.text
    bulk = {"items": [made["id"]], "act": "done", "dry_run": True}
    (told,) = api_of("Eleni").post("/api/v1/work-items/bulk-edits", json=bulk).get_json()["refused"]
    assert told["reason"] == "A decision changes on its own page, and ends by its vote."


def test_a_meeting_is_named_only_where_those_present_count(api_of, cast):
    made = drafted(api_of("Nikos"), cast.PARKS)
    answer = api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/opening", json={"meeting": "PARKS-9"})
    assert (answer.status_code, fields(answer)) == (422, ["meeting"])
    assert api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()["stage"] == "draft"
