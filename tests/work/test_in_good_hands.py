"""Who may give whose work away, and that nothing given is lost on the way."""

from datetime import timedelta

from sqlalchemy import insert, select, text

from collab.core import clock
from collab.core.dates import local_day
from collab.core.db import db, writing
from collab.core.facts import FactRow
from collab.core.i18n import gettext, speaking
from collab.people.models import Absence
from collab.people.organisation.members import touch_people
from collab.work.commands import ask
from collab.work.forms import Ask
from collab.work.models import Participant, Wait, WorkItem
from tests.work.making import make

V1 = "/api/v1"
LEFT_ALONE = "They belong to another unit now. You hand over what was left lying in yours, nothing else."


def put(app, statement, **values):
    """Change something in the database that no verb would change in a test."""
    with app.app_context(), writing() as session:
        session.execute(text(statement), values)


def test_who_headed_somebody_once_hands_over_what_was_left_with_them_and_nothing_else(
    app, cast, api_of, client_of, actor_of
):
    """Thanos went from PARKS, which Nikos heads, to FINANCE."""
    with app.app_context():
        left = make(actor_of("Thanos"), cast.PARKS, cast.Nikos, title="Old lamp")
        budget = make(actor_of("Anna"), cast.FINANCE, cast.Katerina, title="Budget", reach="all")
    put(app, "update work_item set holder_id = :who where id = :item", who=cast.Thanos, item=left)
    assert (
        api_of("Katerina")
        .post(f"{V1}/work-items/{budget}/waits", json={"what": "How much?", "of": cast.Thanos})
        .status_code
        == 201
    )
    assert api_of("Thanos").post(f"{V1}/work-items/{budget}/watchers").status_code == 200
    nikos = api_of("Nikos")
    desk = nikos.get(f"{V1}/people/{cast.Thanos}/desk").json
    assert [line["line"] for line in desk["lines"]] == [f"item-{left}"]
    with speaking("el"):
        theirs_no_more = gettext(LEFT_ALONE)
    assert theirs_no_more in client_of("Nikos").get(f"/people/{cast.Thanos}/desk").text
    hand = f"{V1}/people/{cast.Thanos}/desk-handovers"
    typed = {"kind": "transfer", "into": cast.FINANCE, "to": cast.Eleni, "last_day": "2026-11-30"}
    review = client_of("Nikos").post(f"/people/{cast.Thanos}/desk-handovers", data=typed).text
    assert ("Old lamp" in review, "Budget" in review) == (True, False), "what is shown is what moves"
    assert nikos.post(hand, json={"kind": "leaving", "to": cast.Eleni}).status_code == 422
    assert nikos.post(hand, json={"kind": "transfer", "into": cast.FINANCE, "to": cast.Eleni}).status_code == 201
    with app.app_context():
        assert db.session.get(WorkItem, left).holder_id == cast.Eleni
        asked = select(Wait.of_id).where(Wait.item_id == budget, Wait.sense == "answer", Wait.ended_at.is_(None))
        assert db.session.scalars(asked).all() == [cast.Thanos]
        follows = select(Participant.until).where(Participant.party_id == cast.Thanos, Participant.role == "watcher")
        assert db.session.scalars(follows).all() == [None]


def test_on_whose_behalf_is_said_of_each_thing_done_and_not_of_all(app, cast, api_of, actor_of):
    """Eleni stands in for Maria, and finishes one of her own and one of Maria's at once."""
    day = clock.now().date()
    with app.app_context():
        with writing() as session:
            around = {"first_day": day - timedelta(days=1), "last_day": day + timedelta(days=5)}
            session.execute(insert(Absence).values(person_id=cast.Maria, substitute_id=cast.Eleni, **around))
            touch_people(session, [cast.Maria, cast.Eleni])
        hers = make(actor_of("Anna"), cast.ROADS, cast.Maria, title="hers")
        own = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="own")
    done = api_of("Eleni").post(f"{V1}/work-items/bulk-edits", json={"items": [hers, own], "act": "done"})
    assert done.json["changed"] == [hers, own]
    with app.app_context():
        facts = select(FactRow.kind, FactRow.subject_id, FactRow.on_behalf_of)
        found = db.session.execute(facts.where(FactRow.kind.in_(("item-completed", "items-edited")))).all()
    assert set(found) == {
        ("item-completed", hers, cast.Maria), ("item-completed", own, None), ("items-edited", 1, None),
    }  # fmt: skip


def test_what_a_substitute_does_is_told_as_done_on_behalf_of_the_absent(app, cast, api_of, client_of, actor_of):
    """In the history of the item, for whoever reads it; what they do in a right of their own is told as theirs."""
    day = local_day(clock.now(), "Europe/Athens")
    with app.app_context():
        hers = make(actor_of("Petros"), cast.ROADS, cast.Maria, title="hers")
        wait = ask(actor_of("Petros"), hers, Ask(of=cast.Maria, what="How many?"))
    absent = {"first_day": day.isoformat(), "last_day": day.isoformat(), "substitute_id": cast.Eleni}
    assert api_of("Maria").post(f"{V1}/people/{cast.Maria}/absences", json=absent).status_code == 201
    eleni = api_of("Eleni")
    assert eleni.post(f"{V1}/waits/{wait}/answer", json={"text": "Five"}).status_code == 201
    assert eleni.post(f"{V1}/work-items/{hers}/completion", json={}).status_code == 200
    lines = api_of("Petros").get(f"{V1}/work-items/{hers}/history").json["items"]
    done = [one["sentence"] for one in lines if one["kind"] in ("item-completed", "wait-answered")]
    assert len(done) == 2, [one["kind"] for one in lines]
    for sentence in done:
        assert "Eleni Markou" in sentence
        assert "Maria Lekka" in sentence


