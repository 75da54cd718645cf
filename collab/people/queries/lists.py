"""Units, posts and outsiders as lists for the API and the administrator's pages."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language
from collab.core.paging import Page

from ..models import Outsider, Party, Post, Unit, UnitEdge
from ..policy import everyone_sees, finds_outsider
from ..standing import valid_on
from .by_name import page_by_name
from .parties import folded_words, found_by
from .today import today


class UnitLine(NamedTuple):
    """A unit in a list, with the one above it today; of one that begins later, with that of its first day."""

    id: int
    code: str
    name: str
    names: dict[str, str]
    level: str
    parent_id: int | None
    calendar_id: int | None
    valid_from: date
    valid_to: date | None
    version: int


class PostLine(NamedTuple):
    """A post in a list."""

    id: int
    name: str
    names: dict[str, str]
    kind: str
    unit_id: int
    unit: str
    code: str
    valid_from: date
    valid_to: date | None
    version: int


class OutsiderLine(NamedTuple):
    """Somebody outside the organisation."""

    id: int
    name: str
    label: str
    names: dict[str, str]
    email: str | None
    phone: str | None
    address: str | None
    note: str | None
    version: int


def units(
    _actor: Actor, text: str = "", cursor: str | None = None, limit: int = 50, *, on: date | None = None
) -> Page[UnitLine]:
    """A page of units by name: all there are, closed ones too, or those that stood `on` a day. Raises BadCursor."""
    day = on or today()
    query = (
        select(
            Party.id, Party.label, Party.names, Party.sort_key, Unit.code, Unit.level, UnitEdge.parent_id,
            Unit.calendar_id, Unit.valid_from, Unit.valid_to, Unit.version,
        )
        .join(Unit, Unit.id == Party.id)
        .outerjoin(UnitEdge, (UnitEdge.unit_id == Unit.id) & valid_on(UnitEdge, func.greatest(day, Unit.valid_from)))
        .where(Party.kind == "unit", *_matching(text), *([valid_on(Unit, on)] if on else []))
    )  # fmt: skip
    page = page_by_name(query, cursor, limit)
    return _page(
        page,
        lambda row: UnitLine(
            row.id, row.code, in_language(row.names, row.label), row.names, row.level, row.parent_id, row.calendar_id,
            row.valid_from, row.valid_to, row.version,
        ),
    )  # fmt: skip


def posts(
    _actor: Actor, text: str = "", unit_id: int | None = None, cursor: str | None = None, limit: int = 50
) -> Page[PostLine]:
    """A page of posts by name, of one unit when given; closed ones left out. Raises BadCursor."""
    query = _posts().where(Party.kind == "post", or_(Post.valid_to.is_(None), Post.valid_to > today()))
    query = query.where(*_matching(text))
    if unit_id is not None:
        query = query.where(Post.unit_id == unit_id)
    page = page_by_name(query, cursor, limit)
    return _page(page, _post_line)


def find_post(actor: Actor, post_id: int) -> PostLine:
    """One post. Raises NotFound."""
    row = db.session.execute(_posts().where(Post.id == post_id, everyone_sees(actor))).one_or_none()
    if row is None:
        raise NotFound
    return _post_line(row)


def outsiders(actor: Actor, text: str = "", cursor: str | None = None, limit: int = 50) -> Page[OutsiderLine]:
    """A page of outsiders by name. Raises BadCursor."""
    query = _outsiders().where(Party.kind == "outsider", finds_outsider(actor), *_matching(text))
    page = page_by_name(query, cursor, limit)
    return _page(page, _outsider_line)


def find_outsider(actor: Actor, outsider_id: int) -> OutsiderLine:
    """One outsider. Raises NotFound."""
    row = db.session.execute(_outsiders().where(Outsider.id == outsider_id, finds_outsider(actor))).one_or_none()
    if row is None:
        raise NotFound
    return _outsider_line(row)


def _posts() -> Any:
    unit = aliased(Party)
    return (
        select(
            Party.id, Party.label, Party.names, Party.sort_key, Post.kind, Post.unit_id, Unit.code,
            unit.label.label("unit_label"), unit.names.label("unit_names"), Post.valid_from, Post.valid_to,
            Post.version,
        )
        .join(Post, Post.id == Party.id)
        .join(Unit, Unit.id == Post.unit_id)
        .join(unit, unit.id == Post.unit_id)
    )  # fmt: skip


def _outsiders() -> Any:
    return select(
        Party.id, Party.label, Party.names, Party.sort_key, Outsider.email, Outsider.phone, Outsider.address,
        Outsider.note, Outsider.version,
    ).join(Outsider, Outsider.id == Party.id)  # fmt: skip


def _matching(text: str) -> list[Any]:
    words = folded_words(text)
    return [found_by(words)] if words else []


def _page(page: Page[Any], line: Any) -> Page[Any]:
    return Page([line(row) for row in page.items], page.next, page.previous)


def _post_line(row: Any) -> PostLine:
    return PostLine(
        row.id, in_language(row.names, row.label), row.names, row.kind, row.unit_id,
        in_language(row.unit_names, row.unit_label), row.code, row.valid_from, row.valid_to, row.version,
    )  # fmt: skip


def _outsider_line(row: Any) -> OutsiderLine:
    return OutsiderLine(
        row.id, in_language(row.names, row.label), row.label, row.names, row.email, row.phone, row.address, row.note,
        row.version,
    )  # fmt: skip


def post_label(post_id: int) -> str:
    """A post's name in the organisation's own language."""
    return db.session.scalar(select(Party.label).where(Party.id == post_id)) or ""
