"""One decision, found within the actor's sight, and what its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, Text, and_, any_, bindparam, exists, func, or_, select, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.origins import came_from_something
from collab.core.prepared import Fixed, Prepared
from collab.core.venue import belongs_somewhere
from collab.files.models import Attachment
from collab.work.models import WorkItem
from collab.work.policy import visible_to
from collab.work.queries.items import row_named

from ..evidence import OPTION, QUESTION
from ..models import Decision, DecisionArgument, DecisionOption, Proxy, Roll, votes_of
from ..words import COUNTED


@dataclass(frozen=True, slots=True)
class Found:
    """A decision with its work item. The columns the rules look at stand under the names of the table. `has_origins`:
    it was made of a message; `has_venue`: it was begun in a meeting, or stands on an agenda; `has_evidence`: files
    stand beside its question or an option."""

    id: int
    kind: str
    reference: str
    title: str
    body: str
    unit_id: int
    desk_unit_id: int
    holder_id: int | None
    created_by: int
    created_at: datetime
    reach: str
    state_kind: str
    due_on: date | None
    stage: str
    level: str
    preset: str
    rule: dict[str, Any]
    rule_hash: bytes | None
    electorate: dict[str, Any]
    substitutes: str
    proxies: int
    chair_id: int | None
    chair_was_id: int | None
    seed: bytes | None
    seed_hash: bytes | None
    opened_at: datetime | None
    opened_by: int | None
    closes_at: datetime | None
    closed_at: datetime | None
    extended_at: datetime | None
    result: dict[str, Any] | None
    chosen: dict[str, Any] | None
    outcome: str | None
    outcome_at: datetime | None
    outcome_by: int | None
    revisit_on: date | None
    revisit_when: str | None
    revisit_after_id: int | None
    revisit_wait_id: int | None
    looked_at: datetime | None
    looked_by: int | None
    looked_note: str | None
    revises_id: int | None
    closed_by: int | None
    ended_reason: str | None
    unopened: str | None
    superseded_by: int | None
    version: int
    has_origins: bool
    has_venue: bool
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Option:
    id: int
    title: str
    body: str
    cost: int | None
    about_id: int | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    id: int
    option_id: int | None
    side: str
    text: str
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Turnout:
    """Numbers alone: never who."""

    entitled: int
    recused: int
    cast: int


@dataclass(frozen=True, slots=True)
class Mine:
    """What the roll says of one person, and for whom else they vote or may be asked to. `choice` is that of an open
    ballot; of a sealed one there is only the receipt. `proposed`: what options are about that they have to do with, for
    which they are asked whether they stand aside; `stays`: they said that they take part all the same."""

    listed: bool = False
    left_out: str | None = None
    recused_at: datetime | None = None
    cast_at: datetime | None = None
    cast_by: int | None = None
    choice: dict[str, Any] | None = None
    receipt: bytes | None = None
    dissent: str | None = None
    holder_id: int | None = None
    accepted: bool = False
    principals: tuple["Principal", ...] = ()
    proposed: tuple[dict[str, Any], ...] = ()
    stays: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody for whom the reader votes (`accepted`, or as their substitute), or is asked to vote."""

    person_id: int
    accepted: bool
    cast_at: datetime | None
    choice: dict[str, Any] | None
    receipt: bytes | None


_ITEM = (
    WorkItem.id, WorkItem.kind, WorkItem.reference, WorkItem.title, WorkItem.body, WorkItem.unit_id,
    WorkItem.desk_unit_id, WorkItem.holder_id, WorkItem.created_by, WorkItem.created_at, WorkItem.reach,
    WorkItem.state_kind, WorkItem.due_on, WorkItem.version,
)  # fmt: skip
_OF_ITEM = {column.key: column for column in _ITEM}
SHORT_RESULT: Final = func.coalesce(Decision.result["short"], Decision.result, type_=JSONB).label("result")
"""What pages read of a result; of a long count that is not the whole."""


