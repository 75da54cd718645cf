"""Many items finished, given up or given in a few statements leave behind what one by one leaves."""

import pytest
from sqlalchemy import text

from collab.core.db import db
from collab.work.commands import ask, offer
from collab.work.forms import Ask, Offer
from tests.work.making import day, make

BULK = "/api/v1/work-items/bulk-edits"
LEFT = {
    "item": "select state_kind, version, holder_id, desk_unit_id, closed_at is null from work_item where id = :id",
    "waits": "select sense, of_id, tray_unit_id, until, case when sense = 'task' then next_action_at end, ended_how, "
             "ended_by from wait where item_id = :id order by id",
    "intervals": "select holder_id, unit_id, state_kind, stopped, to_at is null from interval "
                 "where item_id = :id order by id",
    "parts": "select party_id, role, until is null from participant where item_id = :id order by party_id, role",
    "facts": "select kind, payload - 'waits' - 'wait' from facts where subject_kind = 'work-item' and subject_id = :id "
             "order by id",
}  # fmt: skip


@pytest.fixture
def pair(app, cast, actor_of):
    """Two that are alike in everything, with an open question each."""

    def made(title, holder):
        with app.app_context():
            nikos = actor_of("Nikos")
            ids = [make(nikos, cast.PARKS, holder, title=title, due_on=day(27)) for _each in range(2)]
            for id_ in ids:
                ask(nikos, id_, Ask(of=cast.Maria, what="May we?"))
            return ids

    return made


def left(app, id_):
    with app.app_context():
        return {name: [tuple(row) for row in db.session.execute(text(sql), {"id": id_})] for name, sql in LEFT.items()}


@pytest.mark.parametrize("holder", ["Eleni", None])
@pytest.mark.parametrize(
    ("act", "said", "one"),
    [
        ("done", {"reason": "Cleared"}, ("post", "completion", {"outcome": "Cleared"})),
        ("cancelled", {"reason": "Twice"}, ("post", "cancellation", {"reason": "Twice"})),
        ("holder", {"holder": "Giorgos"}, ("put", "holder", {"holder": "Giorgos"})),
    ],
)
def test_both_ways_leave_the_same(app, api_of, cast, pair, act, said, one, holder):
    alone, among = pair("Branches", cast.people[holder] if holder else None)
    nikos = api_of("Nikos")
    fill = lambda body: {name: cast.people.get(value, value) for name, value in body.items()}  # noqa: E731
    verb, noun, body = one
    assert getattr(nikos, verb)(f"/api/v1/work-items/{alone}/{noun}", json=fill(body)).status_code in (200, 201)
    told = nikos.post(BULK, json={"items": [among], "act": act, **fill(said)}).json
    assert told["changed"] == [among]
    assert left(app, among) == left(app, alone)
    undo = nikos.delete(f"{BULK}/{told['id']}")
    assert undo.status_code < 300, undo.text
    assert nikos.get(f"/api/v1/work-items/{among}").json["state"] in ("new", "active")


def test_what_is_on_offer_or_whose_clock_stands_still_goes_one_by_one_with_the_rest(app, api_of, cast, actor_of):
    with app.app_context():
        eleni = actor_of("Eleni")
        offered, stopped, plain = (make(eleni, cast.PARKS, cast.Eleni) for _each in range(3))
        offer(eleni, offered, Offer(to=cast.LEGAL))
        ask(eleni, stopped, Ask(of=cast.forestry, what="The map", stops_clock=True))
    told = api_of("Eleni").post(BULK, json={"items": [offered, stopped, plain], "act": "done"}).json
    assert told["changed"] == [offered, stopped, plain]
    kinds = [kind for kind, _payload in left(app, stopped)["facts"]]
    assert kinds[-2:] == ["clock-resumed", "item-completed"]
    assert [kind for kind, _payload in left(app, offered)["facts"]][-2:] == ["handover-withdrawn", "item-completed"]


def test_many_cost_little_more_statements_than_one(app, api_of, cast, actor_of, queries):
    with app.app_context():
        eleni = actor_of("Eleni")
        many = [make(eleni, cast.PARKS, cast.Eleni) for _each in range(60)]
    client = api_of("Eleni")
    with queries() as sent:
        assert len(client.post(BULK, json={"items": many, "act": "done"}).json["changed"]) == 60
    assert len(sent) < 40
