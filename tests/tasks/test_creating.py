"""Who creates where, and who has the ball first."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import Forbidden, Invalid
from collab.core.facts import FactRow
from collab.people.models import Outsider, Party
from collab.tasks.commands import create_pending_item, create_task
from collab.tasks.forms import NewPendingItem, NewTask
from collab.tasks.models import PendingItem
from collab.tasks.policy import gives_at_once, may_create, may_create_in
from collab.work.models import Handover, Wait, WorkItem

NOVEMBER = datetime(2026, 11, 3, 8, tzinfo=UTC)


@pytest.fixture
def within(app):
    with app.app_context():
        yield


def make(actor, command=create_task, form=NewTask, **entered):
    made = command(actor, form(title="Fallen branches", **entered))
    return db.session.get_one(WorkItem, made["id"])


WHO_CREATES_IN = {
    # who: units in which they create
    "Eleni": {"PARKS"},
    "Nikos": {"PARKS"},
    "Maria": {"ROADS"},
    "Yannis": {"TECH", "PARKS", "ROADS"},
    "Anna": {"CITY", "TECH", "PARKS", "ROADS", "ADMIN", "LEGAL", "FINANCE"},
    "Kostas": {"ADMIN"},
    "Reza": set(),
    "Shirin": {"ADMIN"},
    "Leila": {"FINANCE"},
}


@pytest.mark.usefixtures("within")
def test_people_create_in_units_they_belong_to_or_head_and_auditors_nowhere(actor_of, cast):
    for name, allowed in WHO_CREATES_IN.items():
        actor = actor_of(name)
        creates = {code for code, unit in cast.units.items() if may_create(actor, None) and may_create_in(actor, unit)}
        assert creates == allowed, name


def test_without_a_unit_nobody_creates():
    assert not may_create(Actor(person_id=9), None)


@pytest.mark.parametrize(
    ("holder", "desk", "at_once"),
    [
        (None, 1, True),  # the tray of the own unit
        (7, 1, True),  # oneself
        (1, 1, True),  # the own unit
        (8, 1, False),  # a colleague: the head assigns, others offer
        (8, 2, True),  # somebody in a unit one heads
        (2, 2, True),  # that unit
        (9, 3, False),  # somebody elsewhere
        (3, 3, False),  # a unit elsewhere
    ],
)
def test_what_is_given_at_once_and_what_is_offered(holder, desk, at_once):
    actor = Actor(
        person_id=7, units=frozenset({1}), headed=frozenset({2}), reach=frozenset({1, 2}), parties=frozenset({7, 1, 2})
    )
    assert gives_at_once(actor, holder, desk) is at_once


@pytest.mark.usefixtures("within")
def test_without_a_holder_it_lies_in_the_tray(actor_of, cast):
    item = make(actor_of("Eleni"), unit=cast.PARKS)
    assert (item.reference, item.holder_id, item.desk_unit_id) == ("PARKS-1", None, cast.PARKS)
    wait = db.session.scalars(select(Wait).where(Wait.item_id == item.id)).one()
    assert (wait.sense, wait.of_id, wait.tray_unit_id) == ("task", cast.PARKS, cast.PARKS)


@pytest.mark.usefixtures("within")
def test_a_head_gives_at_once_within_the_unit(actor_of, cast):
    item = make(actor_of("Nikos"), unit=cast.PARKS, holder=cast.Eleni)
    assert item.holder_id == cast.Eleni
    assert db.session.scalar(select(func.count(Handover.id))) == 0


@pytest.mark.usefixtures("within")
@pytest.mark.parametrize("holder", ["LEGAL", "Dimitra", "Nikos"])
def test_others_are_offered_it_and_the_creator_stays_responsible(actor_of, cast, holder):
    item = make(actor_of("Eleni"), unit=cast.PARKS, holder=getattr(cast, holder))
    assert (item.unit_id, item.holder_id) == (cast.PARKS, cast.Eleni)
    offered = db.session.scalars(select(Handover)).one()
    assert (offered.to_id, offered.state) == (getattr(cast, holder), "offered")


@pytest.mark.usefixtures("within")
def test_a_unit_of_somebody_else_is_refused_with_what_to_do_instead(actor_of, cast):
    with pytest.raises(Invalid) as refused:
        make(actor_of("Eleni"), unit=cast.LEGAL)
    assert "name that unit as holder" in refused.value.fields["unit"][0]
    with pytest.raises(Forbidden):
        make(actor_of("Reza"), unit=cast.FINANCE)
    assert db.session.scalar(select(func.count(WorkItem.id))) == 0


@pytest.mark.usefixtures("within")
def test_nobody_outside_and_nobody_unknown_holds_an_item(actor_of, cast):
    for stranger in (cast.forestry, 999_999):
        with pytest.raises(Invalid) as refused:
            make(actor_of("Eleni"), unit=cast.PARKS, holder=stranger)
        assert set(refused.value.fields) == {"holder"}


@pytest.mark.usefixtures("within")
def test_an_item_for_named_people_is_not_offered_to_a_unit(actor_of, cast):
    with pytest.raises(Invalid) as refused:
        make(actor_of("Eleni"), unit=cast.PARKS, holder=cast.LEGAL, reach="named")
    assert set(refused.value.fields) == {"holder"}
    assert db.session.scalar(select(func.count(WorkItem.id))) == 0


@pytest.mark.usefixtures("within")
def test_the_deadline_follows_from_the_protocol_date(actor_of, cast, at):
    at(NOVEMBER)
    item = make(
        actor_of("Eleni"), create_pending_item, NewPendingItem, unit=cast.PARKS, holder=cast.Eleni,
        protocol_number="2026/11873", protocol_on=date(2026, 11, 3), allowed=50,
        legal_basis="ν. 2690/1999, άρθρο 4",
    )  # fmt: skip
    assert item.due_on == date(2026, 12, 23)
    assert db.session.scalar(select(Wait.until).where(Wait.item_id == item.id)) == date(2026, 12, 23)
    why = db.session.scalars(select(FactRow).where(FactRow.kind == "deadline-reckoned")).one()
    assert why.payload == {
        "due_on": "2026-12-23", "from_on": "2026-11-03", "days": 50, "measure": "days", "cause": "entered",
    }  # fmt: skip


@pytest.mark.usefixtures("within")
def test_a_due_date_that_was_entered_outweighs_the_statute(actor_of, cast):
    item = make(
        actor_of("Eleni"), create_pending_item, NewPendingItem, unit=cast.PARKS, due_on=date(2026, 12, 1),
        protocol_on=date(2026, 11, 3), allowed=50,
    )  # fmt: skip
    assert item.due_on == date(2026, 12, 1)
    assert not db.session.scalar(select(func.count(FactRow.id)).where(FactRow.kind == "deadline-reckoned"))


@pytest.mark.usefixtures("within")
@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"protocol_on": date(1950, 1, 2), "allowed": 50}, "allowed"),
        ({"protocol_on": date(2026, 11, 3), "allowed": 3650}, "allowed"),
        ({"protocol_on": date(2027, 1, 4), "allowed": 5}, "protocol_on"),
        ({"protocol_on": date(2026, 11, 3), "allowed": 5, "start_on": date(2026, 12, 1)}, "due_on"),
        ({"counterpart": 999_999}, "counterpart"),
    ],
)
def test_a_deadline_that_cannot_be_is_refused_at_its_field(actor_of, cast, entered, field):
    with pytest.raises(Invalid) as refused:
        make(actor_of("Eleni"), create_pending_item, NewPendingItem, unit=cast.PARKS, **entered)
    assert set(refused.value.fields) == {field}
    assert db.session.scalar(select(func.count(WorkItem.id))) == 0


@pytest.mark.usefixtures("within")
def test_a_counterpart_is_found_by_name_whatever_the_spelling_or_written_down(actor_of, cast):
    eleni, found = actor_of("Eleni"), []
    for name in ("forestry OFFICE", "Δασαρχείο Θεσσαλονίκης", "δασαρχειο θεσσαλονικης"):
        item = make(eleni, create_pending_item, NewPendingItem, unit=cast.PARKS, counterpart_name=name)
        found.append(db.session.get_one(PendingItem, item.id).counterpart_id)
    assert found[0] == cast.forestry
    assert found[1] == found[2] != cast.forestry
    assert db.session.get_one(Party, found[1]).label == "Δασαρχείο Θεσσαλονίκης"
    assert db.session.scalar(select(func.count(Outsider.id))) == 2
