"""What is kept how long, what a rule would remove, and what a legal hold keeps whatever the rule says."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, distinct, exists, false, func, null, or_, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.dates import instant_of, local_day
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.facts import FactRow
from collab.core.i18n import in_language
from collab.core.package import READABLE
from collab.people.models import Party, UnitClosure
from collab.people.queries.today import today
from collab.people.queries.tree import tree

from ..events import RetentionRuleLifted, RetentionRuleSet
from ..keeping_models import LegalHold, RetentionRule
from ..models import Conversation, ConversationMember, Message
from ..owners import visible_to
from ..retention import begins, oldest_kept
from .conversations import Entry

KINDS: Final = ("unit", "group", "announcement", "direct", "item")
ORGANISATION: Final = 1
RULED: Final = (RetentionRuleSet.kind, RetentionRuleLifted.kind)
MOST_COUNTED: Final = 100_000
MOST_HOLDS: Final = 500
MOST_KNOWN: Final = 2_000


class Rule(NamedTuple):
    """How long messages of one kind of conversation are kept: `months` None for ever."""

    kind: str
    months: int | None
    begins_on: date | None


class Preview(NamedTuple):
    """What would be removed on the day on which a rule begins. `more`: counting stopped there."""

    kind: str
    months: int | None
    begins_on: date | None
    before: date | None
    messages: int
    conversations: int
    held: int
    more: bool


class Hold(NamedTuple):
    """A legal hold that stands. `name` of a unit; of a conversation only its kind is known to an administrator."""

    id: int
    conversation_id: int | None
    kind: str | None
    unit_id: int | None
    unit: str
    reason: str
    by: str
    at: datetime


def may_see(actor: Actor) -> None:
    """Rules and holds are the administrator's. Raises NotFound for everybody else."""
    if not actor.is_administrator:
        raise NotFound


def numbered(conversation_id: int | None) -> Entry | None:
    """A conversation by its number, whoever reads it: that it is there, and of what kind. For administrators."""
    found = _entries([Conversation.id == conversation_id]) if conversation_id else []
    return found[0] if found else None


def known_to(actor: Actor, ids: Iterable[int] | None = None) -> list[Entry]:
    """Conversations whose name an administrator knows: of units, which stand in the tree, and what they read
    themselves; of these `ids` alone, or else all of units."""
    of_units = Conversation.kind == "unit"
    if ids is None:
        return _entries([of_units])
    return _entries([Conversation.id.in_(sorted(ids)), or_(of_units, visible_to(actor))])


def _entries(criteria: list[ColumnElement[bool]]) -> list[Entry]:
    columns: list[Any] = [
        Conversation.id, Conversation.kind, Conversation.owner_id, Conversation.title, Conversation.last_seq,
        Conversation.last_at, Conversation.archived_at, null(), null(),
    ]  # fmt: skip
    query = select(*columns).where(*criteria).order_by(Conversation.id).limit(MOST_KNOWN)
    return [Entry(*row) for row in db.session.execute(query)]


def held() -> ColumnElement[bool]:
    """Whether a conversation is under a legal hold: its own, or that of the unit it belongs to or of one above.

    A group is a unit's where it lists the unit, announcements where they are for it, a talk on work
    where the work lies.
    """
    own = exists(
        select(LegalHold.id).where(LegalHold.lifted_at.is_(None), LegalHold.conversation_id == Conversation.id)
    )
    member = aliased(ConversationMember)
    listed = exists(select(member.party_id).where(member.conversation_id == Conversation.id, _under(member.party_id)))
    of_unit = [
        and_(Conversation.owner_kind == kind, _under(rule.unit(Conversation.owner_id)))  # type: ignore[arg-type]
        for kind, rule in sorted(READABLE.items())
        if rule.unit is not None
    ]
    any_unit = exists(select(LegalHold.id).where(LegalHold.lifted_at.is_(None), LegalHold.unit_id.is_not(None)))
    return or_(own, and_(any_unit, or_(_under(Conversation.audience_id), listed, *of_unit, false())))


def _under(unit: Any) -> ColumnElement[bool]:
    """Whether a unit, or one above it, is held. What `unit` names stands in a statement around, at whatever depth:
    left to itself each subquery would take all conversations anew."""
    below = (
        select(UnitClosure.ancestor_id)
        .where(UnitClosure.ancestor_id == LegalHold.unit_id, UnitClosure.descendant_id == unit)
        .correlate_except(UnitClosure)
    )
    return exists(
        select(LegalHold.id)
        .where(LegalHold.lifted_at.is_(None), LegalHold.unit_id.is_not(None))
        .where(or_(LegalHold.unit_id == unit, exists(below)))
        .correlate_except(LegalHold)
    )


