"""The ledger of facts as an auditor reads it, newest first. What belongs to an item that is not theirs to see is shut,
and so are the roll of a vote and what somebody keeps for themselves.

A fact that is shut is shown as a line without contents, so that the numbers have no holes, and says why; a filter
passes it over, since what a filter finds would tell of it.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, func, null, or_, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.facts import KINDS, FactRow
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.paging import Page
from collab.core.sealing import Head, newest_head
from collab.messaging.models import Conversation
from collab.messaging.owners import visible_to as talk_visible_to
from collab.people.models import Outsider
from collab.people.policy import finds_outsider

from ..forms import LedgerFilter
from ..models import WorkItem
from ..policy import among, visible_to
from . import history
from .history import SUBJECT, Line, Told
from .items import id_of
from .parties import Names, names_of, names_typed

# Rules, templates and the list of skills hold for everybody; whatever facts come to be about later is shut until
# somebody has decided that auditors read it.
OPEN_SUBJECTS: Final = (
    "calendar", "deadline-rule", "desk-handover", "escalation-rule", "letter-template", "mail", "organisation",
    "person", "person-skill", "post", "skill", "task-template", "unit",
)  # fmt: skip
PARTIES: Final = frozenset({"outsider", "person", "post", "unit"})
ROLL: Final = "decision-roll"
OWN_SUBJECTS: Final = ("reminder", "saved-view")
# Of the item itself, or of the item in whose talk it happened.
_TALKED_OF: Final = aliased(WorkItem, name="talked_of")
_REFERENCE: Final = func.coalesce(
    WorkItem.reference,
    select(_TALKED_OF.reference)
    .join(Conversation, and_(Conversation.owner_kind == SUBJECT, Conversation.owner_id == _TALKED_OF.id))
    .where(FactRow.subject_kind == "conversation", Conversation.id == FactRow.subject_id)
    .correlate(FactRow)
    .scalar_subquery(),
)
UNKNOWN_KIND: Final = N_("There is no such kind of fact.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger. Of one that is shut only number, time and the reason are known; `line` is None then.

    `about`: the name of the person, unit, post or outsider it is of, where the sentence does not say it.

    `shut`: vote (the roll of a vote that is open to see), own (a view or a reminder somebody made), talk (a
    conversation the reader does not read), named (whatever is kept to named people), or empty.
    """

    id: int
    at: datetime
    kind: str
    subject_kind: str
    subject_id: int
    reference: str | None
    actor_id: int
    actor: str
    via: str
    payload: dict[str, Any]
    line: Line | None
    shut: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A stretch of the ledger with its newest signed head; `names` are those of the parties filtered by."""

    page: Page[Entry]
    head: Head | None
    names: Names


def kinds() -> list[str]:
    """The codes of every kind of fact."""
    return sorted(KINDS)


def read(actor: Actor, asked: LedgerFilter) -> Ledger:
    """A stretch of the ledger; six queries at most. Raises Invalid at `kind` or `item`, BadCursor."""
    window = history.window_of(asked.after, asked.limit)
    shut = _shut(actor)
    query = select(
        FactRow.id, FactRow.at, FactRow.kind, FactRow.actor_id, FactRow.on_behalf_of, FactRow.via, FactRow.payload,
        history.TEXTS, FactRow.subject_kind, FactRow.subject_id, _REFERENCE.label("reference"), shut.label("shut"),
    ).outerjoin(WorkItem, and_(FactRow.subject_kind == SUBJECT, WorkItem.id == FactRow.subject_id))  # fmt: skip
    rows = db.session.execute(window.applied(query.where(*_criteria(actor, asked, shut)))).all()
    page = window.page(rows, lambda row: (row.id,))
    told = [None if row.shut else Told(*row[:8]) for row in page.items]
    open_ones = [each for each in told if each is not None]
    of = {row.subject_id for row in page.items if row.shut is None and row.subject_kind in PARTIES}
    names = names_of(actor, history.parties_in(open_ones) | of)
    # The facts told name whom they name; a number that was typed may be anybody's.
    if asked.person not in {None, *names.known}:
        names = Names(names.known | names_typed(actor, {asked.person}).known)
    others = _seen_among(actor, {id_ for each in open_ones for id_ in _items_in(each.kind, each.payload).values()})
    return Ledger(
        Page([_entry(actor, row, each, names, others) for row, each in zip(page.items, told, strict=True)],
             page.next, page.previous),
        newest_head(db.session()),
        names,
    )  # fmt: skip


def _shut(actor: Actor) -> ColumnElement[str | None]:
    """Why a fact is not told; null for one that is."""
    item = exists(select(WorkItem.id).where(WorkItem.id == FactRow.subject_id, visible_to(actor)).correlate(FactRow))
    talk = exists(
        select(Conversation.id).where(Conversation.id == FactRow.subject_id, talk_visible_to(actor)).correlate(FactRow)
    )
    outsider = exists(
        select(Outsider.id).where(Outsider.id == FactRow.subject_id, finds_outsider(actor)).correlate(FactRow)
    )
    told = or_(
        FactRow.subject_kind.in_(OPEN_SUBJECTS),
        and_(FactRow.subject_kind == SUBJECT, or_(FactRow.subject_id == 0, item)),
        and_(FactRow.subject_kind == "conversation", talk),
        and_(FactRow.subject_kind == "outsider", outsider),
    )
    return case(
        (told, null()),
        (and_(FactRow.subject_kind == ROLL, item), "vote"),
        (FactRow.subject_kind.in_(OWN_SUBJECTS), "own"),
        (FactRow.subject_kind == "conversation", "talk"),
        else_="named",
    )


def _criteria(actor: Actor, asked: LedgerFilter, shut: ColumnElement[str | None]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    zone = ZoneInfo(actor.time_zone)
    if asked.since is not None:
        found.append(FactRow.at >= datetime.combine(asked.since, time(), zone))
    if asked.until is not None:
        found.append(FactRow.at < datetime.combine(asked.until + timedelta(days=1), time(), zone))
    if asked.person is not None:
        found.append(FactRow.actor_id == asked.person)
    if asked.kind is not None:
        if asked.kind not in KINDS:
            raise wrong("kind", _(UNKNOWN_KIND))
        found.append(FactRow.kind == asked.kind)
    if asked.item is not None:
        found.append(_of_item(id_of(actor, asked.item)))
    if asked.person is not None or asked.kind is not None or asked.item is not None:
        found.append(shut.is_(None))
    return found


def _of_item(item_id: int) -> ColumnElement[bool]:
    """What happened to an item, and what was said in its talk."""
    itself = and_(FactRow.subject_kind == SUBJECT, FactRow.subject_id == item_id)
    talk = select(Conversation.id).where(Conversation.owner_kind == SUBJECT, Conversation.owner_id == item_id)
    return or_(itself, and_(FactRow.subject_kind == "conversation", FactRow.subject_id == talk.scalar_subquery()))


def _items_in(kind: str, payload: dict[str, Any]) -> dict[str, int]:
    """The fields of a fact that name another item, with its id."""
    return {name: payload[name] for name, shape in history.shapes(kind) if shape == "item" and payload.get(name)}


def _seen_among(actor: Actor, ids: set[int]) -> set[int]:
    """Those of these items that the actor sees; no query for none."""
    if not ids:
        return set()
    return set(db.session.scalars(select(WorkItem.id).where(WorkItem.id == among(frozenset(ids)), visible_to(actor))))


def _entry(actor: Actor, row: Any, told: Told | None, names: Names, others: set[int]) -> Entry:
    if told is None:
        return Entry(row.id, row.at, "", "", 0, None, 0, "", "", {}, None, row.shut)
    line = next(iter(history.lines(actor, [told], names)), None)
    shown = line or Line(told.id, told.at, told.kind, told.actor_id, ((told.kind, False),))
    hidden = {name for name, id_ in _items_in(row.kind, row.payload).items() if id_ not in others}
    payload = {name: None if name in hidden else value for name, value in row.payload.items()}
    return Entry(
        row.id, row.at, row.kind, row.subject_kind, row.subject_id, row.reference, row.actor_id,
        names.one(row.actor_id).name, row.via, payload, shown, about=_about(row, shown, names),
    )  # fmt: skip


def _about(row: Any, line: Line, names: Names) -> str:
    party = names.maybe(row.subject_id) if row.subject_kind in PARTIES and row.subject_id in names.known else None
    return "" if party is None or (party.name, True) in line.parts else party.name