# What few decisions have is asked for with the decision itself, and read only where it is.
# Asked for the question and for its options apart, so that each is found by its key and not among all files.
_HAS_EVIDENCE: Final = or_(
    exists(
        select(Attachment.id)
        .where(Attachment.owner_kind == QUESTION, Attachment.owner_id == WorkItem.id)
        .correlate(WorkItem)
    ),
    exists(
        select(Attachment.id)
        .join(DecisionOption, DecisionOption.id == Attachment.owner_id)
        .where(Attachment.owner_kind == OPTION, DecisionOption.item_id == WorkItem.id)
        .correlate(WorkItem)
    ),
)


def _decisions(result: Any) -> Any:
    given = _OF_ITEM | {
        "result": result, "has_origins": came_from_something(WorkItem.id).label("has_origins"),
        "has_venue": belongs_somewhere(WorkItem.id).label("has_venue"),
        "has_evidence": _HAS_EVIDENCE.label("has_evidence"),
    }  # fmt: skip
    columns = (given[name] if name in given else getattr(Decision, name) for name in Found.__dataclass_fields__)
    return select(*columns).join(Decision, Decision.item_id == WorkItem.id)


def _by_id(actor: Actor, result: Any = SHORT_RESULT) -> Any:
    return _decisions(result).where(WorkItem.id == bindparam("item", type_=BigInteger), visible_to(actor))


def _by_reference(actor: Actor, result: Any = SHORT_RESULT) -> Any:
    return _decisions(result).where(WorkItem.reference == bindparam("reference", type_=Text), visible_to(actor))


BY_ID, BY_REFERENCE = Prepared(_by_id), Prepared(_by_reference)
WHOLE_BY_ID = Prepared(lambda actor: _by_id(actor, Decision.result))
WHOLE_BY_REFERENCE = Prepared(lambda actor: _by_reference(actor, Decision.result))


def find_decision(actor: Actor, ref: str | int) -> Found:
    """The decision with this reference or id, in one query; of a long count what pages need of its result. Raises
    NotFound when the actor does not see it."""
    return Found(*row_named(actor, ref, BY_ID, BY_REFERENCE))


def find_whole(actor: Actor, ref: str | int) -> Found:
    """The same with the whole result, for papers and the API."""
    found = Found(*row_named(actor, ref, WHOLE_BY_ID, WHOLE_BY_REFERENCE))
    return found if not found.result else replace(found, result=without_short(found.result))


def without_short(result: dict[str, Any]) -> dict[str, Any]:
    """The result alone, without what was put aside for pages."""
    return {name: said for name, said in result.items() if name != "short"}


_ITEM_ID = bindparam("item", type_=BigInteger)


def _options() -> Any:
    it = DecisionOption
    query = select(it.id, it.title, it.body, it.cost, it.about_id).where(it.item_id == _ITEM_ID)
    return query.order_by(it.position, it.id)


def _arguments() -> Any:
    it = DecisionArgument
    query = select(it.id, it.option_id, it.side, it.text, it.by_id, it.at).where(it.item_id == _ITEM_ID)
    return query.order_by(it.id)


def _turnout() -> Any:
    return select(
        votes_of(Roll.left_out.is_(None), Roll.recused_at.is_(None)).label("entitled"),
        votes_of(Roll.recused_at.is_not(None)).label("recused"),
        votes_of(Roll.cast_at.is_not(None)).label("cast"),
    ).where(Roll.item_id == _ITEM_ID)


_OPTIONS, _ARGUMENTS, _TURNOUT = Fixed(_options), Fixed(_arguments), Fixed(_turnout)


def options_of(item_id: int) -> list[Option]:
    """The options of a decision that was found, in their order; one query."""
    return [Option(*row) for row in _OPTIONS.rows(item=item_id)]


def arguments_of(item_id: int) -> list[Argument]:
    """What was said for and against, the oldest first; one query."""
    return [Argument(*row) for row in _ARGUMENTS.rows(item=item_id)]


def turnout_of(item_id: int) -> Turnout:
    """How many are entitled, stand aside, and have voted, by their votes; one query."""
    return Turnout(*_TURNOUT.rows(item=item_id)[0])


