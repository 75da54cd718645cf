"""Whoever commands finds what they see, no more and no less, whether the statement was built once or for them alone."""

import gc
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import ARRAY, BigInteger, any_, bindparam, false, literal, select, true

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.envelope import Command, Reach
from collab.core.loading import Built
from collab.core.prepared import AsksAList, Fixed, Prepared, own_parties
from collab.feed.prepared import Prepared as PreparedOfFeed
from collab.people.models import Organisation
from tests.cast import Cast
from tests.clients import Client
from tests.house.scene import ROLES, actor

BUILT_FOR_EACH = {"Conversation joinable", "PersonSkill sees_skill", "Attachment visible_to"}
"""What asks for more than ids: whether somebody is a program, or on what day it is."""


def commands() -> Iterator[Command[Any, Any, Any]]:
    """One command for each table and who sees its rows."""
    found = {}
    for name, module in list(sys.modules.items()):
        if name.startswith("collab."):
            for each in vars(module).values():
                if isinstance(each, Command):
                    found[each.on.model, each.on.visible_to, each.lock] = each
    yield from found.values()


def test_everybody_commands_what_they_see(app: Flask, cast: Cast, scene: dict[str, Any]) -> None:
    shown, for_each = 0, set()
    with app.app_context():
        people = [actor(cast, name) for name in ROLES.values() if name]
        for command in commands():
            model = command.on.model
            ids = db.session.scalars(select(model.id).order_by(model.id).limit(40)).all()
            for who in people:
                if command.thing.compiled(who) is None:
                    for_each.add(f"{model.__name__} {command.on.visible_to.__name__}")
                seen = set(db.session.scalars(select(model.id).where(command.on.visible_to(who))))
                one = Built(model, lambda asking, at=command: at._seen(select(at.on.model), asking))
                for id_ in ids:
                    there = one.one(db.session(), who, id_)
                    assert (there is not None) == (id_ in seen), (command.name, who.name, id_)
                    shown += there is not None
    assert shown > 500
    assert for_each == BUILT_FOR_EACH


def plain(reach: Reach[Any]) -> Built[Any]:
    return Built(reach.model, lambda asking: select(reach.model.id).where(reach.visible_to(asking)))


FOR_ONE_ALONE = pytest.mark.parametrize(
    "criterion",
    [
        lambda asking: literal(asking.bot),
        lambda asking: literal(len(asking.name)),
        lambda asking: literal(date(2026, 11, 26)) == bindparam("thing", type_=BigInteger),
        lambda asking: Organisation.id.in_(asking.units),
        lambda asking: Organisation.id == max(asking.reach),
        lambda asking: literal(7 in asking.units),
        lambda asking: true() if asking.headed else false(),
        lambda asking: true() if asking.person_id != 99 else false(),
        lambda asking: true() if asking.person_id in {99} else false(),
        lambda asking: true() if asking.person_id > 99 else false(),
        lambda asking: Organisation.id == asking.person_id + 100,
        lambda asking: literal(str(asking.person_id)),
        lambda asking: literal(f"{asking.person_id}"),
        lambda asking: literal(",".join(str(each) for each in asking.units)),
        lambda asking: literal(len([each for each in asking.units if each])),
        lambda asking: literal(len(frozenset(asking.units))),
        lambda asking: literal(next(iter(asking.parties))),
        lambda asking: true() if asking.units.isdisjoint({5}) else false(),
        lambda asking: true() if frozenset({5}).isdisjoint(asking.units) else false(),
        lambda asking: true() if asking.units & asking.reach else false(),
        lambda asking: true() if asking.units - {5} else false(),
        lambda asking: true() if asking.reach - asking.units else false(),
        lambda asking: literal(len({5} ^ asking.reach)),
        lambda asking: Organisation.id == any_(bindparam("ids", asking.units, ARRAY(BigInteger))),
    ],
    ids=[
        "a program",
        "a name",
        "a day",
        "a list",
        "made of ids",
        "among ids",
        "whether any",
        "who",
        "whether among others",
        "whether more",
        "counted on",
        "written",
        "written in a text",
        "one by one",
        "counted one by one",
        "another set",
        "the first",
        "none in common",
        "nothing in common",
        "in common",
        "without others",
        "the rest",
        "either",
        "a set",
    ],
)
"""What holds for one alone, or today alone."""


@FOR_ONE_ALONE
def test_what_cannot_be_given_a_name_is_built_for_each(app: Flask, criterion: Any) -> None:
    with app.app_context():
        assert plain(Reach(Organisation, criterion)).compiled(Actor(person_id=7)) is None