def test_what_is_for_named_people_is_accepted_by_a_person_and_no_tray_swallows_it(app, cast, api_of, actor_of):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="secret", reach="named")
    eleni, maria = api_of("Eleni"), api_of("Maria")
    offer = eleni.post(f"{V1}/work-items/{item}/handovers", json={"to": cast.Maria}).json["id"]
    for nobody in (cast.ROADS, cast.head_posts["ROADS"]):
        assert maria.post(f"{V1}/handovers/{offer}/acceptance", json={"holder": nobody}).status_code == 422
    assert maria.post(f"{V1}/handovers/{offer}/acceptance", json={}).json["holder"]["id"] == cast.Maria
    asked = maria.post(f"{V1}/work-items/{item}/waits", json={"what": "Well?", "of": cast.LEGAL})
    assert asked.status_code == 422


def test_an_act_that_ends_ones_sight_of_an_item_is_said_to_be_done(app, cast, api_of, actor_of):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="secret", reach="named")
    maria = api_of("Maria")
    made = api_of("Eleni").post(f"{V1}/work-items/{item}/handovers", json={"to": cast.Maria})
    answer = maria.post(f"{V1}/handovers/{made.json['id']}/return", json={"reason": "Not mine"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert maria.get(f"{V1}/work-items/{item}").status_code == 404


def test_an_item_is_not_narrowed_while_a_unit_is_asked_that_would_see_it_no_more(app, cast, api_of, actor_of):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    eleni, sofia = api_of("Eleni"), api_of("Sofia")
    question = {"what": "May we?", "of": cast.LEGAL, "stops_clock": True}
    wait = eleni.post(f"{V1}/work-items/{item}/waits", json=question).json["id"]
    refused = eleni.patch(f"{V1}/work-items/{item}", json={"reach": "named"})
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json["errors"]] == ["reach"]
    assert sofia.post(f"{V1}/waits/{wait}/answer", json={"text": "You may"}).status_code == 201
    assert eleni.patch(f"{V1}/work-items/{item}", json={"reach": "named"}).json["reach"] == "named"


def test_nothing_is_expected_of_those_who_are_gone(app, cast, api_of, actor_of):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    post = cast.head_posts["ROADS"]
    put(app, "update person set active = false where id = :one", one=cast.Leila)
    put(app, "update unit set valid_to = '2025-01-01' where id = :one", one=cast.LEGAL)
    put(app, "update post set valid_to = '2025-01-01' where id = :one", one=post)
    for gone in (cast.Leila, cast.LEGAL, post):
        asked = api_of("Eleni").post(f"{V1}/work-items/{item}/waits", json={"what": "Well?", "of": gone})
        assert (asked.status_code, asked.json["errors"][0]["field"]) == (422, "of")
        assert api_of("Yannis").put(f"{V1}/work-items/{item}/holder", json={"holder": gone}).status_code == 422
    with app.app_context():
        assert db.session.get(WorkItem, item).holder_id == cast.Eleni


def returned_three_times(cast, api_of, item):
    for _turn in range(3):
        made = api_of("Eleni").post(f"{V1}/work-items/{item}/handovers", json={"to": cast.ROADS}).json["id"]
        assert api_of("Petros").post(f"{V1}/handovers/{made}/return", json={"reason": "No"}).status_code == 200


def disputes(app):
    with app.app_context():
        found = select(Wait.of_id, Wait.ended_at.is_(None)).where(Wait.sense == "approval").order_by(Wait.id)
        return [tuple(row) for row in db.session.execute(found)]


def test_a_superiors_decision_ends_the_question_to_decide_and_undoing_it_asks_again(app, cast, api_of, actor_of):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    yannis, post = api_of("Yannis"), cast.head_posts["TECH"]
    returned_three_times(cast, api_of, item)
    assert disputes(app) == [(post, True)]
    assert yannis.put(f"{V1}/work-items/{item}/holder", json={"holder": cast.Maria}).status_code == 200
    assert disputes(app) == [(post, False)]
    with app.app_context():
        act = db.session.scalar(select(FactRow.id).where(FactRow.kind == "item-assigned"))
    assert yannis.post(f"{V1}/facts/{act}/undo").status_code < 300
    assert disputes(app) == [(post, True)]


def test_where_nobody_heads_both_the_next_one_above_decides(app, cast, api_of, actor_of):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    put(app, "update membership set valid_to = '2026-01-01' where person_id = :one", one=cast.Yannis)
    returned_three_times(cast, api_of, item)
    assert disputes(app) == [(cast.head_posts["CITY"], True)]


def test_an_offer_to_a_unit_closed_meanwhile_stays_taken_back_when_the_end_is_undone(app, cast, api_of, actor_of):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    eleni = api_of("Eleni")
    offer = eleni.post(f"{V1}/work-items/{item}/handovers", json={"to": cast.LEGAL}).json["id"]
    assert eleni.post(f"{V1}/work-items/{item}/completion", json={}).status_code == 200
    put(app, "update unit set valid_to = '2026-01-01' where id = :one", one=cast.LEGAL)
    with app.app_context():
        act = db.session.scalar(select(FactRow.id).where(FactRow.kind == "item-completed"))
    assert eleni.post(f"{V1}/facts/{act}/undo").status_code < 300
    assert eleni.get(f"{V1}/work-items/{item}").json["state"] == "new"
    assert eleni.get(f"{V1}/handovers/{offer}").json["state"] == "withdrawn"
