"""The ledger: what happened, to what, by whom. History, audit log and outbox are this one thing.

A fact is a frozen dataclass in the past tense. Its fields are ids and codes; a field made with `prose()` is
free text and is kept apart, salted and hashed into the fact, so that erasing the text leaves the ledger
unbroken; a field made with `party()` is the id of a person, unit, post or outsider, shown by name.
"""

import dataclasses
import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Final, NamedTuple, TypeVar, dataclass_transform

from sqlalchemy import ForeignKey, Identity, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .catalogue import append_only
from .db import Base, Xid8

F = TypeVar("F", bound="Fact")

KINDS: dict[str, type["Fact"]] = {}


def party() -> Any:
    """A field that holds a party id (or None) and is shown by its name."""
    return field(default=None, metadata={"as": "party"})


def prose(*, calls: bool = False) -> Any:
    """A field of free text, kept apart from the ledger so that it can be erased. `calls`: whom it calls by their number
    was looked at when it was said, so they are shown by name; any other text is shown as it was typed."""
    return field(default="", metadata={"as": "prose", "calls": calls})


def code(*, labels: dict[str, str]) -> Any:
    """A field that holds a code (or several, with commas), each shown by its label, a text marked with N_."""
    return field(default="", metadata={"as": "code", "labels": labels})


def item() -> Any:
    """A field that holds the id of another work item: told to those alone who see that item."""
    return field(default=0, metadata={"as": "item"})


def day() -> Any:
    """A field that holds a calendar day as ISO text, shown in the reader's calendar."""
    return field(default=None, metadata={"as": "day"})


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened. `subject` says to what; subclasses add the particulars.

    `sentence` is a text marked with N_ whose placeholders are `%(actor)s` and the names of fields.
    """

    subject_kind: ClassVar[str] = ""
    kind: ClassVar[str] = ""
    sentence: ClassVar[str] = ""

    subject: int

    def payload(self) -> dict[str, Any]:
        """Ids and codes, as they stand in the ledger."""
        return {name: getattr(self, name) for name in _columns(type(self)).coded}

    def texts(self) -> dict[str, str]:
        """Free text by field, kept apart."""
        return {name: said for name in _columns(type(self)).prose if (said := getattr(self, name))}


class _Columns(NamedTuple):
    coded: tuple[str, ...]
    prose: tuple[str, ...]


def _sorted_out(kind: type[Any]) -> _Columns:
    fields = [each for each in dataclasses.fields(kind) if each.name != "subject"]
    prose = tuple(each.name for each in fields if each.metadata.get("as") == "prose")
    return _Columns(tuple(each.name for each in fields if each.name not in prose), prose)


_columns: Final[Callable[..., _Columns]] = cache(_sorted_out)
"""The names of the fields of a kind by where they are kept: a bulk verb writes thousands of facts of one kind."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field, party, prose, code, day, item))
def fact(kind: str, *, of: str, says: str) -> Callable[[type[F]], type[F]]:
    """Class decorator: names a fact, says what it is about, and how it reads in a history.

    @fact("handover-offered", of="work-item", says=N_("%(actor)s offered it to %(unit)s"))
    """

    def name(cls: type[F]) -> type[F]:
        if kind in KINDS:
            raise TypeError(f"two facts are called {kind}")
        cls = dataclass(frozen=True, kw_only=True)(cls)
        cls.kind, cls.subject_kind, cls.sentence = kind, of, says
        KINDS[kind] = cls
        return cls

    return name


class FactRow(Base):
    """One line of the ledger. A trigger refuses UPDATE, DELETE and TRUNCATE."""

    __tablename__ = "facts"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    xid: Mapped[int] = mapped_column(Xid8, server_default=text("pg_current_xact_id()"))
    at: Mapped[datetime]
    kind: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    actor_id: Mapped[int]
    on_behalf_of: Mapped[int | None]
    via: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    text_hash: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (
        Index("ix_facts_subject", "subject_kind", "subject_id", "id"),
        Index("ix_facts_actor", "actor_id", "id"),
        Index("ix_facts_order", "xid", "id"),
        Index(
            "ix_facts_message", "subject_id", text("((payload ->> 'message')::bigint)"),
            postgresql_where="subject_kind = 'conversation' and text_hash is not null",
        ),
    )  # fmt: skip


append_only(FactRow.__table__)


class FactText(Base):
    """The free text of a fact; deleting the row erases it and the seal still holds."""

    __tablename__ = "fact_text"

    fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    text: Mapped[str]
    salt: Mapped[bytes] = mapped_column(LargeBinary)


def seal(texts: Iterable[tuple[str, str, bytes]]) -> bytes:
    """SHA-256 over `(name, text, salt)` triples in order of name, lengths included."""
    digest = hashlib.sha256()
    for name, words, salt in sorted(texts):
        for part in (name.encode(), salt, words.encode()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.digest()


def new_salt() -> bytes:
    return secrets.token_bytes(16)


def revive(kind: str, subject: int, payload: dict[str, Any], texts: dict[str, str]) -> Fact:
    """A fact as an object again, from its row. Fields that a later version added take their defaults."""
    cls = KINDS[kind]
    known = {f.name for f in dataclasses.fields(cls)}
    values = {name: value for name, value in {**payload, **texts}.items() if name in known}
    return cls(subject=subject, **values)
