"""Two users, a head and a stranger do whatever they like over HTTP; a model in plain Python says what must come of it.

What somebody may not see is nowhere: not by its number, not below it, not in a list, a search or a talk. Nobody's
change is lost. The ball is always with exactly one, the sender until it is accepted.
"""

import os
import uuid
from collections.abc import Callable
from dataclasses import replace
from itertools import count, pairwise
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from collab.core import clock
from collab.core.db import db
from collab.people.models import Membership
from collab.work.models import Interval, Wait, WorkItem
from tests.cast import UNITS, Cast
from tests.clients import Client
from tests.house.matrix import MATRIX
from tests.house.rights import (
    OUTSIDE,
    RETURNS_BEFORE_DISPUTE,
    Asked,
    Offered,
    Someone,
    Thing,
    Tree,
    may_answer,
    may_assign,
    may_change,
    may_decide,
    may_reopen,
    may_take,
    may_take_back,
    may_withdraw,
    sees,
    sees_wait,
)

V1 = "/api/v1"
NIGHTLY = bool(os.environ.get("COLLAB_NIGHTLY"))
HOMES = {"Eleni": "PARKS", "Maria": "ROADS", "Nikos": "PARKS", "Leila": "FINANCE"}
DONE, REFUSED = "done", "refused"
# Doors of one item by its reference alone: what is added to the matrix is looked through from then on.
OF_AN_ITEM = [
    key.removeprefix("GET ")
    for key in MATRIX
    if key.startswith("GET ") and "{item}" in key and key.count("{") == 1 and "/tasks/" not in key
]
LISTS = [key.removeprefix("GET ") for key in MATRIX if key.startswith("GET ") and "{" not in key]

people = st.sampled_from(sorted(HOMES))
which = st.integers(0, 3)
reaches = st.sampled_from(["unit", "unit", "all", "named"])
targets = st.sampled_from(["Eleni", "Maria", "Nikos", "Leila", "PARKS", "ROADS", "LEGAL", None])


class World:
    """The application, the clients of everybody, and the cast."""

    def __init__(self, app: Flask, cast: Cast, api_of: Callable[..., Client], client_of: Callable[..., Client]) -> None:
        self.app, self.cast, self.turns = app, cast, count()
        self.api = {name: api_of(name) for name in (*HOMES, "Kostas")}
        self.browsers = {name: client_of(name) for name in HOMES}
        parents = {cast.units[code]: cast.units.get(parent or "") for code, parent, *_rest in UNITS}
        self.tree = Tree(cast.units, {cast.units[code]: post for code, post in cast.head_posts.items()}, parents)

    def someone(self, name: str) -> Someone:
        home = self.cast.units[HOMES[name]]
        return Someone(name, self.cast.people[name], self.tree, {home}, {home} if name == "Nikos" else set())

    def party(self, name: str | None) -> int | None:
        if name is None:
            return None
        return self.cast.units.get(name) or self.cast.people[name]

    def is_unit(self, party: int | None) -> bool:
        return party in self.tree.parents


