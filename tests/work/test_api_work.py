"""The story of one pending item over the API: offered, accepted, an outside office awaited, answered, finished."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from collab.core.db import db, writing
from collab.people.organisation.parties import Naming, rename_parties
from collab.work.models import WorkItem
from tests.cast import Cast
from tests.clients import Client

from .making import make

Api = Callable[..., Client]


@pytest.fixture
def item(api_of: Api, cast: Cast, at: Callable[[datetime], None]) -> dict[str, Any]:
    from collab.tasks.commands import create_pending_item
    from collab.tasks.forms import NewPendingItem
    from tests.house.scene import actor

    at(datetime(2026, 11, 2, 8, tzinfo=UTC))
    client = api_of("Eleni")
    with client.application.app_context():
        form = NewPendingItem(title="Permit to fell a pine", unit=cast.PARKS, holder=cast.Eleni)
        made = create_pending_item(actor(cast, "Eleni"), form)
    found: dict[str, Any] = client.get(f"/api/v1/work-items/{made['reference']}").get_json()
    return found


def test_the_story(item: dict[str, Any], api_of: Api, cast: Cast, at: Callable[..., None]) -> None:
    eleni, dimitra, reference = api_of("Eleni"), api_of("Dimitra"), item["reference"]
    at(datetime(2026, 11, 4, 8, tzinfo=UTC))
    offered = eleni.post(f"/api/v1/work-items/{reference}/handovers", json={"to": cast.LEGAL, "note": "An opinion"})
    assert offered.status_code == 201, offered.get_json()
    handover = offered.get_json()
    assert eleni.get(f"/api/v1/work-items/{reference}").get_json()["holder"]["id"] == cast.Eleni, "until acceptance"
    at(datetime(2026, 11, 5, 8, tzinfo=UTC))
    accepted = dimitra.post(f"/api/v1/handovers/{handover['id']}/acceptance", json={})
    assert accepted.status_code == 200, accepted.get_json()
    assert accepted.get_json()["holder"]["id"] == cast.Dimitra
    at(datetime(2026, 11, 6, 8, tzinfo=UTC))
    asked = dimitra.post(
        f"/api/v1/work-items/{reference}/waits",
        json={"of": cast.forestry, "what": "Is the tree protected?", "stops_clock": True},
    )
    assert asked.status_code == 201, asked.get_json()
    assert dimitra.get(f"/api/v1/work-items/{reference}").get_json()["state"] == "waiting"
    at(datetime(2026, 11, 12, 8, tzinfo=UTC))
    answered = dimitra.post(f"/api/v1/waits/{asked.get_json()['id']}/answer", json={"text": "It is not."})
    assert answered.status_code == 201, answered.get_json()
    intervals = eleni.get(f"/api/v1/work-items/{reference}/intervals").get_json()["items"]
    assert [(each["holder"]["name"], each["working_days"], each["clock_stopped"]) for each in intervals] == [
        ("Eleni Markou", 3, False),
        ("Dimitra Kosta", 1, False),
        ("Forestry Office", 4, True),
        ("Dimitra Kosta", 0, False),
    ]
    done = dimitra.post(f"/api/v1/work-items/{reference}/completion", json={"outcome": "Permitted"})
    assert done.status_code == 200, done.get_json()
    history = eleni.get(f"/api/v1/work-items/{reference}/history").get_json()["items"]
    sentences = [each["sentence"] for each in history]
    assert sentences[0] == "Dimitra Kosta finished it: Permitted"
    assert "Eleni Markou offered it to Legal Service: An opinion" in sentences
    messages = eleni.get(f"/api/v1/work-items/{reference}/messages").get_json()["items"]
    assert [(each["kind"], each["text"]) for each in messages][1:] == [("answer", "It is not.")]


def test_what_one_may_not_see_does_not_exist(item: dict[str, Any], api_of: Api, cast: Cast) -> None:
    leila, base = api_of("Leila"), f"/api/v1/work-items/{item['id']}"
    for path in ("", "/handovers", "/waits", "/messages", "/history", "/intervals"):
        assert leila.get(base + path).status_code == 404, path
    assert leila.post(base + "/completion", json={}).status_code == 404
    assert leila.post(base + "/messages", json={"text": "x", "nonce": "n-1"}).status_code == 404


def test_a_version_seen_earlier_is_refused(item: dict[str, Any], api_of: Api) -> None:
    eleni, base = api_of("Eleni"), f"/api/v1/work-items/{item['id']}"
    tag = eleni.get(base).headers["ETag"]
    assert eleni.patch(base, json={"title": "First"}, headers={"If-Match": tag}).status_code == 200
    second = eleni.patch(base, json={"title": "Second"}, headers={"If-Match": tag})
    assert second.status_code == 412
    assert second.content_type == "application/problem+json"
    assert eleni.get(base, headers={"If-None-Match": tag}).status_code == 200


def test_the_same_key_answers_the_same(item: dict[str, Any], api_of: Api, cast: Cast) -> None:
    eleni, base = api_of("Eleni"), f"/api/v1/work-items/{item['id']}"
    body = {"of": cast.Maria, "what": "Whose pavement is it?"}
    first = eleni.post(f"{base}/waits", json=body, headers={"Idempotency-Key": "k1"})
    again = eleni.post(f"{base}/waits", json=body, headers={"Idempotency-Key": "k1"})
    assert first.get_json()["id"] == again.get_json()["id"]
    assert again.headers["Idempotency-Replayed"] == "true"
    other = eleni.post(f"{base}/waits", json={**body, "what": "Else?"}, headers={"Idempotency-Key": "k1"})
    assert other.status_code == 409
    empty = eleni.post(f"{base}/waits", json=body, headers={"Idempotency-Key": ""})
    assert (empty.status_code, empty.get_json()["errors"][0]["field"]) == (422, "Idempotency-Key")


def test_a_colleague_of_the_asker_does_not_answer_for_another_unit(
    item: dict[str, Any], api_of: Api, cast: Cast
) -> None:
    eleni, base = api_of("Eleni"), f"/api/v1/work-items/{item['id']}"
    asked = eleni.post(f"{base}/waits", json={"of": cast.LEGAL, "what": "May we?"}).get_json()
    for name in ("Eleni", "Giorgos"):
        answer = api_of(name).post(f"/api/v1/waits/{asked['id']}/answer", json={"text": "Yes."})
        assert answer.status_code == 403, name
    assert api_of("Dimitra").post(f"/api/v1/waits/{asked['id']}/answer", json={"text": "Yes."}).status_code == 201


def test_whoever_accepts_for_a_unit_holds_it_there(item: dict[str, Any], api_of: Api, cast: Cast) -> None:
    base = f"/api/v1/work-items/{item['id']}"
    offered = api_of("Eleni").post(f"{base}/handovers", json={"to": cast.ROADS}).get_json()
    accepted = api_of("Yannis").post(f"/api/v1/handovers/{offered['id']}/acceptance", json={}).get_json()
    assert (accepted["holder"]["id"], accepted["desk"]["id"]) == (cast.Yannis, cast.ROADS)


def test_an_offer_is_not_taken_out_of_the_tray_like_a_question(item: dict[str, Any], api_of: Api, cast: Cast) -> None:
    base = f"/api/v1/work-items/{item['id']}"
    api_of("Eleni").post(f"{base}/handovers", json={"to": cast.LEGAL})
    waits = api_of("Dimitra").get(f"{base}/waits").get_json()["items"]
    offer = next(each for each in waits if each["sense"] == "handover")
    assert api_of("Dimitra").post(f"/api/v1/waits/{offer['id']}/taking", json={}).status_code == 409


def test_whoever_merely_holds_an_item_does_not_hide_it(item: dict[str, Any], api_of: Api, cast: Cast) -> None:
    base = f"/api/v1/work-items/{item['id']}"
    assert api_of("Nikos").put(f"{base}/holder", json={"holder": cast.Giorgos}).status_code == 200
    hidden = api_of("Giorgos").patch(base, json={"reach": "named"})
    assert hidden.status_code == 422
    assert [each["field"] for each in hidden.get_json()["errors"]] == ["reach"]
    assert api_of("Nikos").patch(base, json={"reach": "named"}).status_code == 200
    assert api_of("Nikos").put(f"{base}/holder", json={"holder": cast.PARKS}).status_code in (404, 422)


def test_an_auditors_reading_is_written_down_even_with_a_token_that_only_reads(
    item: dict[str, Any], api_of: Api, cast: Cast
) -> None:
    from sqlalchemy import func, select

    from collab.core.db import db
    from collab.core.facts import FactRow

    reza, base = api_of("Reza", ("read",)), f"/api/v1/work-items/{item['id']}"
    for path in ("", "/messages", "/history", "/waits", "/handovers"):
        assert reza.get(base + path).status_code == 200, path
    with reza.application.app_context():
        noted = db.session.scalar(
            select(func.count()).where(FactRow.kind == "item-read-by-auditor", FactRow.actor_id == cast.Reza)
        )
    assert noted == 5


def test_whoever_did_it_is_answered_calmly_when_it_comes_again(item: dict[str, Any], api_of: Api, cast: Cast) -> None:
    eleni, nikos, dimitra = api_of("Eleni"), api_of("Nikos"), api_of("Dimitra")
    href = f"/api/v1/work-items/{item['reference']}"
    offer = eleni.post(f"{href}/handovers", json={"to": cast.LEGAL}).get_json()["id"]
    for _twice in range(2):
        accepted = dimitra.post(f"/api/v1/handovers/{offer}/acceptance", json={})
        assert (accepted.status_code, accepted.get_json()["holder"]["id"]) == (200, cast.Dimitra)
    assert dimitra.post(f"/api/v1/handovers/{offer}/return", json={"reason": "No"}).status_code == 409, "another act"
    etag = accepted.headers["ETag"]
    first, second = (
        dimitra.post(f"{href}/completion", json={"outcome": said}, headers={"If-Match": etag}) for said in ("Yes", "No")
    )
    assert (first.status_code, second.status_code, second.get_json()) == (200, 200, first.get_json())
    assert dimitra.post(f"{href}/cancellation", json={"reason": "x"}).status_code == 409, "another act"
    for other, refused in ((eleni, 403), (nikos, 409), (api_of("Dimitra", ("read",)), 403)):
        assert other.post(f"{href}/completion", json={}).status_code == refused, (
            "it was not they, or it is not theirs to do"
        )
    lines = [each["kind"] for each in eleni.get(f"{href}/history").get_json()["items"]]
    assert lines.count("item-completed") == lines.count("handover-accepted") == 1
    assert dimitra.delete(f"{href}/completion").status_code == 200
    again = dimitra.post(f"{href}/completion", json={"outcome": "Anew"})
    assert (again.status_code, again.get_json()["state"]) == (200, "done"), "opened in between, it is done anew"


@pytest.mark.parametrize("reader", ["Eleni", "Nikos"])
def test_each_row_of_a_list_calls_unit_desk_and_holder_as_the_item_itself_does(
    app: Flask, cast: Cast, api_of: Api, actor_of: Callable[..., Any], queries: Callable[..., Any], reader: str
) -> None:
    with app.app_context():
        with writing() as session:
            rename_parties(session, [(cast.PARKS, Naming("Parks", {"el": "Πράσινο"}, "PARKS"))])
            rename_parties(session, [(cast.Eleni, Naming("Eleni Markou", {"el": "Ελένη Μάρκου"}))])
        for holder in (None, cast.Eleni, cast.PARKS, cast.head_posts["PARKS"]):
            make(actor_of("Eleni"), cast.PARKS, holder, f"Held by {holder}")
        elsewhere = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, "Lies elsewhere")
        with writing() as session:
            session.execute(update(WorkItem).where(WorkItem.id == elsewhere).values(desk_unit_id=cast.ROADS))
        db.session.remove()
    client = api_of(reader)
    client.get("/api/v1/work-items")
    with queries() as sent:
        rows = client.get("/api/v1/work-items").get_json()["items"]
    assert len(sent.sent) <= 8, sent.sent
    assert len(rows) == 5
    assert {row["unit"]["name"] for row in rows} == {"Πράσινο" if reader == "Nikos" else "Parks"}
    for row in rows:
        one = client.get(f"/api/v1/work-items/{row['reference']}").get_json()
        assert {name: row[name] for name in ("unit", "desk", "holder")} == {
            name: one[name] for name in ("unit", "desk", "holder")
        }, row["title"]
        assert row == {name: one[name] for name in row}, "and all else that both say"
