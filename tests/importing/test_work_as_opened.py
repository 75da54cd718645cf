"""What a row makes is what somebody would have opened in Collab, step by step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.envelope import anyone, open_command, session
from collab.tasks.importing.commands import bring_in_work
from collab.tasks.importing.rows import WorkRow
from collab.work.ball import settle
from collab.work.commands import complete
from collab.work.forms import Complete, ItemFields
from collab.work.models import Interval, Participant, Wait, WorkItem, WorkItemLabel
from collab.work.opening import Opening, open_item
from tests.cast import Cast

from .lists import listed

OPENED = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
CLOSED = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """The same item told twice: as a row, and as what somebody does in Collab."""

    cells: dict[str, Any]
    holder: str | None = None
    state: str = "new"


STORIES = (
    Story({}),
    Story({"holder_email": "eleni@city.example", "due": "2026-04-01", "labels": "storm, tree"}, "Eleni"),
    Story({"holder_email": "maria@city.example", "priority": "3", "body": "Text"}, "Maria"),
    Story({"state": "active", "holder_email": "eleni@city.example"}, "Eleni", "active"),
    Story({"state": "done", "holder_email": "maria@city.example", "closed": CLOSED.isoformat()}, "Maria", "done"),
    Story({"state": "done", "closed": CLOSED.isoformat()}, None, "done"),
)


@open_command(anyone)
def _opened(actor: Actor, cast: Cast, story: Story, external_id: str) -> int:
    """As somebody would have opened it, each step with the very building blocks of the commands."""
    row = WorkRow.model_validate(
        {"kind": "task", "title": "x", "unit_code": "PARKS", "external_id": external_id, **story.cells}
    )
    entered = ItemFields(
        title="Title", body=row.body, priority=row.priority, start_on=row.start, due_on=row.due, labels=row.labels
    )
    holder = cast.people[story.holder] if story.holder else None
    item = open_item(actor, entered, Opening("task", cast.PARKS, holder, external_id))
    if story.state == "active":
        item.state_kind = "active"
        settle(item, actor.person_id, clock.now())
    return item.id


@pytest.mark.parametrize("story", STORIES, ids=lambda story: ",".join(story.cells) or "plain")
def test_an_imported_item_equals_one_opened_in_collab(
    app: Flask, cast: Cast, actor_of: Callable[[str], Actor], story: Story
) -> None:
    with app.app_context():
        anna = actor_of("Anna")
        with clock.standing_at(OPENED):
            opened = _opened(anna, cast, story, "OPENED")
        if story.state == "done":
            with clock.standing_at(CLOSED):
                complete(anna, opened, Complete())
        cells = {**story.cells, "title": "Title", "external_id": "IMPORTED", "created": OPENED.isoformat()}
        with clock.standing_at(CLOSED):  # before it is late: that would be looked at no more
            bring_in_work(_administrator(anna), listed(cells))
        imported = db.session.scalars(select(WorkItem.id).where(WorkItem.external_id == "IMPORTED")).one()
        assert _shape(imported) == _shape(opened)


def _administrator(actor: Actor) -> Actor:
    from dataclasses import replace

    return replace(actor, roles=actor.roles | {"administrator"})


APART = {"id", "item_id", "reference", "number", "external_id", "version"}


def _shape(item_id: int) -> dict[str, list[Any]]:
    """Everything that is kept of an item, without what tells two items apart and moments that lasted no time."""
    db.session.expire_all()
    shape = {}
    for table in (WorkItem, Interval, Wait, Participant, WorkItemLabel):
        key = table.id if table is WorkItem else table.item_id
        columns = [column for column in table.__table__.c if column.name not in APART]
        rows = db.session.execute(select(*columns).where(key == item_id)).mappings()
        kept = [dict(row) for row in rows if table is not Interval or row["from_at"] != row["to_at"]]
        shape[table.__tablename__] = sorted(kept, key=str)
    return shape


def test_waiting_stays_waiting_and_the_next_settling_agrees(app: Flask, cast: Cast) -> None:
    with app.app_context():
        cells = {"state": "waiting", "holder_email": "eleni@city.example", "created": OPENED.isoformat()}
        bring_in_work(SYSTEM, listed(cells))
        item = db.session.scalars(select(WorkItem.id)).one()
        before = _shape(item)
        assert [row["stopped"] for row in before["interval"]] == [True]

        @open_command(lambda actor, _thing: actor.is_system)
        def settle_again(_actor: Actor) -> None:
            found = session().get_one(WorkItem, item)
            changed = found.changed_at
            settle(found, cast.Eleni, datetime(2026, 5, 1, tzinfo=UTC))
            found.changed_at = changed

        settle_again(SYSTEM)
        assert _shape(item) == before
