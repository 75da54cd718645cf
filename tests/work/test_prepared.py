"""What is built once says the same to everybody as what is built anew."""

import pytest
from sqlalchemy import insert

from collab.core import clock
from collab.core.db import writing
from collab.work.commands import ask, offer
from collab.work.forms import Ask, Offer
from collab.work.models import Link
from collab.work.queries import items
from tests.work.making import make

PEOPLE = ("Eleni", "Nikos", "Maria", "Sofia", "Yannis", "Anna", "Kostas", "Reza", "Leila", "Shirin")


@pytest.fixture
def found(app, cast, actor_of):
    """Items of every reach, tied to each other, offered and asked about."""
    with app.app_context():
        eleni, maria = actor_of("Eleni"), actor_of("Maria")
        made = [make(eleni, cast.PARKS, cast.Eleni, reach=reach) for reach in ("unit", "all", "named")]
        made += [make(maria, cast.ROADS, cast.Maria), make(eleni, cast.PARKS, cast.Eleni, parent=made[0])]
        offer(eleni, made[0], Offer(to=cast.LEGAL))
        ask(eleni, made[1], Ask(item=made[0], what="first"))
        with writing() as session:
            for other in made[1:4]:
                session.execute(
                    insert(Link).values(
                        from_id=made[0], to_id=other, kind="blocks", created_by=cast.Eleni, created_at=clock.now()
                    )
                )
        return made


def test_everybody_finds_the_same_rows_either_way(app, actor_of, found):
    seen = set()
    with app.app_context():
        for name in PEOPLE:
            actor = actor_of(name)
            for item in found:
                rows = items.BY_ID.rows(actor, item=item)
                assert rows == items.BY_ID.fresh(actor, item=item)
                ties = {"item": item, "parent": None, "awaited": found[:1]}
                assert items.RELATIVES.rows(actor, **ties) == items.RELATIVES.fresh(actor, **ties)
                if rows:
                    seen.add((name, item))
                    reference = rows[0].reference
                    assert items.BY_REFERENCE.rows(actor, reference=reference) == rows
    assert 0 < len(seen) < len(PEOPLE) * len(found)


def test_ties_show_only_what_the_reader_sees(app, actor_of, found):
    with app.app_context():
        by_eleni = items.find_item(actor_of("Eleni"), found[0]).relatives
        by_sofia = items.find_item(actor_of("Sofia"), found[0]).relatives
    assert {each.relation for each in by_eleni} == {"blocks", "child"}
    assert len(by_eleni) == 3  # Maria's item is not hers to see
    assert [(each.relation, each.id) for each in by_sofia] == [("blocks", found[1])]
