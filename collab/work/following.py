"""What lies in a unit: counted before it is closed, found when it is, and what the unit had set up for itself."""

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, bindparam, select, text
from sqlalchemy.orm import Session

from collab.core.dates.shown import digits
from collab.core.i18n import ngettext
from collab.core.package import Lying
from collab.people.models import Post

READABLE_AT_ONCE: Final = 5_000
_GONE: Final = bindparam("gone", type_=ARRAY(BigInteger))
_OPEN: Final = "state_kind in ('new','active','waiting')"

# Each line is an index read. Tasks asked by a unit are those of the items it owns.
_ITEMS: Final = f"""
select id as item_id from work_item where unit_id = :unit and {_OPEN}
union select id from work_item where desk_unit_id = :unit and {_OPEN}
union select id from work_item where holder_id = any(:gone) and {_OPEN}
"""
_WAITS: Final = """
select id, item_id from wait where of_id = any(:gone) and ended_at is null and sense not in ('task', 'handover')
union select id, item_id from wait where by_id = any(:gone) and ended_at is null and sense <> 'task'
union select id, item_id from wait where by_unit_id = :unit and ended_at is null and sense not in ('task', 'handover')
union select id, item_id from wait where tray_unit_id = :unit and ended_at is null and sense not in ('task', 'handover')
"""
_OFFERS: Final = """
select id, item_id from handover where to_unit_id = :unit and state = 'offered'
union select id, item_id from handover where from_unit_id = :unit and state = 'offered'
"""
# ruff: noqa: S608 only constants of this file stand in these statements
_STILL_THERE: Final = text(
    f"select distinct item_id from ({_ITEMS} union all select item_id from ({_WAITS}) w "
    f"union all select item_id from ({_OFFERS}) o) found where item_id is not null order by item_id limit :most"
).bindparams(_GONE)
_BEYOND: Final = text(
    f"select distinct item_id from ({_ITEMS} union all select item_id from ({_WAITS}) w "
    f"union all select item_id from ({_OFFERS}) o) found where item_id > :after order by item_id limit :most"
).bindparams(_GONE)
_NUMBERS: Final = text(
    f"select (select count(*) from ({_ITEMS}) i) as items, "
    f"(select count(*) from ({_WAITS}) w where item_id is not null) as waits, "
    f"(select count(*) from ({_OFFERS}) o) as offers"
).bindparams(_GONE)

# Former participants go on reading: what the closed unit owned and took part in, the one that takes over took part in.
_READ_PARTS: Final = text(
    """
    insert into participant (party_id, item_id, role, since, until)
    select distinct on (p.item_id, p.role) :into, p.item_id, p.role, p.since,
      case when p.role in ('watcher', 'mentioned') then p.until else coalesce(p.until, :at) end
    from participant p join work_item i on i.id = p.item_id and i.reach <> 'named'
    where p.party_id = any(:gone) and p.role <> 'named'
      and not exists (select from participant q where q.party_id = :into and q.item_id = p.item_id and q.role = p.role)
    order by p.item_id, p.role, p.until desc nulls first
    limit :most
    on conflict do nothing
    """
).bindparams(_GONE)
_READ_OWNED: Final = text(
    f"""
    insert into participant (party_id, item_id, role, since, until)
    select :into, i.id, 'holder', :at, :at from work_item i
    where i.unit_id = :unit and not i.{_OPEN} and i.reach = 'unit'
      and not exists (select from participant q where q.party_id = :into and q.item_id = i.id)
    limit :most
    on conflict do nothing
    """
)
_READ_FINISHED: Final = text(
    f"""
    insert into participant (party_id, item_id, role, since, until)
    select :into, i.id, 'holder', :at, :at from work_item i
    where i.unit_id = :unit and not i.{_OPEN} and i.reach = 'unit' and i.created_at <= :at
      and not exists (select from participant q where q.party_id = :into and q.item_id = i.id)
    limit :most
    on conflict do nothing
    """
)
_CLOSED: Final = text(
    f"""
    select u.id from unit u where u.valid_to is not null and u.valid_to <= :day and (
      (u.into_id is not null and u.followed_at is null)
      or exists (select from work_item where unit_id = u.id and {_OPEN})
      or exists (select from work_item where desk_unit_id = u.id and {_OPEN})
      or exists (select from wait where of_id = u.id and ended_at is null and item_id is not null)
      or exists (select from post p join wait w on w.of_id = p.id where p.unit_id = u.id and w.ended_at is null
        and w.item_id is not null and w.sense not in ('task', 'handover'))
      or exists (select from handover where to_unit_id = u.id and state = 'offered'))
    order by u.valid_to, u.id limit 100
    """
)


