"""Evidence: files beside an option, or beside the question. Who reads them, who takes them away and until when, and
what the ledger says of them. They stand beside what is argued and go by the same rules."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, cast, exists, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.envelope import session
from collab.core.facts import Fact
from collab.core.i18n import N_, _
from collab.core.package import Holds
from collab.files.models import Attachment, StoredFile
from collab.work.models import WorkItem
from collab.work.policy import among, visible_to
from collab.work.reactions import ITEM

from .events import EvidenceRemoved
from .exhibits import Exhibit
from .having import decision_of
from .models import Decision, DecisionOption
from .refusals import NotNow
from .stages import ARGUED

OPTION: Final = "decision-option"
QUESTION: Final = "decision"
OVER: Final = N_("The vote is closed; the evidence stands as it was.")
STOOD: Final = cast(Decision.opened_words, JSONB)["evidence"]
"""What stood there when the vote opened, in the words that were hashed then."""


def _of_option(owner_id: ColumnElement[int]) -> ColumnElement[int]:
    """The decision that has the option."""
    found = select(DecisionOption.item_id).where(DecisionOption.id == owner_id)
    return found.correlate_except(DecisionOption).scalar_subquery()


def _seen(item_id: ColumnElement[int], actor: Actor) -> ColumnElement[bool]:
    return exists(select(WorkItem.id).where(WorkItem.id == item_id, visible_to(actor)))


def _run(item_id: ColumnElement[int], actor: Actor) -> ColumnElement[bool]:
    """What `policy.may_run` says, in SQL."""
    runs = or_(
        WorkItem.created_by == actor.person_id,
        WorkItem.holder_id == among(actor.parties),
        WorkItem.unit_id == among(actor.headed),
    )
    return exists(select(WorkItem.id).where(WorkItem.id == item_id, runs))


def _read_as(option: int) -> tuple[str, int]:
    item = db.session.scalar(select(DecisionOption.item_id).where(DecisionOption.id == option))
    assert item is not None  # its file was found
    return ITEM, item


def _removed(item_id: int, option: int, name: str, version: int) -> Fact:
    """Raises NotNow once the vote is closed: what was decided upon stands as it was."""
    if decision_of(item_id, shared=True).stage not in ARGUED:
        raise NotNow(_(OVER))
    return EvidenceRemoved(subject=item_id, option=option, version=version, name=name)


def _removed_of_option(option: int, name: str, version: int) -> Fact:
    item_id = session().scalar(select(DecisionOption.item_id).where(DecisionOption.id == option))
    assert item_id is not None  # an option takes its files along
    return _removed(item_id, option, name, version)


of_options: Final = Holds(
    OPTION,
    lambda actor, owner_id: _seen(_of_option(owner_id), actor),
    oversees=lambda actor, owner_id: _run(_of_option(owner_id), actor),
    removed=_removed_of_option,
    read_as=_read_as,
)
of_questions: Final = Holds(
    QUESTION,
    lambda actor, owner_id: _seen(owner_id, actor),
    oversees=lambda actor, owner_id: _run(owner_id, actor),
    removed=lambda item_id, name, version: _removed(item_id, 0, name, version),
    read_as=lambda item_id: (ITEM, item_id),
)


def beside(item_id: int, options: Sequence[int]) -> ColumnElement[bool]:
    """The files of a decision: those beside its question and those beside its options."""
    question = and_(Attachment.owner_kind == QUESTION, Attachment.owner_id == item_id)
    return or_(question, and_(Attachment.owner_kind == OPTION, Attachment.owner_id.in_(options)))


def every_version(item_id: int, options: Sequence[int]) -> "Select[tuple[Any, ...]]":
    """Asks for all that stands there; `exhibits` makes something of the rows."""
    option = case((Attachment.owner_kind == OPTION, Attachment.owner_id))
    return (
        select(
            option, Attachment.name, Attachment.version, StoredFile.media_type, StoredFile.size, StoredFile.sha256,
            Attachment.added_at,
        )
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(beside(item_id, options))
        .order_by(Attachment.id)
    )  # fmt: skip


def exhibits(rows: Iterable[Any]) -> list[Exhibit]:
    return [Exhibit(*row) for row in rows]
