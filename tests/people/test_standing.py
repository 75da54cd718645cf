"""Rights from memberships, as truth tables; and one query a request."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db, writing
from collab.people.models import Absence, Membership
from collab.people.organisation.members import touch_people
from collab.people.recognise import _actors, cookie_name, person_as_actor, recognise, still_seated
from collab.people.standing import Remembered, Stamp
from tests.cast import Cast

CHAIN = {
    "Eleni": ("PARKS", ()),
    "Nikos": ("PARKS", ("PARKS",)),
    "Babis": ("PARKS", ("PARKS",)),
    "Yannis": ("TECH", ("TECH", "PARKS", "ROADS")),
    "Anna": ("CITY", ("CITY", "TECH", "PARKS", "ROADS", "ADMIN", "LEGAL", "FINANCE")),
    "Kostas": ("ADMIN", ()),
    "Leila": ("FINANCE", ()),
}


def units(cast: Cast, *codes: str) -> frozenset[int]:
    return frozenset(cast.units[code] for code in codes)


def test_heads_and_deputies_reach_their_unit_and_all_below(
    app: Flask, cast: Cast, actor_of: Callable[[str], Actor]
) -> None:
    with app.app_context():
        actors = {name: actor_of(name) for name in CHAIN}
    for name, actor in actors.items():
        check_reach(cast, actor, *CHAIN[name])


def check_reach(cast: Cast, actor: Actor, unit: str, headed: tuple[str, ...]) -> None:
    assert actor.units == units(cast, unit)
    assert actor.headed == units(cast, *headed)
    assert actor.reach == units(cast, unit, *headed)
    assert actor.parties >= actor.reach | {actor.person_id}
    assert (cast.head_posts[unit] in actor.parties) == bool(headed)
    assert set(actor.rooms) >= {f"person:{actor.person_id}", f"unit:{cast.units[unit]}", "all"}
    assert (f"below:{cast.units[unit]}" in actor.rooms) == bool(headed)


def _away(person: int, substitute: int, first: date, last: date) -> None:
    with writing() as session:
        session.execute(
            insert(Absence), [{"person_id": person, "substitute_id": substitute, "first_day": first, "last_day": last}]
        )
        touch_people(session, [person, substitute])


@pytest.mark.parametrize(("first", "last", "stands_in"), [(0, 0, True), (-3, 3, True), (1, 5, False), (-5, -1, False)])
def test_a_substitute_reaches_what_the_absent_one_reaches_while_it_lasts(
    app: Flask, cast: Cast, first: int, last: int, stands_in: bool
) -> None:
    with app.app_context():
        today = clock.today("Europe/Athens")
        before = person_as_actor(cast.Dimitra)
        _away(cast.Nikos, cast.Dimitra, today + timedelta(days=first), today + timedelta(days=last))
        actor = person_as_actor(cast.Dimitra)
    assert actor is not None
    assert before is not None
    assert (cast.PARKS in actor.reach) == stands_in
    assert (cast.PARKS in actor.headed) == stands_in
    assert (cast.head_posts["PARKS"] in actor.parties) == stands_in
    assert (cast.Nikos in actor.substitutes) == stands_in
    assert actor.named_parties == before.named_parties
    assert actor.units == before.units


def test_a_membership_of_the_future_opens_nothing_until_its_day(
    app: Flask, cast: Cast, at: Callable[[datetime], None]
) -> None:
    at(datetime(2026, 11, 20, 12, tzinfo=UTC))
    with app.app_context():
        with writing() as session:
            begins = {"person_id": cast.Maria, "unit_id": cast.LEGAL, "kind": "head", "valid_from": date(2026, 11, 23)}
            session.execute(insert(Membership), [begins])
        today = person_as_actor(cast.Maria)
        at(datetime(2026, 11, 22, 22, 30, tzinfo=UTC))  # past midnight in Athens
        on_the_day = person_as_actor(cast.Maria)
    assert today is not None
    assert cast.LEGAL not in today.reach
    assert on_the_day is not None
    assert cast.LEGAL in on_the_day.headed


def test_a_request_costs_one_query_once_the_actor_is_known(
    app: Flask, client_of: Callable[[str], Any], queries: Callable[[], Any]
) -> None:
    client = client_of("Anna")
    secret = client.get_cookie(cookie_name(app)).value
    with app.app_context(), app.test_request_context(headers={"Cookie": f"{cookie_name(app)}={secret}"}):
        with queries() as first:
            assert recognise(request) is not None
        with queries() as again:
            assert recognise(request) is not None
    assert len(first) == 3
    assert len(again) == 1


def test_many_are_asked_about_at_once(
    app: Flask, cast: Cast, client_of: Callable[[str], Any], queries: Callable[[], Any]
) -> None:
    seated = []
    for name in cast.people:
        client = client_of(name)
        seated.append(Actor(person_id=client.person, session_id=client.session_id))
    strangers = [Actor(person_id=cast.Eleni, session_id=10**9), Actor(person_id=cast.Eleni, token_id=10**9)]
    with app.app_context(), queries() as sent:
        found = still_seated([*seated, *strangers])
    assert [actor and actor.person_id for actor in found] == [*(actor.person_id for actor in seated), None, None]
    assert len(sent) == 3


def test_what_is_remembered_is_bounded_and_forgotten_when_rights_change() -> None:
    kept = Remembered(most=2)
    stamp = Stamp(1, 1, date(2026, 1, 1))
    for person in (1, 2, 3):
        kept.put(person, stamp, Actor(person_id=person))
    assert kept.get(1, stamp) is None
    assert kept.get(3, stamp) == Actor(person_id=3)
    assert kept.get(3, stamp._replace(access_version=2)) is None
    assert kept.get(3, stamp._replace(tree_version=2)) is None
    assert kept.get(3, stamp._replace(day=date(2026, 1, 2))) is None


def test_nobody_is_computed_without_being_asked_for(app: Flask) -> None:
    with app.app_context():
        assert _actors([]) == {}
        assert person_as_actor(10**12) is None
        db.session.remove()
