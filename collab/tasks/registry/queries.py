"""What stands in the registry within somebody's sight: pending items that came in, letters that went out.

Each side is read in its own order and no further than a page needs; then the two are one list, the newest day first.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Date, func, literal, literal_column, select

from collab.core import readings
from collab.core.actor import Actor
from collab.core.dates import Calendar, day_of
from collab.core.db import db
from collab.core.paging import Key, Keyset, Kind, Page
from collab.work.filters.hits import Sieve
from collab.work.models import WorkItem
from collab.work.queries.parties import names_of
from collab.work.queries.plans import sees_many, within_sight

from ..forms import latin_digits
from ..letters.models import Letter
from ..models import PendingItem
from .forms import JALALI_BEFORE, RegistryFilter

NO_DAY: Final = date(1900, 1, 1)


class Entry(NamedTuple):
    """A line of the registry. `way` is in or out; names are in the reader's language."""

    way: str
    item_id: int
    letter_id: int | None
    number: str
    day: date | None
    subject: str
    reference: str
    state_kind: str
    counterpart: str
    unit: str
    holder: str


def _order(day: Any, place: Any) -> Keyset:
    return Keyset((Key("day", day, Kind.DAY, descending=True), Key("place", place, Kind.INTEGER, descending=True)))


_IN_DAY: Final[Any] = literal_column("coalesce(pending_item.protocol_on, '1900-01-01'::date)", Date)
_IN_PLACE: Final[Any] = literal_column("(pending_item.item_id * 2)", BigInteger)
_OUT_DAY: Final[Any] = literal_column("letter.sent_on", Date)
_OUT_PLACE: Final[Any] = literal_column("(letter.id * 2 + 1)", BigInteger)
_PENDING: Final = WorkItem.kind == "pending"
_OF_KIND: Final = (Sieve(by_index=_PENDING, by_row=_PENDING),)
"""Told where ids are gathered, a kind spares looking up each of them again: most that somebody sees is of another."""
INCOMING: Final = _order(_IN_DAY, _IN_PLACE)
OUTGOING: Final = _order(_OUT_DAY, _OUT_PLACE)


def registry(actor: Actor, wanted: RegistryFilter) -> Page[Entry]:
    """A page of the registry, in three queries. Raises BadCursor."""
    window = INCOMING.window(wanted.after, wanted.limit)
    rows: list[Any] = []
    for way, build, order in (("in", _incoming, INCOMING), ("out", _outgoing, OUTGOING)):
        if wanted.way in ("", way):
            rows += db.session.execute(order.window(wanted.after, wanted.limit).applied(build(actor, wanted))).all()
    rows.sort(key=lambda row: (row.order_day, row.place), reverse=not window.backward)
    page = window.page(rows[: wanted.limit + 1], lambda row: (row.order_day, row.place))
    readings.note_list(actor, len(page.items))
    ids = {id_ for row in page.items for id_ in (row.other_id, row.desk_unit_id, row.holder_id)}
    names = names_of(actor, ids)
    return Page([_entry(row, names) for row in page.items], page.next, page.previous)


def oldest_day() -> date | None:
    """The first day that an entry of the whole registry carries, whoever sees it; None where there is none.

    It says from which year on there is a registry and nothing of any entry. Within one's sight alone it would read
    what one does not see until the first that one does.
    """
    asked = select(
        select(func.min(_IN_DAY)).where(PendingItem.protocol_number.is_not(None), _IN_DAY > NO_DAY).scalar_subquery(),
        select(func.min(Letter.sent_on)).where(Letter.protocol_number.is_not(None)).scalar_subquery(),
    )
    return min((day for day in db.session.execute(asked).one() if day is not None), default=None)


def _entry(row: Any, names: Any) -> Entry:
    other = names.maybe(row.other_id)
    return Entry(
        row.way, row.item_id, row.letter_id, row.number, row.order_day if row.order_day != NO_DAY else None,
        row.subject, row.reference, row.state_kind, other.name if other else row.to_text.split("\n")[0],
        names.one(row.desk_unit_id).name, names.one(row.holder_id).name if row.holder_id else "",
    )  # fmt: skip


def _incoming(actor: Actor, wanted: RegistryFilter) -> Any:
    number = PendingItem.protocol_number
    query = (
        _columns("in", number, WorkItem.title, PendingItem.counterpart_id, literal(None, BigInteger), literal(""))
        .add_columns(_IN_DAY.label("order_day"), _IN_PLACE.label("place"))
        .join(PendingItem, PendingItem.item_id == WorkItem.id)
        .where(number.is_not(None), _PENDING)
    )
    return _narrowed(actor, query, wanted, number, PendingItem.protocol_on, _OF_KIND)


def _outgoing(actor: Actor, wanted: RegistryFilter) -> Any:
    number = Letter.protocol_number
    query = (
        _columns("out", number, Letter.subject, Letter.to_id, Letter.id, Letter.to_text)
        .add_columns(_OUT_DAY.label("order_day"), _OUT_PLACE.label("place"))
        .join(Letter, Letter.item_id == WorkItem.id)
        .where(number.is_not(None), Letter.sent_on.is_not(None))
    )
    return _narrowed(actor, query, wanted, number, Letter.sent_on)


def _columns(way: str, number: Any, subject: Any, other: Any, letter: Any, to: Any) -> Any:
    return select(
        literal(way).label("way"), WorkItem.id.label("item_id"), number.label("number"), subject.label("subject"),
        WorkItem.reference, WorkItem.state_kind, WorkItem.desk_unit_id, WorkItem.holder_id, other.label("other_id"),
        letter.label("letter_id"), to.label("to_text"),
    ).select_from(WorkItem)  # fmt: skip


def _narrowed(
    actor: Actor, query: Any, wanted: RegistryFilter, number: Any, day: Any, sieve: Sequence[Sieve] = ()
) -> Any:
    typed = latin_digits(wanted.number.strip())
    if typed:
        query = query.where(number.icontains(typed, autoescape=True))
    if wanted.year is not None:
        first, after = days_of_year(wanted.year)
        query = query.where(day >= first, day < after)
    return within_sight(actor, query, only_open=False, walk=sees_many(actor), sieve=sieve)


def calendar_of_year(year: int) -> Calendar:
    """The calendar that a year is meant in: before 1700 the Jalali one."""
    return "jalali" if year < JALALI_BEFORE else "gregorian"


def days_of_year(year: int) -> tuple[date, date]:
    """The first day of a year and of the one after; a year before 1700 is a Jalali one."""
    calendar = calendar_of_year(year)
    return day_of(year, 1, 1, calendar), day_of(year + 1, 1, 1, calendar)
