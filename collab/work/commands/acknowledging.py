"""Asking several people to confirm that they have read something; who has done so is kept for good."""

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import attempt, command, record, session
from collab.core.errors import Conflict, Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Membership, Party, Person, Post
from collab.people.standing import valid_on

from ..desks import organisation_day
from ..escalating.surroundings import rule_of
from ..forms import AskToRead
from ..models import Participant, Wait, WorkItem
from ..models.wait import first_look
from ..on_behalf import behalf
from ..policy import is_open, items, may_acknowledge, may_take_part, waits
from ..reading_events import AcknowledgementAsked, AllAcknowledged, ItemAcknowledged
from .reminding import nudge
from .waits import CLOSED, asking_unit, withdraw

MOST = 1_000
"""People asked at once: a whole directorate."""
UNKNOWN = N_("Choose people, posts or units from the list.")
NOBODY_LEFT = N_("Everybody whom you chose was asked already, or it is only you.")
TOO_MANY = N_("These are %(count)s people; at most %(most)s are asked at once.")
DAY_OVER = N_("This day is over.")
NOBODY_MISSING = N_("Nobody is missing of those whom you asked.")
NOBODY_REMINDED = N_("Those who are missing were reminded in this working day already, or are away.")


@command(may_take_part, on=items)
def ask_to_acknowledge(actor: Actor, item: WorkItem, form: AskToRead) -> list[int]:
    """Expect of people, posts and the members of units that they confirm having read an item. Whoever was asked and
    has not confirmed yet is not asked twice. Returns the waits."""
    if not is_open(item):
        raise Conflict(_(CLOSED))
    at = clock.now()
    today = organisation_day(at)
    if form.until is not None and form.until < today:
        raise wrong("until", _(DAY_OVER))
    wanted = _readers(frozenset(form.parties), today) - {actor.person_id}
    asked = select(Wait.of_id).where(
        Wait.item_id == item.id, Wait.sense == "acknowledgement", Wait.ended_at.is_(None), Wait.of_id.is_not(None)
    )
    wanted -= set(session().scalars(asked))
    if not wanted:
        raise wrong("parties", _(NOBODY_LEFT))
    if len(wanted) > MOST:
        raise wrong("parties", _(TOO_MANY, count=len(wanted), most=MOST))
    unit = asking_unit(actor, item)
    rule = rule_of(unit or item.desk_unit_id, item.kind)
    every, most = (rule.nudge_every, rule.nudge_most) if rule.nudge_most else (None, None)
    made = [
        Wait(
            item_id=item.id, sense="acknowledgement", what=form.what, of_id=party, by_id=actor.person_id,
            by_unit_id=unit, since=at, until=form.until, nudge_every=every, nudge_most=most,
            next_action_at=at if every else first_look(form.until), version=1,
        )
        for party in sorted(wanted)
    ]  # fmt: skip
    session().add_all(made)
    session().flush()
    rows = [{"party_id": each, "item_id": item.id, "role": "asked", "since": at, "until": None} for each in wanted]
    session().execute(
        insert(Participant)
        .values(rows)
        .on_conflict_do_update(index_elements=["party_id", "item_id", "role"], set_={"until": None})
    )
    day = form.until.isoformat() if form.until else None
    record(
        AcknowledgementAsked(subject=item.id, asked=sorted(wanted), number=len(wanted), what=form.what, until=day),
        on_behalf_of=behalf(actor, item.holder_id),
    )
    return [wait.id for wait in made]


def _readers(parties: frozenset[int], today: date) -> set[int]:
    """The people and posts among the chosen, and of each unit those who belong to it today."""
    kinds = {row.id: row.kind for row in session().execute(select(Party.id, Party.kind).where(Party.id.in_(parties)))}
    if kinds.keys() != parties or not set(kinds.values()) <= {"person", "post", "unit"}:
        raise wrong("parties", _(UNKNOWN))
    people = {id_ for id_, kind in kinds.items() if kind == "person"}
    active = select(Person.id).where(Person.id.in_(people), Person.active, Person.kind == "person")
    if people and len(set(session().scalars(active))) != len(people):
        raise wrong("parties", _(UNKNOWN))
    posts = {id_ for id_, kind in kinds.items() if kind == "post"}
    standing = select(Post.id).where(Post.id.in_(posts), valid_on(Post, today))
    if posts and len(set(session().scalars(standing))) != len(posts):
        raise wrong("parties", _(UNKNOWN))
    units = {id_ for id_, kind in kinds.items() if kind == "unit"}
    members = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.unit_id.in_(units), valid_on(Membership, today), Person.active)
    )
    return people | posts | (set(session().scalars(members)) if units else set())


@command(may_acknowledge, on=waits)
def acknowledge(actor: Actor, wait: Wait) -> int:
    """Confirm having read it. Nobody does so for somebody else. Returns the item."""
    wait.ended_at, wait.ended_how, wait.ended_by = clock.now(), "answered", actor.person_id
    session().flush()
    item_id = wait.item_id or 0
    record(ItemAcknowledged(subject=item_id, wait=wait.id, asker=wait.by_id))
    if not _missing(item_id, Wait.by_id == wait.by_id):
        record(AllAcknowledged(subject=item_id, asker=wait.by_id))
    return item_id


def _missing(item_id: int, asked: ColumnElement[bool]) -> list[int]:
    """The waits of those who have not read it yet. Raises Forbidden where nobody was `asked` so at all."""
    rows = session().execute(
        select(Wait.id, Wait.ended_at)
        .where(Wait.item_id == item_id, Wait.sense == "acknowledgement", asked)
        .order_by(Wait.id)
    )
    found = [(row.id, row.ended_at) for row in rows]
    if not found:
        raise Forbidden
    return [id_ for id_, ended in found if ended is None]


@command(may_take_part, on=items)
def nudge_missing(actor: Actor, item: WorkItem) -> int:
    """Remind all of those whom one asked and who have not confirmed yet. Returns how many were reminded."""
    missing = _missing(item.id, Wait.by_id == actor.person_id)
    if not missing:
        raise Conflict(_(NOBODY_MISSING))
    reminded = 0
    for wait_id in missing:
        try:
            with attempt():
                nudge(actor, wait_id)
        except Conflict:
            continue
        reminded += 1
    if not reminded:
        raise Conflict(_(NOBODY_REMINDED))
    return reminded


@command(may_take_part, on=items)
def withdraw_acknowledgement(actor: Actor, item: WorkItem) -> int:
    """No longer expect it of those who are missing. Returns of how many."""
    missing = _missing(item.id, or_(Wait.by_id == actor.person_id, Wait.by_unit_id.in_(sorted(actor.headed))))
    if not missing:
        raise Conflict(_(NOBODY_MISSING))
    for wait_id in missing:
        withdraw(actor, wait_id)
    return len(missing)
