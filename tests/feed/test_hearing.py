"""Who hears of what: those it concerns, never whoever did it, never somebody who may not see it; each fact once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from collab.core.db import db, writing
from collab.core.envelope import envelope
from collab.core.facts import FactRow, FactText, revive
from collab.core.reactions import Told
from collab.feed import reactions
from collab.feed.hearing import HEARD
from collab.feed.models import Notification
from collab.messaging.commands import edit as change_message
from collab.messaging.forms import Edit
from collab.people.models import Absence
from collab.work import commands as work
from collab.work import events
from collab.work.forms import Ask, Assign, Cancel, Complete, EditItem, Offer, Return
from tests.work.making import make


def reasons(inbox, name, item):
    line = inbox(name).get(item)
    return sorted(line["reasons"]) if line else []


def test_whoever_is_given_an_item_hears_and_whoever_gave_it_does_not(item, inbox, tell):
    tell()
    assert reasons(inbox, "Eleni", item) == ["assigned"]
    assert reasons(inbox, "Nikos", item) == []


def test_one_line_per_item_gathers_reasons_and_counts(item, write, cast, inbox, tell):
    write("Nikos", item, "Please look")
    write("Nikos", item, f"@[Eleni](party:{cast.Eleni}) today if you can")
    tell()
    assert reasons(inbox, "Eleni", item) == ["assigned", "mentioned", "said"]
    assert inbox("Eleni")[item]["count"] == 3


def test_after_reading_the_count_begins_anew(item, write, inbox, api_of, tell):
    tell()
    line = inbox("Eleni")[item]
    api_of("Eleni").patch(f"/api/v1/notifications/{line['id']}", json={"read": True})
    write("Nikos", item, "Please look")
    tell()
    line = inbox("Eleni")[item]
    assert (line["reasons"], line["count"], line["read"]) == (["said"], 1, False)


def test_somebody_elsewhere_who_is_called_takes_part_and_hears(item, write, cast, inbox, tell):
    write("Eleni", item, f"@[Maria](party:{cast.Maria}) can Roads help?")
    tell()
    assert reasons(inbox, "Maria", item) == ["mentioned"]


def test_calling_a_unit_reaches_its_people_and_calling_a_post_its_holder(item, write, cast, inbox, tell):
    write("Eleni", item, f"@[Legal](party:{cast.LEGAL}) @[Head](party:{cast.head_posts['ROADS']})")
    tell()
    heard = {name: reasons(inbox, name, item) for name in ("Dimitra", "Sofia", "Petros", "Maria")}
    assert heard == {"Dimitra": ["mentioned"], "Sofia": ["mentioned"], "Petros": ["mentioned"], "Maria": []}


def test_nobody_hears_of_an_item_for_named_people_by_being_called(cast, do, write, inbox, tell):
    hidden = do(make, "Nikos", cast.PARKS, cast.Nikos, reach="named")
    write("Nikos", hidden, f"@[Eleni](party:{cast.Eleni}) @[Anna](party:{cast.Anna}) @[Parks](party:{cast.PARKS})")
    tell()
    assert [inbox(name) for name in ("Eleni", "Anna", "Babis")] == [{}, {}, {}]


def test_what_somebody_heard_of_is_out_of_their_inbox_once_they_may_not_see_it(
    item, do, inbox, api_of, client_of, tell
):
    tell()
    line = inbox("Eleni")[item]
    assert line["subject"]["title"] == "Fallen branches"
    do(work.edit, "Nikos", item, EditItem(title="A complaint about Eleni", reach="named"))
    do(work.assign, "Nikos", item, Assign(holder=api_of("Nikos").person))
    assert inbox("Eleni") == {}
    assert api_of("Eleni").get(f"/api/v1/notifications/{line['id']}").status_code == 404
    assert client_of("Eleni").get(f"/notifications/{line['id']}").status_code == 404
    page = client_of("Eleni").get("/inbox").text
    assert "complaint" not in page
    assert 'class="count count-new"' not in page


def test_the_whole_way_of_a_handover_is_heard_by_whom_it_concerns(item, do, cast, inbox, tell):
    offer = do(work.offer, "Eleni", item, Offer(to=cast.LEGAL, note="Yours"))
    tell()
    assert reasons(inbox, "Sofia", item) == ["offered"]
    assert reasons(inbox, "Dimitra", item) == []  # the tray is its head's until somebody takes it
    do(work.return_, "Sofia", offer, Return(reason="Not ours"))
    tell()
    assert "returned" in reasons(inbox, "Eleni", item)
    from collab.work.forms import Accept

    offer = do(work.offer, "Eleni", item, Offer(to=cast.Dimitra, note="Yours"))
    do(work.accept, "Dimitra", offer, Accept())
    tell()
    assert "accepted" in reasons(inbox, "Eleni", item)
    assert "offered" in reasons(inbox, "Dimitra", item)


def test_asking_answering_reminding_and_withdrawing_are_heard(item, do, cast, inbox, tell):
    first = do(work.ask, "Eleni", item, Ask(of=cast.Maria, what="Is the road closed?"))
    do(work.nudge, "Eleni", first)
    tell()
    assert reasons(inbox, "Maria", item) == ["asked", "nudged"]
    do(work.answer, "Maria", first)
    second = do(work.ask, "Eleni", item, Ask(of=cast.Maria, what="And tomorrow?"))
    do(work.withdraw, "Eleni", second)
    tell()
    assert "answered" in reasons(inbox, "Eleni", item)
    assert "withdrawn" in reasons(inbox, "Maria", item)


def test_finishing_cancelling_and_reopening_reach_everybody_with_an_interest(item, do, inbox, tell):
    do(work.watch, "Babis", item)
    do(work.complete, "Eleni", item, Complete())
    tell()
    assert [reasons(inbox, name, item) for name in ("Nikos", "Babis")] == [["completed"], ["completed"]]
    do(work.reopen, "Eleni", item)
    do(work.cancel, "Eleni", item, Cancel(reason="Done by others"))
    tell()
    assert reasons(inbox, "Babis", item) == ["cancelled", "completed", "reopened"]


def test_a_muted_talk_is_silent_unless_one_is_called(app, item, write, cast, inbox, tell):
    from collab.core.db import writing
    from collab.messaging.models import ReadState

    sent = write("Eleni", item, "Hello")
    with app.app_context(), writing() as session:
        session.add(
            ReadState(conversation_id=sent["conversation"], person_id=cast.Nikos, read_seq=0, hears="muted", at=MUTED)
        )
    write("Eleni", item, "Hello again")
    tell()
    assert reasons(inbox, "Nikos", item) == []
    write("Eleni", item, f"@[Nikos](party:{cast.Nikos})")
    tell()
    assert reasons(inbox, "Nikos", item) == ["mentioned"]


EVENTS = "collab.work.events"
MUTED = datetime(2026, 11, 1, tzinfo=UTC)


def test_a_change_that_calls_somebody_anew_is_heard_by_them_alone(item, do, write, cast, inbox, tell):
    sent = write("Eleni", item, f"@[Babis](party:{cast.Babis}) look")
    do(change_message, "Eleni", sent["id"], Edit(text=f"@[B](party:{cast.Babis}) @[N](party:{cast.Nikos}) look"))
    tell()
    assert inbox("Babis")[item]["count"] == 1
    assert "mentioned" in reasons(inbox, "Nikos", item)


def test_whoever_a_message_called_once_is_not_called_again_by_taking_the_call_back_and_renewing_it(
    item, do, write, cast, inbox, tell
):
    babis, nikos = f"@[Babis](party:{cast.Babis})", f"@[Nikos](party:{cast.Nikos})"
    sent = write("Eleni", item, f"{babis} look")
    for words in ("look", f"{babis} look", f"{nikos} look", f"{babis} {nikos} look", "look", f"{babis} {nikos}"):
        do(change_message, "Eleni", sent["id"], Edit(text=words))
    tell()
    assert inbox("Babis")[item]["count"] == 1
    assert reasons(inbox, "Nikos", item).count("mentioned") == 1
    assert inbox("Nikos")[item]["count"] == 2, "what was said, and one call"


def test_changes_call_no_more_people_than_a_message_may(item, do, write, cast, monkeypatch):
    from collab.core.errors import Invalid
    from collab.messaging import mentions

    monkeypatch.setattr(mentions, "MOST_CALLED", 2)
    three = [f"@[{name}](party:{getattr(cast, name)})" for name in ("Babis", "Nikos", "Maria")]
    sent = write("Eleni", item, three[0])
    do(change_message, "Eleni", sent["id"], Edit(text=three[1]))
    with pytest.raises(Invalid):
        do(change_message, "Eleni", sent["id"], Edit(text=three[2]))


def test_those_who_left_hear_nothing(app, item, write, cast, tell):
    from collab.core.db import writing
    from collab.people.models import Person

    with app.app_context(), writing() as session:
        session.get_one(Person, cast.Nikos).active = False
    write("Eleni", item, f"@[Nikos](party:{cast.Nikos}) @[Head](party:{cast.head_posts['PARKS']})")
    tell()
    with app.app_context():
        assert cast.Nikos not in db.session.scalars(select(Notification.person_id)).all()


def told_facts(app):
    with app.app_context():
        rows = db.session.execute(select(FactRow).order_by(FactRow.id)).scalars().all()
        texts = db.session.execute(select(FactText.fact_id, FactText.name, FactText.text)).all()
        return [
            Told(
                row.id,
                revive(row.kind, row.subject_id, row.payload, {t.name: t.text for t in texts if t.fact_id == row.id}),
                row.at,
                row.actor_id,
                row.on_behalf_of,
            )
            for row in rows
            if row.kind in {fact.kind for fact in HEARD}
        ]


def retell(app, facts):
    from collab.core.actor import SYSTEM

    for told in facts:
        with app.app_context(), envelope(SYSTEM):
            reactions.notify.run(told)


def lines(app):
    with app.app_context():
        rows = db.session.execute(select(Notification).order_by(Notification.person_id)).scalars()
        return [(row.person_id, row.subject_id, sorted(row.reasons), row.count, row.last_fact_id) for row in rows]


@pytest.mark.parametrize("order", ["again", "backwards", "twice over"])
def test_however_often_and_in_whatever_order_facts_are_told_each_counts_once(app, item, do, write, cast, tell, order):
    write("Nikos", item, "One")
    do(work.ask, "Nikos", item, Ask(of=cast.Maria, what="Two?"))
    write("Nikos", item, f"@[E](party:{cast.Eleni}) three")
    facts = told_facts(app)
    assert len(facts) >= 4
    if order == "backwards":
        retell(app, facts[::-1])
        tell()
    else:
        tell()
    once = lines(app)
    assert once
    retell(app, facts)
    if order == "twice over":
        retell(app, facts + facts[::-1])
    assert lines(app) == once


def test_every_fact_of_work_is_either_told_or_left_out_on_purpose():
    silent = {
        "item-edited", "item-kind-changed", "item-watched", "item-unwatched", "item-read-by-auditor", "wait-taken",
        "clock-stopped", "clock-resumed", "handover-disputed", "dispute-settled", "items-imported", "ledger-read",
        "list-read-by-auditor", "answer-arrived", "answer-mailed", "answer-address-opened", "answer-address-closed",
        "escalation-rule-made", "escalation-rule-changed", "escalation-rule-retired",
        "view-saved", "view-changed", "view-deleted", "feed-opened", "feed-closed",
        "file-added", "file-replaced", "file-removed",
        "item-merged-here", "item-parted",
        "item-begun", "items-edited", "person-taken-off", "desk-signed", "desk-closed", "desk-handed-over",
        "item-followed", "expected-followed", "item-split-off", "expected-split-off", "person-transferred",
    }  # fmt: skip
    about_work = {
        fact.kind
        for fact in vars(events).values()
        if isinstance(fact, type) and fact.__module__.startswith(f"{EVENTS}.")
    }
    heard = {fact.kind for fact in HEARD}
    assert about_work - heard == silent


def test_hints_go_to_the_inboxes_only_after_the_commit(app, item, write, cast, tell, monkeypatch):
    from collab.core import realtime

    tell()
    heard = []

    def note(rooms, kind, id_, version=None):
        if kind == "inbox":
            with db.engine.connect() as other:
                rows = (
                    other.execute(select(Notification.count).where(Notification.person_id == cast.Eleni))
                    .scalars()
                    .all()
                )
            heard.append((list(rooms), rows))

    monkeypatch.setattr(realtime, "hint", note)
    write("Nikos", item, "Please look")
    tell()
    assert heard == [([f"self:{cast.Eleni}"], [2])]


def test_an_absent_mind_is_not_reached_by_answers_to_outsiders(item, do, cast, inbox, tell):
    wait = do(work.ask, "Eleni", item, Ask(of=cast.forestry, what="The permit"))
    do(work.answer, "Nikos", wait)
    tell()
    assert reasons(inbox, "Eleni", item)[:1] == ["answered"]


@pytest.fixture
def away(app, cast):
    """Eleni is away this week; Dimitra of another unit stands in for her."""
    with app.app_context(), writing() as session:
        session.add(
            Absence(
                person_id=cast.Eleni, substitute_id=cast.Dimitra, first_day=date(2026, 11, 20),
                last_day=date(2026, 11, 30),
            )
        )  # fmt: skip


def test_whoever_stands_in_hears_what_arrives_for_the_absent_and_for_whom(away, item, inbox, cast, tell, client_of):
    tell()
    line = inbox("Dimitra")[item]
    assert (line["reasons"], line["for"]["id"]) == (["assigned"], cast.Eleni)
    assert inbox("Eleni")[item]["for"] is None
    assert "Eleni Markou" in client_of("Dimitra").get("/inbox").text


def test_nobody_stands_in_for_what_is_for_named_people_only(away, do, cast, inbox, tell):
    item = do(make, "Nikos", cast.PARKS, cast.Eleni, reach="named")
    tell()
    assert reasons(inbox, "Eleni", item) == ["assigned"]
    assert reasons(inbox, "Dimitra", item) == []


def test_whoever_stands_in_does_not_hear_of_their_own_acts(away, item, inbox, write, tell, cast):
    tell()
    write("Dimitra", item, f"@[Eleni](party:{cast.Eleni}) I looked after it")
    tell()
    assert reasons(inbox, "Dimitra", item) == ["assigned"]
    assert reasons(inbox, "Eleni", item) == ["assigned", "mentioned"]