class Closed(NamedTuple):
    """A unit that is closed, and every party that ended with it: the unit and its posts."""

    unit: int
    parties: frozenset[int]

    @classmethod
    def of(cls, session: Session, unit: int) -> "Closed":
        return cls(unit, frozenset({unit, *session.scalars(select(Post.id).where(Post.unit_id == unit))}))

    @property
    def bound(self) -> dict[str, Any]:
        return {"unit": self.unit, "gone": sorted(self.parties)}


def still_there(session: Session, closed: Closed, most: int) -> list[int]:
    """The first `most` open items that lie in the unit, or on which something is expected of it or by it."""
    return list(session.scalars(_STILL_THERE, {**closed.bound, "most": most}))


def beyond(session: Session, closed: Closed, after: int, most: int) -> list[int]:
    """The same from an item on, for going through them once."""
    return list(session.scalars(_BEYOND, {**closed.bound, "after": after, "most": most}))


def read_finished(session: Session, unit: int, into: int, at: datetime) -> bool:
    """Let a unit that was split off read what was finished in the old one until then. Whether there may be more."""
    done: Any = session.execute(_READ_FINISHED, {"unit": unit, "into": into, "at": at, "most": READABLE_AT_ONCE})
    return bool(done.rowcount)


def read_on(session: Session, closed: Closed, into: int, at: datetime) -> bool:
    """Let whoever takes over read what the unit could. Whether there may be more: it goes by so many at once."""
    bound = {**closed.bound, "into": into, "at": at, "most": READABLE_AT_ONCE}
    parts: Any = session.execute(_READ_PARTS, bound)
    owned: Any = session.execute(_READ_OWNED, bound)
    return bool(parts.rowcount or owned.rowcount)


def closed_units(session: Session, day: date) -> list[int]:
    """The units closed on `day` or before in which something still lies."""
    return list(session.scalars(_CLOSED, {"day": day}))


def lies(session: Session, unit: int) -> list[Lying]:
    """What of everybody's work lies in a unit, by number; named-only items too, since only numbers are told."""
    row = session.execute(_NUMBERS, Closed.of(session, unit).bound).one()
    items = ngettext("%(count)s open item", "%(count)s open items", row.items, count=digits(row.items))
    waits = ngettext("%(count)s wait", "%(count)s waits", row.waits, count=digits(row.waits))
    offers = ngettext("%(count)s handover on offer", "%(count)s handovers on offer", row.offers,
                      count=digits(row.offers))  # fmt: skip
    return [Lying("open_items", row.items, items), Lying("waits", row.waits, waits),
            Lying("handovers", row.offers, offers)]  # fmt: skip


# What a unit had made for itself. Where the one that takes over has its own of the same name, that one holds.
_GOES: Final = tuple(
    text(statement)
    for statement in (
        """
        insert into work_item_label (item_id, label_id)
        select on_item.item_id, same.id from label old
        join label same on same.unit_id = :into and same.folded = old.folded
        join work_item_label on_item on on_item.label_id = old.id
        where old.unit_id = :unit on conflict do nothing
        """,
        """
        delete from work_item_label using label old, label same where label_id = old.id and old.unit_id = :unit
          and same.unit_id = :into and same.folded = old.folded
        """,
        """
        delete from label old using label same where old.unit_id = :unit and same.unit_id = :into
          and same.folded = old.folded
        """,
        "update label set unit_id = :into where unit_id = :unit",
        "update saved_view set unit_id = :into, version = version + 1 where unit_id = :unit",
        "update register set unit_id = :into, version = version + 1 where unit_id = :unit",
        """
        update field_definition old set unit_id = :into where unit_id = :unit and not exists (
          select from field_definition same where same.unit_id = :into and same.item_kind = old.item_kind
            and same.code = old.code)
        """,
        """
        update escalation_rule old set retired_at = now() where unit_id = :unit and retired_at is null and exists (
          select from escalation_rule same where same.unit_id = :into and same.retired_at is null
            and same.item_kind is not distinct from old.item_kind)
        """,
        """
        update escalation_rule set unit_id = :into, version = version + 1
        where unit_id = :unit and retired_at is null
        """,
    )
)


def goes(session: Session, unit: int, into: int) -> None:
    """Labels, shared views, registers, own fields and the rules of reminding go to the unit that takes over."""
    for statement in _GOES:
        session.execute(statement, {"unit": unit, "into": into})