def rules(actor: Actor) -> list[Rule]:
    """The rule of every kind of conversation."""
    may_see(actor)
    known = {row.kind: row for row in db.session.execute(select(RetentionRule.kind, RetentionRule.months,
                                                                 RetentionRule.begins_on))}  # fmt: skip
    return [Rule(kind, known[kind].months, known[kind].begins_on) if kind in known else Rule(kind, None, None)
            for kind in KINDS]  # fmt: skip


def rule_at(kind: str, day: date) -> tuple[int, date] | None:
    """Months and first day of the rule that works on this day once what was decided after it is taken back, as the
    ledger tells it; None: for ever. One that was replaced before its first day never worked, and does not now. For
    commands."""
    about = FactRow.subject_kind == RetentionRuleSet.subject_kind, FactRow.subject_id == ORGANISATION
    told = (
        select(FactRow.kind, FactRow.payload, FactRow.at)
        .where(*about, FactRow.kind.in_(RULED), FactRow.payload["talk"].astext == kind)
        .order_by(FactRow.id.desc())
    )
    until = day
    for what, said, at in db.session.execute(told):
        if what != RetentionRuleSet.kind:
            return None
        begins_on = date.fromisoformat(said["begins"]) if said.get("begins") else None
        if begins_on is not None and begins_on <= until:
            return said["months"], begins_on
        until = local_day(at, tree().time_zone)
    return None


def preview(actor: Actor, kind: str, months: int | None) -> Preview:
    """What would be removed if messages of this kind were kept for so many months. Two queries. Raises NotFound."""
    rule = next((one for one in rules(actor) if one.kind == kind), None)
    if rule is None:
        raise NotFound
    if months is None:
        return Preview(kind, None, None, None, 0, 0, 0, more=False)
    known = (rule.months, rule.begins_on) if rule.months is not None and rule.begins_on is not None else None
    first = max(begins(today(), months, known), today())
    before = oldest_kept(first, months)
    counted = (
        select(Message.conversation_id, held().label("held"))
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.kind == kind, *old(instant(before)))
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    row = db.session.execute(
        select(
            func.count().filter(~counted.c.held),
            func.count(distinct(counted.c.conversation_id)).filter(~counted.c.held),
            func.count().filter(counted.c.held),
        ).select_from(counted)
    ).one()  # fmt: skip
    more = row[0] + row[2] > MOST_COUNTED
    return Preview(kind, months, first, before, min(row[0], MOST_COUNTED), row[1], min(row[2], MOST_COUNTED), more)


def holds(actor: Actor) -> list[Hold]:
    """The legal holds that stand, the newest first."""
    may_see(actor)
    by, unit = aliased(Party), aliased(Party)
    rows = db.session.execute(
        select(LegalHold.id, LegalHold.conversation_id, Conversation.kind, LegalHold.unit_id, unit.label, unit.names,
               LegalHold.reason, by.label.label("by"), by.names.label("by_names"), LegalHold.placed_at)
        .join(by, by.id == LegalHold.placed_by)
        .outerjoin(unit, unit.id == LegalHold.unit_id)
        .outerjoin(Conversation, Conversation.id == LegalHold.conversation_id)
        .where(LegalHold.lifted_at.is_(None))
        .order_by(LegalHold.id.desc())
        .limit(MOST_HOLDS)
    )  # fmt: skip
    return [
        Hold(
            row.id, row.conversation_id, row.kind, row.unit_id, in_language(row.names, row.label or ""), row.reason,
            in_language(row.by_names, row.by), row.placed_at,
        )
        for row in rows
    ]  # fmt: skip


def old(before: datetime) -> list[ColumnElement[bool]]:
    """Messages whose text is still there and that were said before an instant."""
    return [Message.removed_at.is_(None), Message.created_at < before]


def instant(day: date) -> datetime:
    """Where a day begins in the organisation."""
    return instant_of(day, time(0), tree().time_zone)


def due(kind: str, before: datetime) -> Select[int]:
    """Conversations of a kind, in the order of their ids, in which something is to be removed: one look into an index
    for each. The offset keeps the planner from reading all messages instead, of which there are many times more."""
    some = exists(select(Message.id).where(Message.conversation_id == Conversation.id, *old(before)).offset(0))
    return select(Conversation.id).where(Conversation.kind == kind, some, ~held()).order_by(Conversation.id)


def is_due(kind: str, before: datetime) -> bool:
    """Whether there is anything to remove. For the sweep."""
    return db.session.scalar(due(kind, before).limit(1)) is not None


def standing_rules(day: date) -> list[tuple[str, int]]:
    """Kind and months of the rules that remove by now. For the sweep."""
    found = select(RetentionRule.kind, RetentionRule.months).where(RetentionRule.begins_on <= day)
    return [(row.kind, row.months) for row in db.session.execute(found)]
