"""What things are found by: their words with weights, and who may at all be let see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.orm import Session

from collab.core.package import SEARCHED
from collab.core.text.greeklish import readings
from collab.core.text.keys import key
from collab.core.text.near import neighbourhood
from collab.core.text.stem import words
from collab.core.text.vector import Weight, vector
from collab.files.models import Attachment
from collab.messaging.models import Conversation, Message
from collab.people.models import Outsider, Party, Person, Post, Unit
from collab.work.models import Label, Participant, WorkItem, WorkItemLabel

from .eras import eras

ITEM, MESSAGE, FILE = "item", "message", "file"
WORK_ITEM: Final = "work-item"
EVERYBODY: Final = 0
NAME, BEGINS, NEAR = "~", "=", "^"
"""Marks of lexemes beside the stems: a sound, a whole folded word of a name, what it leaves without a letter."""

Fields = list[tuple[Weight, str]]


@dataclass(frozen=True, slots=True)
class Document:
    """One thing as the index keeps it. `fields` are its texts with their weights."""

    kind: str
    subject_id: int
    fields: Fields
    scopes: list[int]
    parent_id: int | None = None

    def row(self) -> dict[str, Any]:
        """The columns of its entry."""
        also = name_lexemes(text for _weight, text in self.fields) if self.kind not in (ITEM, MESSAGE, FILE) else ()
        return {
            "kind": self.kind,
            "subject_id": self.subject_id,
            "vector": vector(self.fields, also),
            "scopes": self.scopes,
            "parent_id": self.parent_id,
        }


def name_lexemes(texts: Iterable[str]) -> Iterable[str]:
    """What names are found by beside their stems: their beginnings, their sound, and words a slip away."""
    found: dict[str, None] = {}
    for text in texts:
        for word in words(text):
            found[BEGINS + word.folded] = None
            found.update((NEAR + left, None) for left in neighbourhood(word.folded))
            heard = key(word.folded)
            for one in (heard,) if heard else readings(word.folded):
                found[NAME + one] = None
                found.update((NEAR + NAME + left, None) for left in neighbourhood(one))
    return found


def items(session: Session, ids: Sequence[int]) -> list[Document]:
    """Items by title, reference, body and labels, with what the packages of their kinds add."""
    labels = (
        select(func.string_agg(Label.name, " "))
        .join(WorkItemLabel, WorkItemLabel.label_id == Label.id)
        .where(WorkItemLabel.item_id == WorkItem.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(WorkItem.id, WorkItem.reference, WorkItem.title, WorkItem.body, labels.label("labels"), _scopes())
        .where(WorkItem.id.in_(ids))
    ).all()  # fmt: skip
    more: dict[int, Fields] = {}
    for searched in SEARCHED:
        for id_, fields in searched.words(session, ids).items():
            more.setdefault(id_, []).extend(fields)
    return [
        Document(
            ITEM,
            row.id,
            [("A", row.title), ("A", row.reference), *more.get(row.id, []), ("B", row.labels or ""), ("D", row.body)],
            row.scopes + eras(row.id),
        )
        for row in rows
    ]


def messages(session: Session, ids: Sequence[int]) -> list[Document]:
    """Messages that stand, by their text."""
    rows = session.execute(
        select(Message.id, Message.text, WorkItem.id.label("item"), _scopes())
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(WorkItem, (Conversation.owner_kind == WORK_ITEM) & (Conversation.owner_id == WorkItem.id))
        .where(Message.id.in_(ids), Message.deleted_at.is_(None), Message.hidden_reason.is_(None))
    )
    return [Document(MESSAGE, row.id, [("C", row.text)], row.scopes + eras(row.id), row.item) for row in rows]


def files(session: Session, ids: Sequence[int]) -> list[Document]:
    """Files on items and messages that are still there, by their names."""
    on_message = (Attachment.owner_kind == "message") & (Message.id == Attachment.owner_id)
    rows = session.execute(
        select(Attachment.id, Attachment.name, WorkItem.id.label("item"), _scopes())
        .outerjoin(Message, on_message)
        .outerjoin(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(
            WorkItem,
            ((Attachment.owner_kind == WORK_ITEM) & (WorkItem.id == Attachment.owner_id))
            | ((Conversation.owner_kind == WORK_ITEM) & (WorkItem.id == Conversation.owner_id)),
        )
        .where(Attachment.id.in_(ids), Message.deleted_at.is_(None), Message.hidden_reason.is_(None))
    )
    return [Document(FILE, row.id, [("A", row.name)], row.scopes + eras(row.id), row.item) for row in rows]


def parties(session: Session, ids: Sequence[int]) -> list[Document]:
    """People, units, posts and outsiders by their names in every language, with mail address or code."""
    rows = session.execute(
        select(Party.id, Party.kind, Party.label, Party.names, func.coalesce(Unit.code, Person.email, "").label("also"))
        .outerjoin(Person, Person.id == Party.id)
        .outerjoin(Unit, Unit.id == Party.id)
        .outerjoin(Post, Post.id == Party.id)
        .outerjoin(Outsider, Outsider.id == Party.id)
        .where(Party.id.in_(ids))
    )
    found = []
    for row in rows:
        names: Fields = [("A", name) for name in dict.fromkeys([row.label, *row.names.values()]) if name]
        also: Fields = [("B", row.also.partition("@")[0])] if row.also else []
        found.append(Document(row.kind, row.id, names + also, []))
    return found


def _scopes() -> Any:
    """The parties that may let somebody see the item: never fewer than `visible_to` goes by, sometimes more. What
    hangs on no item is open to everybody's question, and its own criterion decides."""
    taking_part = (
        select(func.coalesce(func.array_agg(Participant.party_id.distinct()), cast(array([]), ARRAY(BigInteger))))
        .where(Participant.item_id == WorkItem.id)
        .scalar_subquery()
    )
    everybody = cast(array([literal(EVERYBODY)]), ARRAY(BigInteger))
    return case(
        (WorkItem.id.is_(None), everybody),
        (WorkItem.reach == "all", everybody),
        (WorkItem.reach == "unit", taking_part.op("||")(WorkItem.unit_id)),
        else_=taking_part,
    ).label("scopes")


DOCUMENTS: Final = {ITEM: items, MESSAGE: messages, FILE: files, "party": parties}
TABLES: Final = {ITEM: WorkItem.id, MESSAGE: Message.id, FILE: Attachment.id, "party": Party.id}
"""The column by which everything of a kind is walked when the index is made anew."""