def turnout_and_mine(actor: Actor, found: Found, *, running: bool = True) -> tuple[Turnout, Mine]:
    """How many are entitled, stand aside and have voted, and what the roll says of the actor and of those for whom they
    vote; once the vote is over (not `running`) of the actor alone. One query: of a vote that was counted the result
    says the numbers."""
    stands_in = (
        running and found.substitutes == "substitute" and actor.person_id not in found.electorate.get("without", ())
    )
    others = sorted(actor.substitutes) if stands_in else []
    holder = actor.person_id if running and found.proxies else None
    asked = {"item": found.id, "people": [actor.person_id, *others], "holder": holder}
    if found.stage in COUNTED and found.result:
        counts = Turnout(found.result["entitled"], found.result["recused"], found.result["cast"])
        return counts, _mine(actor, LINES.rows(**asked), running=running)
    rows = LINES_AND_TURNOUT.rows(**asked)
    listed = [row for row in rows if row.person_id is not None]
    return Turnout(rows[0].entitled, rows[0].recused, rows[0].cast), _mine(actor, listed, running=running)


def _mine(actor: Actor, rows: Sequence[Any], *, running: bool) -> Mine:
    lines = {line.person_id: line for line in rows}
    own = lines.pop(actor.person_id, None)
    able = own is None or (own.left_out is None and own.recused_at is None)
    principals = tuple(_principal(actor, line) for _, line in sorted(lines.items()) if able and _votes_for(actor, line))
    if own is None:
        return Mine(principals=principals)
    given = running and own.holder_id is not None
    return Mine(
        True, own.left_out, own.recused_at, own.cast_at, own.cast_by, own.choice, own.receipt, own.dissent,
        own.holder_id if given else None, given and own.accepted_at is not None, principals,
        tuple(own.proposed or ()), own.stayed_at is not None, own.weight,
    )  # fmt: skip


def _lines() -> Any:
    """The lines of these people, and of those who asked `holder` to vote for them, each with their proxy."""
    given = and_(Proxy.item_id == Roll.item_id, Proxy.principal_id == Roll.person_id)
    people, holder = bindparam("people", type_=ARRAY(BigInteger)), bindparam("holder", type_=BigInteger)
    other = aliased(Proxy)  # gathered first: the roll of a large vote is asked for a few people by its key
    asking = select(other.principal_id).where(other.item_id == _ITEM_ID, other.holder_id == holder)
    asked = func.array(asking.scalar_subquery(), type_=ARRAY(BigInteger))
    return (
        select(
            Roll.person_id, Roll.left_out, Roll.recused_at, Roll.cast_at, Roll.cast_by, Roll.choice, Roll.receipt,
            Roll.dissent, Roll.proposed, Roll.stayed_at, Roll.weight, Proxy.holder_id, Proxy.accepted_at,
        )
        .outerjoin(Proxy, given)
        .where(Roll.item_id == _ITEM_ID, Roll.person_id == any_(people.concat(asked)))
    )  # fmt: skip


def _lines_and_turnout() -> Any:
    """The same beside the numbers, which are there where nobody asked for is on the roll."""
    counts, lines = _turnout().subquery("counts"), _lines().subquery("lines")
    return select(counts, lines).join_from(counts, lines, true(), isouter=True)


LINES, LINES_AND_TURNOUT = Fixed(_lines), Fixed(_lines_and_turnout)


def _principal(actor: Actor, line: Any) -> Principal:
    """Somebody for whom the actor votes; what they voted themselves is not for the actor."""
    accepted = line.holder_id != actor.person_id or line.accepted_at is not None
    by_me = line.cast_by == actor.person_id
    return Principal(
        line.person_id, accepted, line.cast_at, line.choice if by_me else None, line.receipt if by_me else None
    )


def _votes_for(actor: Actor, line: Any) -> bool:
    """Whether the actor votes, or is asked to vote, for them: nobody does as a substitute for somebody who gave their
    vote to another, nor for somebody who has voted."""
    asked = line.holder_id in (None, actor.person_id) or line.accepted_at is None
    return asked and line.left_out is None and line.recused_at is None and line.cast_by != line.person_id
