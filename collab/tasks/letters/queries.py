"""Questions about letters and templates; columns only."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language
from collab.core.prepared import Fixed
from collab.files.models import Paper
from collab.people.models import Party, Unit, UnitClosure
from collab.work.models import WorkItem
from collab.work.policy import among, visible_to

from .models import Letter, LetterTemplate
from .policy import everyone_sees

MOST_TEMPLATES: Final = 500


class Letterhead(NamedTuple):
    """A letter as a line of its item."""

    id: int
    number: int
    subject: str
    to: str
    sent_on: date | None
    protocol_number: str | None


class LetterCard(NamedTuple):
    """A letter whole. `file_id`: its PDF of this version, once there; `paper_failed`: it could not be made."""

    id: int
    item_id: int
    reference: str
    title: str
    number: int
    language: str
    to_id: int | None
    to_name: str
    to_text: str
    subject: str
    body: str
    signer: str
    writer: str
    created_at: datetime
    sent_on: date | None
    sent_by: str
    protocol_number: str | None
    wait_id: int | None
    paper_id: int | None
    paper_is_new: bool
    paper_done: bool
    paper_failed: bool
    file_id: int | None
    version: int


class Template(NamedTuple):
    """A letter template as it is shown. `unit` is empty where it holds everywhere."""

    id: int
    name: str
    own_name: str
    names: dict[str, str]
    unit_id: int | None
    unit: str
    texts: dict[str, dict[str, str]]
    retired_at: datetime | None
    version: int


def _lines() -> Any:
    from sqlalchemy import BigInteger, bindparam

    to = aliased(Party)
    return (
        select(
            Letter.id, Letter.number, Letter.subject, Letter.to_text, to.label, to.names, Letter.sent_on,
            Letter.protocol_number,
        )
        .outerjoin(to, to.id == Letter.to_id)
        .where(Letter.item_id == bindparam("item", type_=BigInteger))
        .order_by(Letter.number.desc())
    )  # fmt: skip


_LINES: Final = Fixed(_lines)


def letters_of(_actor: Actor, item_id: int) -> list[Letterhead]:
    """The letters of an item the actor has found, the newest first. One query."""
    return [
        Letterhead(
            row.id, row.number, row.subject, in_language(row.names, row.label or row.to_text.split("\n")[0]),
            row.sent_on, row.protocol_number,
        )
        for row in _LINES.rows(item=item_id)
    ]  # fmt: skip


def find_letter(actor: Actor, letter_id: int) -> LetterCard:
    """One letter. Raises NotFound when its item is not for this actor to see."""
    to, writer, sender = aliased(Party), aliased(Party), aliased(Party)
    row = db.session.execute(
        select(
            Letter, WorkItem.reference, WorkItem.title, to.label.label("to"), to.names.label("to_names"),
            writer.label.label("writer"), writer.names.label("writer_names"), sender.label.label("sender"),
            sender.names.label("sender_names"), Paper.done_at, Paper.failed, Paper.file_id,
        )
        .join(WorkItem, WorkItem.id == Letter.item_id)
        .outerjoin(to, to.id == Letter.to_id)
        .outerjoin(writer, writer.id == Letter.created_by)
        .outerjoin(sender, sender.id == Letter.sent_by)
        .outerjoin(Paper, Paper.id == Letter.paper_id)
        .where(Letter.id == letter_id, visible_to(actor))  # of the item, which is joined
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    letter: Letter = row[0]
    is_new = letter.paper_id is not None and letter.paper_version == letter.version
    return LetterCard(
        letter.id, letter.item_id, row.reference, row.title, letter.number, letter.language, letter.to_id,
        in_language(row.to_names, row.to or ""), letter.to_text, letter.subject, letter.body, letter.signer,
        in_language(row.writer_names, row.writer or "Collab"), letter.created_at, letter.sent_on,
        in_language(row.sender_names, row.sender or ""), letter.protocol_number, letter.wait_id, letter.paper_id,
        is_new, row.done_at is not None, bool(row.failed), row.file_id, letter.version,
    )  # fmt: skip


def templates_in(actor: Actor, units: Iterable[int]) -> list[Template]:
    """The templates that hold in some of `units`, by name."""
    above = select(UnitClosure.ancestor_id).where(UnitClosure.descendant_id == among(frozenset(units)))
    holds = (LetterTemplate.unit_id.is_(None) | LetterTemplate.unit_id.in_(above)) & LetterTemplate.retired_at.is_(None)
    return _read(actor, holds)


def all_templates(actor: Actor) -> list[Template]:
    """Every template, those in use first, by name."""
    return _read(actor, everyone_sees(actor))


def find_template(actor: Actor, template_id: int) -> Template:
    """One template. Raises NotFound."""
    found = _read(actor, LetterTemplate.id == template_id)
    if not found:
        raise NotFound
    return found[0]


def _read(actor: Actor, which: ColumnElement[bool]) -> list[Template]:
    party = aliased(Party)
    rows = db.session.execute(
        select(
            LetterTemplate.id, LetterTemplate.name, LetterTemplate.names, LetterTemplate.unit_id, LetterTemplate.texts,
            LetterTemplate.retired_at, LetterTemplate.version, party.label, party.names.label("unit_names"),
        )
        .outerjoin(Unit, Unit.id == LetterTemplate.unit_id)
        .outerjoin(party, party.id == LetterTemplate.unit_id)
        .where(which)
        .order_by(LetterTemplate.retired_at.is_not(None), LetterTemplate.name, LetterTemplate.id)
        .limit(MOST_TEMPLATES)
    )  # fmt: skip
    return [
        Template(
            row.id, row.names.get(actor.locale) or row.name, row.name, row.names, row.unit_id,
            (row.unit_names or {}).get(actor.locale) or row.label or "", row.texts, row.retired_at, row.version,
        )
        for row in rows
    ]  # fmt: skip
