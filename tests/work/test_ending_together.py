"""Many items finished, given up or given in a few statements leave behind what one by one leaves."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from collab.core.db import db
from collab.work.commands import ask, ask_to_acknowledge, escalate, offer
from collab.work.forms import Ask, AskToRead, Escalate, Offer
from collab.work.sweeps import sweep_waits
from tests.work.making import day, make

BULK = "/api/v1/work-items/bulk-edits"
LEFT = {
    "item": "select state_kind, version, holder_id, desk_unit_id, closed_at is null from work_item where id = :id",
    "waits": "select sense, of_id, tray_unit_id, until, case when sense = 'task' then next_action_at end, ended_how, "
             "ended_by from wait where item_id = :id order by id",
    "intervals": "select holder_id, unit_id, state_kind, stopped, to_at is null from interval "
                 "where item_id = :id order by id",
    "parts": "select party_id, role, until is null from participant where item_id = :id order by party_id, role",
    "offers": "select state, decided_by from handover where item_id = :id order by id",
    "facts": "select kind, payload - 'waits' - 'wait' - 'handover' - 'offer', payload->'offer' <> 'null' from facts "
             "where subject_kind = 'work-item' and subject_id = :id order by id",
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


STANDS = {
    "a question that stops the clock": lambda cast, who, id_: ask(
        who, id_, Ask(of=cast.forestry, what="The map", stops_clock=True)
    ),
    "a day that stops the clock": lambda cast, who, id_: ask(
        who, id_, Ask(what="a day", until=day(30), stops_clock=True)
    ),
    "a day": lambda cast, who, id_: ask(who, id_, Ask(what="a day", until=day(30))),
    "sent up by hand": lambda cast, who, id_: escalate(
        who, ask(who, id_, Ask(what="a day", until=day(30))), Escalate(reason="It will not wait.")
    ),
    "gone up by itself": lambda cast, who, id_: ask(who, id_, Ask(of=cast.Petros, what="May we?", until=day(24))),
    "on offer": lambda cast, who, id_: offer(who, id_, Offer(to=cast.LEGAL)),
    "to be read": lambda cast, who, id_: ask_to_acknowledge(who, id_, AskToRead(parties=[cast.PARKS], what="Read it")),
}


@pytest.mark.parametrize("reach", ["unit", "named"])
@pytest.mark.parametrize("act", ["done", "cancelled", "holder"])
def test_both_ways_leave_the_same_of_whatever_stood_on_it(app, api_of, cast, actor_of, at, act, reach):
    """Whatever was asked, stopped the clock, was offered or went up: nothing of it stays in the one way alone."""
    stands = {what: do for what, do in STANDS.items() if reach == "unit" or what not in ("sent up by hand", "on offer")}
    at(datetime(2026, 11, 23, 8, tzinfo=UTC))
    with app.app_context():
        nikos = actor_of("Nikos")
        pairs = {
            what: [make(nikos, cast.PARKS, cast.Nikos, reach=reach, due_on=day(24)) for _each in range(2)]
            for what in stands
        }
        for what, pair in pairs.items():
            for id_ in pair:
                stands[what](cast, nikos, id_)
    at(datetime(2026, 11, 27, 8, tzinfo=UTC))
    with app.app_context():
        sweep_waits()
    api = api_of("Nikos")
    verb, noun, body, said = {
        "done": (api.post, "completion", {"outcome": "Cleared"}, {"reason": "Cleared"}),
        "cancelled": (api.post, "cancellation", {"reason": "Twice"}, {"reason": "Twice"}),
        "holder": (api.put, "holder", {"holder": cast.Eleni}, {"holder": cast.Eleni}),
    }[act]
    for alone, _among in pairs.values():
        verb(f"/api/v1/work-items/{alone}/{noun}", json=body)
    api.post(BULK, json={"items": [among for _alone, among in pairs.values()], "act": act, **said})
    for what, (alone, among) in pairs.items():
        assert left(app, among) == left(app, alone), what
        if reach == "unit":
            assert left(app, among)["item"][0][4] is (act == "holder"), what


def test_what_is_on_offer_or_whose_clock_stands_still_goes_one_by_one_with_the_rest(app, api_of, cast, actor_of):
    with app.app_context():
        eleni = actor_of("Eleni")
        offered, stopped, plain = (make(eleni, cast.PARKS, cast.Eleni) for _each in range(3))
        offer(eleni, offered, Offer(to=cast.LEGAL))
        ask(eleni, stopped, Ask(of=cast.forestry, what="The map", stops_clock=True))
    told = api_of("Eleni").post(BULK, json={"items": [offered, stopped, plain], "act": "done"}).json
    assert told["changed"] == [offered, stopped, plain]
    kinds = [kind for kind, *_rest in left(app, stopped)["facts"]]
    assert kinds[-2:] == ["clock-resumed", "item-completed"]
    assert [kind for kind, *_rest in left(app, offered)["facts"]][-2:] == ["handover-withdrawn", "item-completed"]


def test_many_cost_little_more_statements_than_one(app, api_of, cast, actor_of, queries):
    with app.app_context():
        eleni = actor_of("Eleni")
        many = [make(eleni, cast.PARKS, cast.Eleni) for _each in range(60)]
    client = api_of("Eleni")
    with queries() as sent:
        assert len(client.post(BULK, json={"items": many, "act": "done"}).json["changed"]) == 60
    assert len(sent) < 40
