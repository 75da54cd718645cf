"""Many items changed at once: shown before, each under its own rule, told to nobody, undone together."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from collab.core.db import db, writing
from collab.work.commands import bulk
from tests.work.making import day, make

BULK = "/api/v1/work-items/bulk-edits"


@pytest.fixture
def some(app, cast, actor_of):
    """Two of Eleni's, one of Nikos's."""
    with app.app_context():
        eleni, nikos = actor_of("Eleni"), actor_of("Nikos")
        return [
            make(eleni, cast.PARKS, cast.Eleni, title="one", due_on=day(24), labels=["storm"]),
            make(eleni, cast.PARKS, cast.Eleni, title="two", start_on=day(27)),
            make(nikos, cast.PARKS, cast.Nikos, title="his"),
        ]


def stands(client, item):
    return client.get(f"/api/v1/work-items/{item}").json


def change(client, items, act="fields", **said):
    return client.post(BULK, json={"items": items, "act": act, **said})


def test_what_would_happen_is_told_before_anything_does(api_of, some):
    eleni = api_of("Eleni")
    told = change(eleni, some, due_on="2026-11-25", dry_run=True).json
    assert (told["changed"], told["unchanged"], told["id"]) == ([some[0]], 0, None)
    assert {each["item"]: each["reason"] for each in told["refused"]} == {
        some[1]: "Its start is after that date.",
        some[2]: "It is not yours to change.",
    }
    assert stands(eleni, some[0])["due_on"] == "2026-11-24"


def test_what_is_refused_stays_and_the_rest_changes(api_of, some):
    eleni = api_of("Eleni")
    told = change(eleni, some, priority=4, add_labels=["urgent"], remove_labels=["STORM"]).json
    assert told["changed"] == some[:2]
    assert [each["item"] for each in told["refused"]] == [some[2]]
    assert stands(eleni, some[0])["labels"] == ["urgent"]
    assert stands(eleni, some[1])["priority"] == 4
    assert stands(eleni, some[2])["priority"] == 0
    assert change(eleni, some[:1], priority=4).json["unchanged"] == 1


def test_a_bulk_edit_writes_one_fact_a_row_and_notifies_nobody(app, api_of, cast, some, tell):
    tell()
    change(api_of("Nikos"), some[:2], "holder", holder=cast.Giorgos)
    with app.app_context():
        kinds = db.session.scalars(text("select kind from facts order by id desc limit 3")).all()
        loud = db.session.scalars(text("select distinct reaction from outbox")).all()
    assert sorted(kinds) == ["item-assigned", "item-assigned", "items-edited"]
    assert loud
    assert "feed.notify" not in loud


def test_the_whole_is_undone_except_what_somebody_touched_since(api_of, cast, some):
    nikos = api_of("Nikos")
    made = change(nikos, some, "holder", holder=cast.Giorgos).json
    assert made["changed"] == some
    nikos.patch(f"/api/v1/work-items/{some[1]}", json={"title": "touched"})
    assert nikos.delete(f"{BULK}/{made['id']}").status_code == 204
    held = [stands(nikos, item)["holder"]["id"] for item in some]
    assert held == [cast.Eleni, cast.Giorgos, cast.Nikos]
    assert nikos.delete(f"{BULK}/{made['id']}").status_code == 409
    assert api_of("Eleni").delete(f"{BULK}/{made['id']}").status_code == 404


def test_two_days_later_it_is_too_late_and_nobody_is_said_to_have_changed_them(api_of, some, at):
    at(datetime(2026, 11, 23, 8, tzinfo=UTC))
    made = change(api_of("Eleni"), some[:1], priority=3).json
    at(datetime(2026, 11, 25, 8, tzinfo=UTC))
    late = api_of("Eleni").delete(f"{BULK}/{made['id']}")
    assert (late.status_code, late.json["detail"]) == (409, "It cannot be undone any more.")
    assert stands(api_of("Eleni"), some[0])["priority"] == 3


@pytest.mark.parametrize(("act", "said", "state"), [("done", {}, "done"), ("cancelled", {"reason": "No"}, "cancelled")])
def test_many_are_closed_and_opened_again_by_undo(api_of, some, act, said, state):
    eleni = api_of("Eleni")
    made = change(eleni, some[:2], act, **said).json
    assert stands(eleni, some[0])["state"] == state
    assert change(eleni, some[:2], act, **said).json["changed"] == []
    eleni.delete(f"{BULK}/{made['id']}")
    assert [stands(eleni, item)["state"] for item in some[:2]] == ["new", "new"]


def test_what_only_the_verb_knows_is_told_and_leaves_nothing_behind(app, api_of, cast, some):
    nikos = api_of("Nikos")
    told = change(nikos, some, "holder", holder=cast.Maria).json  # of a unit that is not his
    assert told["changed"] == []
    assert len(told["refused"]) == 3
    with app.app_context():
        assert db.session.scalar(text("select count(*) from facts where kind = 'items-edited'")) == 0


def test_an_item_that_one_does_not_see_does_not_exist(api_of, some):
    assert change(api_of("Maria"), some, "done").status_code == 404
    assert change(api_of("Eleni"), [*some, 999_999], "done").status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"items": []},
        {"items": list(range(1, 300))},
        {"items": ["x"]},
        {"items": "1"},
        {"act": "burn"},
        {"act": "fields"},
        {"act": "cancelled"},
        {"priority": 9},
        {"due_on": "soon"},
        {"add_labels": ["x\0"]},
        {"add_labels": ["\ud83d"]},
        {"holder": -1},
    ],
)
def test_odd_bulk_edits_are_refused_at_the_field(api_of, some, said):
    answer = api_of("Eleni").post(BULK, json={"items": some[:1], "act": "fields", **said})
    assert answer.status_code in (400, 422)


def test_on_a_page_it_is_chosen_shown_and_done(client_of, some):
    eleni = client_of("Eleni")
    ids = ",".join(map(str, some))
    page = eleni.get(f"/work-items/bulk-edits/new?items={ids}&act=fields").text
    assert 'name="add_labels"' in page
    assert 'id="dialog-title"' not in page, "the page has its heading"
    typed = {"items": ids, "act": "fields", "priority": "2", "add_labels": "spring, δέντρα"}
    shown = eleni.post("/work-items/bulk-edits", data={**typed, "dry_run": "yes"})
    words = re.sub(r"<[^>]+>", "", shown.text)
    assert "2 items change." in words
    assert "It is not yours to change." in words
    done = eleni.post("/work-items/bulk-edits", data=typed, headers={"HX-Request-Type": "partial"})
    assert done.status_code == 204
    assert "2 items changed. 1 stays as it is." in done.headers["HX-Trigger"]
    undo = re.search(r"/work-items/bulk-edits/\d+\?_method=DELETE", done.headers["HX-Trigger"])[0]
    assert eleni.post(undo).status_code == 303
    mended = eleni.post("/work-items/bulk-edits", data={"items": ids, "act": "cancelled", "reason": ""})
    assert mended.status_code == 422
    assert "Say why they are given up." in mended.text


def test_all_that_match_are_chosen_by_the_query(client_of, some, monkeypatch):
    eleni = client_of("Eleni")
    address = "/work-items/bulk-edits/new?every=yes&list=tasks&query=holder:me&act=done"
    assert f'name="items" value="{some[0]},{some[1]}"' in eleni.get(address).text
    monkeypatch.setattr("collab.work.views.bulk.MOST_AT_ALL", 1)
    refused = eleni.get(address)
    assert refused.status_code == 409
    assert "More than 1 items match." in refused.text
    assert eleni.get(f"{address}&query=x").status_code in (200, 409, 422)
    assert eleni.get("/work-items/bulk-edits/new?every=yes&query=holdr:me").status_code == 422


@pytest.mark.parametrize(
    "said",
    [
        {"priority": 4},
        {"due_on": "2026-11-26"},
        {"clear_due": True},
        {"add_labels": ["wet", "Storm"]},
        {"remove_labels": ["storm"]},
        {"due_on": "2026-12-01", "priority": 0, "add_labels": ["x"], "remove_labels": ["x", "storm"]},
    ],
)
def test_many_changed_together_stand_as_if_each_had_been_changed_alone(app, client_of, cast, actor_of, said):
    """`edit_together` in a few statements against `edit`, item by item: rows, waits, labels and facts."""
    eleni = client_of("Eleni")

    def stands(item):
        reads = {
            "item": "select priority, due_on, start_on, state_kind, holder_id, version from work_item where id = :id",
            "waits": "select sense, of_id, until, next_action_at, ended_at from wait where item_id = :id",
            "labels": "select folded from label join work_item_label on id = label_id where item_id = :id order by 1",
            "intervals": "select holder_id, unit_id, to_at is null from interval where item_id = :id order by id",
            "facts": "select kind, actor_id, payload from facts where subject_id = :id and kind = 'item-edited'",
        }
        with app.app_context():
            found = {
                name: [tuple(row) for row in db.session.execute(text(sql), {"id": item})] for name, sql in reads.items()
            }
            db.session.remove()
        return found

    pairs = []
    for held in (cast.Eleni, None):
        pair = []
        for _each in range(2):
            with app.app_context():
                pair.append(make(actor_of("Eleni"), cast.PARKS, held, due_on=day(24), labels=["storm"], priority=2))
        pairs.append(pair)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "goes_together", lambda *_said: False)
        assert (
            eleni.post(
                "/api/v1/work-items/bulk-edits", json={"act": "fields", "items": [a for a, _b in pairs]} | said
            ).status_code
            == 200
        )
    assert (
        eleni.post(
            "/api/v1/work-items/bulk-edits", json={"act": "fields", "items": [b for _a, b in pairs]} | said
        ).status_code
        == 200
    )
    for alone, together in pairs:
        assert stands(together) == stands(alone)


STANDING = {
    "item": "select state_kind, holder_id, desk_unit_id, closed_at is null, version from work_item where id = :id",
    "waits": "select sense, of_id, by_id, by_unit_id, tray_unit_id, until, next_action_at, ended_how, ended_by"
    " from wait where item_id = :id order by id",
    "parts": "select party_id, role, until is null from participant where item_id = :id order by 1, 2",
    "intervals": "select holder_id, unit_id, state_kind, stopped, to_at is null from interval where item_id = :id"
    " order by id",
    "offers": "select to_unit_id, state, decided_by from handover where item_id = :id",
    "facts": "select kind, actor_id, on_behalf_of, payload - 'wait' - 'waits' - 'handover' - 'offer',"
    " payload->>'offer' is null, jsonb_array_length(payload->'waits') from facts where subject_id = :id"
    " and subject_kind = 'work-item' order by id",
}


@pytest.fixture
def all_sorts(app, cast, actor_of, api_of, at):
    """Twice the same eleven: in a hand, in a tray, on offer, awaited by the clock or not."""
    at(datetime(2026, 11, 23, 8, tzinfo=UTC))

    def made():
        with app.app_context():
            eleni, nikos = actor_of("Eleni"), actor_of("Nikos")
            ids = [make(eleni, cast.PARKS, cast.Eleni, title=f"{number}", due_on=day(24)) for number in range(8)]
            ids += [make(nikos, cast.PARKS, None, due_on=day(27)), make(nikos, cast.PARKS, cast.Giorgos)]
            ids.append(make(nikos, cast.PARKS, cast.PARKS))
        here = [f"/api/v1/work-items/{item}" for item in ids]
        said = [
            (f"{here[1]}/handovers", {"to": cast.ROADS, "note": "Theirs"}),
            (f"{here[2]}/waits", {"of": cast.Maria, "what": "Well?", "stops_clock": True}),
            (f"{here[3]}/waits", {"of": cast.forestry, "what": "Well?", "stops_clock": True}),
            (f"{here[4]}/waits", {"of": cast.Maria, "what": "Well?"}),
            (f"{here[5]}/waits", {"item": cause, "what": "Then", "stops_clock": True}),
            (f"{here[6]}/waits", {"of": cast.Maria, "what": "One", "stops_clock": True}),
            (f"{here[6]}/waits", {"of": cast.LEGAL, "what": "Two", "stops_clock": True}),
            (f"{here[7]}/waits", {"of": cast.ROADS, "what": "Well?", "stops_clock": True}),
            (f"{here[7]}/handovers", {"to": cast.ROADS, "note": "Theirs"}),
        ]
        for address, body in said:
            asked = api_of("Eleni").post(address, json=body)
            assert asked.status_code == 201, (body, asked.text)
        return ids

    with app.app_context():
        cause = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="first")
    return made(), made()


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize("act", ["holder", "done", "cancelled"])
def test_many_given_or_ended_together_stand_as_if_each_had_been_alone(app, api_of, cast, all_sorts, act, moved):
    """`ending_together` against `assign`, `complete` and `cancel`; also where somebody awaited went to another unit."""
    alone, together = all_sorts
    if moved:
        with app.app_context(), writing() as session:
            session.execute(text("update membership set unit_id = :to where person_id = :id"), {
                "to": cast.LEGAL, "id": cast.Maria
            })  # fmt: skip
    said = {"holder": {"holder": cast.Babis}, "done": {}, "cancelled": {"reason": "No"}}[act]
    if act != "holder":
        said = said | {"reason": "Enough"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "going_together", lambda *_said: set())
        one = change(api_of("Nikos"), alone, act, **said)
    many = change(api_of("Nikos"), together, act, **said)
    assert one.status_code == many.status_code == 200, (one.text, many.text)
    assert len(one.json["changed"]) == len(many.json["changed"]) == len(alone)

    def stands(item):
        with app.app_context():
            found = {
                name: [tuple(row) for row in db.session.execute(text(sql), {"id": item})]
                for name, sql in STANDING.items()
            }
            db.session.remove()
        return found

    for before, after in zip(alone, together, strict=True):
        assert stands(after) == stands(before)


def test_a_change_sent_twice_under_one_key_is_undone_by_the_same_id(api_of, some):
    eleni, said = api_of("Eleni"), {"items": some[:2], "act": "fields", "priority": 3}
    first, again = (
        eleni.post("/api/v1/work-items/bulk-edits", json=said, headers={"Idempotency-Key": "k"}).json for _turn in "ab"
    )
    assert first == again
    assert eleni.delete(f"/api/v1/work-items/bulk-edits/{first['id']}").status_code == 204
