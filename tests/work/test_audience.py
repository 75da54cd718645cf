"""Who hears of an item: the set statement, the rooms and the rule say the same about everybody."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.people.models import Absence, Membership, Organisation, Person
from collab.people.standing import compute
from collab.work.audience import Sight, interested, readers_among, rooms, rooms_of
from collab.work.models import WorkItem
from collab.work.policy import visible_to
from tests.work.making import make, take_part

EXAMPLES = 200 if os.environ.get("COLLAB_NIGHTLY") else 25
PEOPLE = ("Eleni", "Nikos", "Babis", "Maria", "Petros", "Dimitra", "Sofia", "Yannis", "Anna", "Kostas", "Reza", "Leila")
UNITS = ("CITY", "TECH", "PARKS", "ROADS", "ADMIN", "LEGAL", "FINANCE")
ROLES = ("creator", "holder", "asked", "offered", "watcher", "mentioned", "named")
AGO = date(2020, 1, 1)

parts = st.lists(
    st.tuples(st.sampled_from([*PEOPLE, *UNITS, *(f"head {u}" for u in UNITS)]), st.sampled_from(ROLES), st.booleans()),
    max_size=4,
)
memberships = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE), st.sampled_from(UNITS), st.sampled_from(["head", "deputy", "acting", "member"]),
        st.sampled_from([None, AGO, date(2035, 1, 1)]),
    ),
    max_size=3,
)  # fmt: skip
absences = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.booleans()).filter(lambda a: a[0] != a[1]),
    max_size=3,
)


def rearrange(cast, members, away, leaver):
    """Other memberships, absences and leavers beside the cast's own."""
    today = clock.now().date()
    with writing() as session:
        session.execute(delete(Membership).where(Membership.valid_from == AGO))
        session.execute(delete(Absence))
        for person, unit, kind, until in members:
            post = cast.head_posts[unit] if kind == "head" else None
            session.execute(
                insert(Membership).values(
                    person_id=cast.people[person], unit_id=cast.units[unit], kind=kind, post_id=post,
                    valid_from=AGO, valid_to=until,
                )
            )  # fmt: skip
        for person, substitute, over in away:
            last = today - timedelta(days=1) if over else today + timedelta(days=3)
            session.execute(
                insert(Absence).values(
                    person_id=cast.people[person], substitute_id=cast.people[substitute],
                    first_day=today - timedelta(days=5), last_day=last,
                )
            )  # fmt: skip
        for row in session.scalars(select(Person)):
            row.active = leaver is None or row.id != cast.people[leaver]
        session.scalars(select(Organisation)).one().tree_version += 1


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    reach=st.sampled_from(["unit", "all", "named"]),
    unit=st.sampled_from(UNITS),
    taking=parts,
    members=memberships,
    away=absences,
    leaver=st.sampled_from([None, *PEOPLE]),
)
def test_readers_are_exactly_those_for_whom_the_item_is_visible(app, cast, reach, unit, taking, members, away, leaver):
    with app.app_context():
        rearrange(cast, [], [], None)
        item = make(as_anna(cast), cast.units[unit], reach=reach, holder=cast.people["Anna"])
        now = clock.now()
        for party, role, over in taking:
            id_ = cast.people.get(party) or cast.units.get(party) or cast.head_posts[party.removeprefix("head ")]
            take_part(as_anna(cast), item, id_, role, now, now if over else None)
        rearrange(cast, members, away, leaver)
        everybody = list(cast.people.values())
        actors = compute(db.session(), everybody, now.date())
        active = set(db.session.scalars(select(Person.id).where(Person.active)))
        by_rule = {
            person
            for person, actor in actors.items()
            if person in active
            and db.session.scalar(select(WorkItem.id).where(WorkItem.id == item, visible_to(actor))) is not None
        }
        assert readers_among(db.session(), item, everybody) == by_rule
        # Hints reach every reader but auditors, and nobody else.
        seated = set(rooms_of(db.session(), item))
        reached = {person for person, actor in actors.items() if seated & set(actor.rooms) and person in active}
        assert reached - by_rule == set()
        assert all(actors[person].is_auditor for person in by_rule - reached)
        db.session.remove()


def as_anna(cast):
    """Somebody who may open anything anywhere; what they see themselves does not matter here."""
    from dataclasses import replace

    return replace(SYSTEM, person_id=cast.people["Anna"])


def test_nobody_is_asked_about_nobody(app):
    with app.app_context():
        assert readers_among(db.session(), 1, []) == set()
        assert rooms_of(db.session(), 404) == []


@pytest.mark.parametrize(
    ("sight", "expected"),
    [
        (Sight("all", 5, people=(1,)), ["all"]),
        (Sight("named", 5, above=(5, 2), people=(1, 9), still=(9,), units=(5,)), ["self:9"]),
        (Sight("unit", 5, above=(5, 2)), ["unit:5", "below:5", "below:2"]),
        (
            Sight("unit", 5, above=(5, 2), people=(1,), units=(7,), above_parts=(7, 2), of_posts=(3,)),
            ["unit:5", "unit:7", "below:5", "below:2", "below:7", "person:1", "person:3"],
        ),
    ],
)
def test_rooms_follow_from_reach_and_parts(sight, expected):
    assert rooms(sight) == expected


def test_the_interested_are_people_with_a_part_and_the_heads_of_units_that_are_asked(app, cast, actor_of):
    from collab.work.commands import ask, offer, unwatch, watch
    from collab.work.forms import Ask, Offer

    with app.app_context():
        eleni = actor_of("Eleni")
        item = make(eleni, cast.PARKS, cast.Eleni)
        watch(actor_of("Babis"), item)
        watch(actor_of("Yannis"), item)
        unwatch(actor_of("Yannis"), item)
        ask(eleni, item, Ask(of=cast.head_posts["LEGAL"], what="May we?"))
        offer(eleni, item, Offer(to=cast.ROADS))
        found = interested(db.session(), item)
    assert found == {
        cast.Eleni: {"creator", "holder", "asker"},
        cast.Babis: {"watcher"},
        cast.Sofia: {"asked"},
        cast.Petros: {"offered", "asked"},
    }


def test_rights_are_those_of_the_day_on_which_they_are_asked_for(app, cast, actor_of, at):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        at(datetime(2014, 1, 1, tzinfo=UTC))  # before anybody belonged anywhere
        assert readers_among(db.session(), item, list(cast.people.values())) == {cast.Eleni, cast.Reza}