@pytest.mark.parametrize(
    "criterion",
    [
        lambda asking: literal(len(asking.units)),
        lambda asking: literal(len(asking.units | asking.reach)),
        lambda asking: true() if asking.units <= asking.reach else false(),
        lambda asking: true() if asking.units == asking.reach else false(),
        lambda asking: true() if asking.units > {5} else false(),
        lambda asking: true() if asking.units.issubset({5}) else false(),
        lambda asking: true() if hash(asking.units) else false(),
    ],
    ids=["how many", "together", "within", "the same", "around", "part", "as a key"],
)
def test_what_depends_on_how_many_there_are_is_refused(app: Flask, criterion: Any) -> None:
    with app.app_context(), pytest.raises((TypeError, AttributeError)):
        plain(Reach(Organisation, criterion)).compiled(Actor(person_id=7))


@pytest.mark.parametrize(
    "criterion",
    [
        lambda asking: Organisation.id == asking.person_id,
        lambda asking: Organisation.id == any_(literal(sorted(asking.units), ARRAY(BigInteger))),
        lambda asking: Organisation.id == any_(literal(sorted(own_parties(asking)), ARRAY(BigInteger))),
    ],
    ids=["an id", "several", "one's own"],
)
def test_what_goes_into_the_statement_by_name_is_built_once(app: Flask, criterion: Any) -> None:
    with app.app_context():
        assert plain(Reach(Organisation, criterion)).compiled(Actor(person_id=7)) is not None


@FOR_ONE_ALONE
def test_a_prepared_statement_freezes_no_such_thing(app: Flask, criterion: Any) -> None:
    def build(asking: Actor, *_more: Any) -> Any:
        return select(criterion(asking).label("found"), literal(1).label("one"))

    def plain(asking: Actor, *_more: Any) -> Any:
        return select(literal(1), Organisation.id == asking.person_id)

    with app.app_context():
        if "in_" in criterion.__code__.co_names:
            with pytest.raises(AsksAList):
                Prepared(build).compiled(frozenset())
            return
        assert Prepared(build).compiled(frozenset()) is None
        assert PreparedOfFeed(build).compiled(frozenset(), at_a_moment=False) is None
        assert Prepared(plain).compiled(frozenset())
        assert PreparedOfFeed(plain).compiled(frozenset(), at_a_moment=True)


def test_what_is_not_built_for_everybody_answers_each_their_own(app: Flask) -> None:
    asks = Prepared(lambda asking: select(literal("ours" if 7 in asking.units else "theirs")))
    with app.app_context():
        given = [asks.rows(Actor(person_id=1, units=frozenset({unit})))[0][0] for unit in (7, 8, 7)]
    assert given == ["ours", "theirs", "ours"]


def test_a_statement_without_an_actor_keeps_no_day(app: Flask) -> None:
    days = iter((date(2026, 11, 26), date(2026, 11, 27)))
    asks = Fixed(lambda: select(literal(next(days)).label("day")))
    with app.app_context():
        assert [asks.rows()[0].day for _time in range(2)] == [date(2026, 11, 26), date(2026, 11, 27)]


PAGES = (
    "/", "/inbox", "/work-items", "/tasks", "/pending-items", "/decisions", "/conversations", "/units/PARKS",
    "/meetings", "/units/PARKS/pending", "/search?q=branches", "/work-items?query=holder:me&as=board", "/people",
    "/work-items/{item}", "/decisions/{open_decision}", "/decisions/{closed_decision}", "/conversations/{conversation}",
)  # fmt: skip


def test_what_pages_ask_is_built_once_for_everybody(
    app: Flask, scene: dict[str, Any], client_of: Callable[..., Client]
) -> None:
    asked = _asked()
    for one in asked:
        one._compiled.clear()  # what other tests of this process asked, as people these pages do not know
    for name in ("Eleni", "Nikos", "Kostas", "Leila"):
        client = client_of(name)
        for page in PAGES:
            assert client.get(page.format(**scene)).status_code < 500, page
    asked = _asked()
    assert sum(bool(one._compiled) for one in asked) > 25
    for_each = [one.build for one in asked if None in one._compiled.values() and _is_ours(one.build)]
    assert for_each == []


def _asked() -> list[Any]:
    return [one for one in gc.get_objects() if isinstance(one, Prepared | PreparedOfFeed)]


def _is_ours(build: Any) -> bool:
    return str(getattr(build, "func", build).__module__).startswith("collab.")