def machine(world: World) -> type[RuleBasedStateMachine]:
    class TwoUsers(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.people = {name: world.someone(name) for name in HOMES}
            self.items: list[Thing] = []
            self.read: dict[tuple[str, int], tuple[str, int, int]] = {}  # (who, item) → etag, edits, changes
            self.changes: dict[int, int] = {}

        def send(self, name: str, method: str, path: str, json: Any = None, **headers: str) -> Any:
            kwargs: dict[str, Any] = {} if json is None else {"json": json}
            self.asking = name
            return world.api[name].open(f"{V1}{path}", method=method, headers=headers, **kwargs)

        def expect(self, answer: Any, wanted: int | str) -> bool:
            """Whether it was done; fails when the answer is not what the model says."""
            found = answer.status_code
            said = (answer.request.method, answer.request.path, found, answer.get_data(as_text=True)[:200])
            if wanted == DONE:
                assert found < 300, f"should have been done: {said}"
            elif wanted == REFUSED:
                assert found in (409, 422), f"should have been refused: {said}"
            else:
                assert found == wanted, f"should have been {wanted}: {said}"
            return bool(found < 300)

        def item(self, number: int) -> Thing:
            return self.items[number % len(self.items)]

        def who(self, name: str) -> Someone:
            return self.people[name]

        def allowed(self, name: str, item: Thing, may: bool) -> int | str:
            return 404 if not sees(self.who(name), item) else DONE if may else 403

        def is_over(self, answer: Any, wanted: int | str, right: bool, first: str | None) -> bool:
            """Whoever has the right and comes second is told so, or calmly where they were the `first` as well (None
            where the model does not know who was)."""
            if wanted != 403 or not right:
                return False
            found, asked = answer.status_code, answer.request
            calm = found in (200, 204) and first in (None, self.asking)
            assert calm or found == 409, f"over since {first}: {asked.method} {asked.path} gave {found}"
            return True

        def changed(self, item: Thing) -> None:
            self.changes[item.id] = self.changes.get(item.id, 0) + 1
            self.check(item)
            self.seen_by_whom(item)

        def seen_by_whom(self, item: Thing) -> None:
            for name, who in self.people.items():
                found = self.send(name, "GET", f"/work-items/{item.reference}/waits").status_code
                assert found == (200 if sees(who, item) else 404), (name, found, item)

        def desk_of(self, party: int) -> int | None:
            if world.is_unit(party):
                return party
            name = next(name for name in HOMES if self.who(name).id == party)
            return next(iter(self.who(name).units), None)

        @initialize(reach=reaches)
        def begin(self, reach: str) -> None:
            self.create("Eleni", "Eleni", reach)

        @precondition(lambda self: len(self.items) < 3)
        @rule(name=people, to=targets, reach=reaches)
        def create(self, name: str, to: str | None, reach: str) -> None:
            who, holder = self.who(name), world.party(to)
            unit = next(iter(who.units), world.cast.PARKS)
            title = f"Matter {uuid.uuid4().hex}"
            body = {"title": title, "unit": unit, "holder": holder, "reach": reach}
            answer = self.send(name, "POST", "/tasks", body)
            wanted: int | str = DONE
            if not who.units:
                wanted = 403
            elif to is not None and self.desk_of(holder or 0) is None:
                wanted = REFUSED
            offered = holder not in (None, unit, who.id) and self.desk_of(holder or 0) not in who.headed
            if wanted == DONE and reach == "named" and world.is_unit(holder) and holder != unit:
                wanted = REFUSED
            if not self.expect(answer, wanted):
                return
            first = who.id if offered else None if holder == unit else holder
            if reach == "named" and first is None:
                first = who.id
            made = answer.get_json()
            desk = unit if first in (None, who.id) else self.desk_of(first or 0)
            item = Thing(made["id"], made["reference"], title, unit, who.id, first, desk or unit, reach)
            item.join(who.id, "creator")
            item.join(first, "holder")
            if item.desk != unit and reach != "named":
                item.join(item.desk, "holder")
            if offered:
                self.offer_stands(item, who, holder or 0, made["handovers"][-1]["id"])
            self.items.append(item)
            self.changed(item)

        def offer_stands(self, item: Thing, who: Someone, to: int, handover: int) -> None:
            to_unit = self.desk_of(to) or 0
            row = self.send(who.name, "GET", f"/work-items/{item.id}/waits").get_json()["items"]
            wait = next(each["id"] for each in row if each["sense"] == "handover")
            item.waits[wait] = Asked(wait, to, who.id, item.desk, "handover")
            item.offer = Offered(handover, wait, who.id, item.desk, to, to_unit)
            item.join(to, "offered")
            if item.reach != "named":
                item.join(to_unit, "offered")

        @rule(name=people, number=which, careful=st.booleans(), pages=st.booleans())
        def edit(self, name: str, number: int, careful: bool, pages: bool) -> None:
            """With the version one saw (a page sends it always), or with none."""
            item, title = self.item(number), f"Matter {uuid.uuid4().hex}"
            etag, edits, changes = self.read.get((name, item.id), ("", 0, 0))
            careful = careful and bool(etag)
            wanted = self.allowed(name, item, may_change(self.who(name), item))
            headers = {"If-Match": etag} if careful else {}
            answer = self.send(name, "PATCH", f"/work-items/{item.reference}", {"title": title}, **headers)
            if wanted == DONE and careful and edits != item.edits:
                wanted = 412
            elif wanted == DONE and careful and changes != self.changes[item.id] and answer.status_code == 412:
                wanted = 412  # something else about it changed; whether its version rose is not the model's to say
            if self.expect(answer, wanted):
                item.title, item.edits = title, item.edits + 1
                self.changed(item)

        @rule(name=people, number=which, reach=reaches)
        def open_to(self, name: str, number: int, reach: str) -> None:
            """Narrow it to named people, or open it wider."""
            item, who = self.item(number), self.who(name)
            wanted = self.allowed(name, item, may_change(who, item))
            narrows = reach == "named" and item.reach != "named"
            if wanted == DONE and narrows:
                theirs = item.creator == who.id or bool({item.unit, item.desk} & who.headed)
                if not theirs or world.is_unit(item.holder) or any(map(self.blinds, item.waits.values())):
                    wanted = REFUSED
            answer = self.send(name, "PATCH", f"/work-items/{item.reference}", {"reach": reach})
            if self.expect(answer, wanted):
                if narrows:
                    item.end_offer()
                    item.join(who.id, "named")
                    item.end_watching()
                if item.reach != reach:
                    item.edits += 1
                item.reach = reach
                self.changed(item)

        def blinds(self, wait: Asked) -> bool:
            """Whether a unit or a post is asked there, which would not see the question on an item for named people."""
            of_many = world.is_unit(wait.of) or wait.of in world.cast.head_posts.values()
            return of_many and not wait.ended and wait.sense != "handover"

        @rule(name=people, number=which, to=targets)
        def assign(self, name: str, number: int, to: str | None) -> None:
            item, who, holder = self.item(number), self.who(name), world.party(to)
            wanted = self.allowed(name, item, may_assign(who, item))
            desk = item.desk if holder is None else self.prefer(holder, item.desk)
            named_to_unit = item.reach == "named" and (holder is None or world.is_unit(holder))
            if wanted == DONE and (not item.open or named_to_unit or desk is None or desk not in who.headed):
                wanted = REFUSED
            answer = self.send(name, "PUT", f"/work-items/{item.reference}/holder", {"holder": holder})
            if self.expect(answer, wanted) and (holder, desk) != (item.holder, item.desk):
                item.end_offer()
                item.begin()
                item.give(holder, desk or 0)
                item.settle()
                self.changed(item)

        def prefer(self, party: int, _desk: int) -> int | None:
            return self.desk_of(party)

        @rule(name=people, number=which, to=targets.filter(bool))
        def hand_over(self, name: str, number: int, to: str) -> None:
            item, who, party = self.item(number), self.who(name), world.party(to) or 0
            unit, desk = world.is_unit(party), self.desk_of(party)
            wanted = self.allowed(name, item, may_change(who, item) and item.open)
            there = party == item.holder or (party == item.desk and item.holder is None)
            at_once = desk in who.headed or (unit and party == item.desk)
            impossible = desk is None or there or (item.reach == "named" and unit)
            if wanted == DONE and (impossible or (not at_once and item.offer is not None)):
                wanted = REFUSED
            answer = self.send(name, "POST", f"/work-items/{item.reference}/handovers", {"to": party, "note": "x"})
            over = not item.open and may_change(who, item)
            if self.is_over(answer, wanted, over, "nobody") or not self.expect(answer, wanted):
                return
            if at_once:
                item.end_offer()
                item.give(None if unit else party, desk or 0)
                item.settle()
            else:
                assert answer.status_code == 201
                self.offer_stands(item, who, party, answer.get_json()["id"])
            self.changed(item)

        @precondition(lambda self: any(item.offer for item in self.items))
        @rule(name=people, number=which, verb=st.sampled_from(["accept", "return", "take back"]))
        def decide(self, name: str, number: int, verb: str) -> None:
            standing = [item for item in self.items if item.offer]
            item, who = standing[number % len(standing)], self.who(name)
            offer = item.offer
            assert offer is not None
            may = may_take_back(who, offer) if verb == "take back" else may_decide(who, offer)
            method, below, body = {
                "accept": ("POST", "/acceptance", {}),
                "return": ("POST", "/return", {"reason": "Not ours"}),
                "take back": ("DELETE", "", None),
            }[verb]
            answer = self.send(name, method, f"/handovers/{offer.id}{below}", body)
            if not self.expect(answer, self.allowed(name, item, may)):
                return
            item.end_offer()
            if verb == "accept":
                item.begin()
                item.give(who.id, offer.to_unit)
                item.settle()
            elif verb == "return":
                item.returns += 1
                if item.returns % RETURNS_BEFORE_DISPUTE == 0:
                    self.dispute(item, offer, who)
            self.changed(item)

        def dispute(self, item: Thing, offer: Offered, who: Someone) -> None:
            above = world.tree.common(offer.from_unit, offer.to_unit)
            post = world.tree.posts[above]
            item.join(post, "asked")
            if item.reach != "named":
                item.join(above, "asked")
            with world.app.app_context():
                wait = db.session.scalars(
                    select(Wait.id).where(Wait.item_id == item.id, Wait.sense == "approval").order_by(Wait.id.desc())
                ).first()
                db.session.remove()
            item.waits[wait or 0] = Asked(wait or 0, post, who.id, item.desk, "approval")

        @rule(name=people, number=which)
        def take(self, name: str, number: int) -> None:
            item, who = self.item(number), self.who(name)
            answer = self.send(name, "POST", f"/work-items/{item.reference}/taking")
            wanted, may = self.allowed(name, item, may_take(who, item)), item.desk in who.reach
            has = next((each for each, one in self.people.items() if one.id == item.holder), None)
            if not self.is_over(answer, wanted, may, has) and self.expect(answer, wanted):
                item.begin()
                item.give(who.id, item.desk)
                item.settle()
                self.changed(item)

        @rule(name=people, number=which, of=targets.map(lambda to: to or OUTSIDE), stops=st.booleans())
        def ask(self, name: str, number: int, of: str, stops: bool) -> None:
            item, who = self.item(number), self.who(name)
            party = world.cast.forestry if of == OUTSIDE else world.party(of) or 0
            wanted = self.allowed(name, item, True)
            if wanted == DONE and (not item.open or (stops and not may_change(who, item))):
                wanted = REFUSED
            if wanted == DONE and item.reach == "named" and world.is_unit(party):
                wanted = REFUSED
            body = {"of": party, "what": "An opinion", "stops_clock": stops}
            answer = self.send(name, "POST", f"/work-items/{item.reference}/waits", body)
            if self.expect(answer, wanted):
                made, unit = answer.get_json()["id"], next(iter(who.units), None)
                by_unit = item.desk if item.desk in who.reach else unit
                item.waits[made] = Asked(made, party, who.id, by_unit, outside=of == OUTSIDE, stops=stops)
                if of != OUTSIDE:
                    item.join(party, "asked")
                item.begin()
                item.settle()
                self.changed(item)

        @precondition(lambda self: any(item.waits for item in self.items))
        @rule(name=people, number=st.integers(0, 9), verb=st.sampled_from(["answer", "withdraw"]))
        def end_wait(self, name: str, number: int, verb: str) -> None:
            asked = [(item, wait) for item in self.items for wait in item.waits.values()]
            item, wait = asked[number % len(asked)]
            who = self.who(name)
            right = may_answer if verb == "answer" else may_withdraw
            may, before = right(who, wait), replace(wait, ended=False)
            asker = verb == "answer" and (
                wait.by == who.id or wait.by_unit in who.reach
            )  # whoever asked is told as well
            over = wait.ended and (right(who, before) or asker)
            wanted: int | str = 404 if not sees_wait(who, item, wait) else DONE if may else 403
            if verb == "answer" and wanted == DONE:
                wanted = REFUSED if wait.sense == "handover" else DONE if sees(who, item) else 404
            if verb == "answer":
                answer = self.send(name, "POST", f"/waits/{wait.id}/answer", {"text": "Here it is."})
                if wanted == 403 and wait.sense == "handover" and answer.status_code == 409:
                    wanted = REFUSED  # whoever asked is told that it is no question
            else:
                answer = self.send(name, "DELETE", f"/waits/{wait.id}")
            if not self.is_over(answer, wanted, over, wait.ended_by) and self.expect(answer, wanted):
                wait.ended, wait.ended_by = True, name
                item.settle()
                self.changed(item)

        @rule(name=people, number=which, verb=st.sampled_from(["completion", "cancellation"]))
        def close(self, name: str, number: int, verb: str) -> None:
            item = self.item(number)
            body = {"reason": "No longer needed"} if verb == "cancellation" else {}
            state = "done" if verb == "completion" else "cancelled"
            again = (item.state, item.closed_by) == (state, name)  # the same act once more: nothing happens
            wanted = self.allowed(name, item, again or (may_change(self.who(name), item) and item.open))
            answer = self.send(name, "POST", f"/work-items/{item.reference}/{verb}", body)
            over = not item.open and may_change(self.who(name), item)
            if not self.is_over(answer, wanted, over, item.closed_by) and self.expect(answer, wanted) and not again:
                item.close(state, name)
                self.changed(item)

        @rule(name=people, number=which)
        def reopen(self, name: str, number: int) -> None:
            item = self.item(number)
            wanted = self.allowed(name, item, may_reopen(self.who(name), item))
            answer, who = self.send(name, "DELETE", f"/work-items/{item.reference}/completion"), self.who(name)
            over = item.open and (may_change(who, item) or item.creator == who.id)
            if not self.is_over(answer, wanted, over, item.reopened_by) and self.expect(answer, wanted):
                item.state, item.reopened_by, item.reopenings = "active", name, item.reopenings + 1
                self.changed(item)

        @rule(name=people, number=which)
        def say(self, name: str, number: int) -> None:
            item = self.item(number)
            body = {"text": f"About {item.title}", "nonce": uuid.uuid4().hex}
            answer = self.send(name, "POST", f"/work-items/{item.reference}/messages", body)
            if self.expect(answer, self.allowed(name, item, True)):
                said = answer.get_json()
                item.messages.append(said["id"])
                item.conversation = said["conversation"]

        @rule(name=people, number=which, watching=st.booleans())
        def follow(self, name: str, number: int, watching: bool) -> None:
            item = self.item(number)
            method = "POST" if watching else "DELETE"
            answer = self.send(name, method, f"/work-items/{item.reference}/watchers")
            if self.expect(answer, self.allowed(name, item, True)):
                if watching:
                    item.join(self.who(name).id, "watcher")
                else:
                    item.leave("watcher", self.who(name).id)

        @rule(name=st.sampled_from(["Eleni", "Maria"]))
        def leave_or_return(self, name: str) -> None:
            """A membership ends today, or begins anew."""
            who, unit = self.who(name), world.cast.units[HOMES[name]]
            if who.units:
                end_memberships(world, self.send, who.id)
                who.units = set()
            else:
                restore(world, self.send, who.id, unit)
                who.units = {unit}
            for item in self.items:
                self.seen_by_whom(item)

        @rule(name=people, number=which)
        def look(self, name: str, number: int) -> None:
            """Everything about one item, as one person finds it."""
            item, who = self.item(number), self.who(name)
            answer = self.send(name, "GET", f"/work-items/{item.reference}")
            if self.expect(answer, self.allowed(name, item, True)):
                self.read[name, item.id] = (answer.headers["ETag"], item.edits, self.changes[item.id])
                found = answer.get_json()
                holder = found["holder"] and found["holder"]["id"]
                assert (found["title"], found["state"], found["reach"], holder, found["desk"]["id"]) == (
                    item.title, item.state, item.reach, item.holder, item.desk
                )  # fmt: skip
            self.nowhere_else(who, item)

        def nowhere_else(self, who: Someone, item: Thing) -> None:
            """The parts of an item are seen by whoever sees it, and by nobody else."""
            seen = sees(who, item)
            parts = [f"/handovers/{each}" for each in (*item.past_offers, *([item.offer.id] if item.offer else []))]
            parts += [f"/messages/{each}" for each in item.messages]
            if item.conversation is not None:
                parts += [f"/conversations/{item.conversation}", f"/conversations/{item.conversation}/messages"]
            for path in parts:
                assert self.send(who.name, "GET", path).status_code == (200 if seen else 404), (who.name, path)
            for wait in item.waits.values():
                found = self.send(who.name, "GET", f"/waits/{wait.id}")
                assert found.status_code == (200 if sees_wait(who, item, wait) else 404), (who.name, wait)
                assert seen or item.title not in found.get_data(as_text=True)
            if not seen:
                for path in OF_AN_ITEM:
                    client = world.api[who.name] if path.startswith(V1) else world.browsers[who.name]
                    found = client.get(path.replace("{item}", item.reference))
                    assert found.status_code == 404, (who.name, path)

        def lists_show(self, who: Someone) -> None:
            """No list, search or page that asks for nothing in particular speaks of what is not seen."""
            hidden = [item.title for item in self.items if not sees(who, item)]
            shown = [item for item in self.items if sees(who, item)]
            for path in LISTS if hidden else ():
                client = world.api[who.name] if path.startswith(V1) else world.browsers[who.name]
                text = client.get(path).get_data(as_text=True)
                assert not any(title in text for title in hidden), (who.name, path)
            for item in self.items:
                found = self.send(who.name, "GET", f"/work-items?state=any&text={item.title.replace(' ', '+')}")
                ids = [each["id"] for each in found.get_json()["items"]]
                assert ids == ([item.id] if item in shown else []), (who.name, item)
                page = world.browsers[who.name].get(f"/search?text={item.title.split()[1]}").get_data(as_text=True)
                assert item in shown or item.reference not in page, (who.name, item)

        def check(self, item: Thing) -> None:
            """Laws of the ball, in the rows themselves."""
            with world.app.app_context():
                row = db.session.execute(
                    select(
                        WorkItem.holder_id, WorkItem.desk_unit_id, WorkItem.state_kind, WorkItem.created_at,
                        WorkItem.closed_at, WorkItem.title, WorkItem.reach,
                    ).where(WorkItem.id == item.id)
                ).one()  # fmt: skip
                tasks = db.session.scalars(
                    select(Wait.of_id).where(Wait.item_id == item.id, Wait.sense == "task", Wait.ended_at.is_(None))
                ).all()
                spans = db.session.execute(
                    select(Interval.from_at, Interval.to_at)
                    .where(Interval.item_id == item.id)
                    .order_by(Interval.from_at, Interval.id)
                ).all()
                open_waits = set(
                    db.session.scalars(
                        select(Wait.id).where(Wait.item_id == item.id, Wait.ended_at.is_(None), Wait.sense != "task")
                    )
                )
                db.session.remove()
            assert (row.holder_id, row.desk_unit_id, row.state_kind) == (item.holder, item.desk, item.state)
            assert (row.title, row.reach) == (item.title, item.reach)
            assert tasks == ([item.holder or item.desk] if item.open else []), "one task wait, on whoever has the ball"
            assert open_waits == {wait.id for wait in item.waits.values() if not wait.ended}
            assert spans[0].from_at == row.created_at
            assert spans[-1].to_at == row.closed_at, "intervals cover the age"
            gaps = 0
            for before, after in pairwise(spans):
                assert before.to_at is not None, "one interval runs at a time"
                assert before.to_at <= after.from_at, "intervals never overlap"
                gaps += before.to_at < after.from_at
            assert gaps <= item.reopenings, "intervals leave no gap while it is open"

        def teardown(self) -> None:
            try:
                name = sorted(HOMES)[next(world.turns) % len(HOMES)]
                for item in self.items:
                    self.nowhere_else(self.who(name), item)
                self.lists_show(self.who(name))
            finally:
                for name in ("Eleni", "Maria"):
                    if not self.who(name).units:
                        restore(world, self.send, self.who(name).id, world.cast.units[HOMES[name]])

    return TwoUsers


def end_memberships(world: World, send: Callable[..., Any], person: int) -> None:
    today = clock.now().date().isoformat()
    with world.app.app_context():
        found = db.session.scalars(
            select(Membership.id).where(Membership.person_id == person, Membership.valid_to.is_(None))
        ).all()
        db.session.remove()
    for membership in found:
        assert send("Kostas", "POST", f"/memberships/{membership}/end", {"on": today}).status_code == 204


def restore(world: World, send: Callable[..., Any], person: int, unit: int) -> None:
    body = {"unit_id": unit, "valid_from": clock.now().date().isoformat(), "main": True}
    assert send("Kostas", "POST", f"/people/{person}/memberships", body).status_code == 201


@pytest.fixture
def world(app: Flask, cast: Cast, api_of: Callable[..., Client], client_of: Callable[..., Client]) -> World:
    return World(app, cast, api_of, client_of)


def test_two_users_and_a_head_find_what_they_may_and_lose_nothing(world: World) -> None:
    run_state_machine_as_test(
        machine(world),
        settings=settings(
            max_examples=150 if NIGHTLY else 12,
            stateful_step_count=40 if NIGHTLY else 20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate, *([Phase.shrink] if NIGHTLY else [])],
            report_multiple_bugs=False,
        ),
    )
