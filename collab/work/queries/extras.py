"""What hangs on one item, fetched in one question: waits, handovers, intervals, who takes part, labels.

The item itself was already found within the actor's sight, so nothing here needs to ask again; other *items* named
here (children, links) are asked for within sight, by `relatives`.
"""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import text

from collab.core import clock
from collab.core.prepared import Fixed

from ..asked_words import asked_words
from .parties import Names
from .shapes import HandoverLine, Held, Part, SnoozeLine, WaitLine

MOST: Final = 60
"""Of each sort, the most that a page shows; what is open comes first."""

# The calendar of an item is its unit's, or that of the nearest unit above with one, or the organisation's.
CALENDAR_OF_UNIT: Final = """
coalesce(
  (select u.calendar_id from unit_closure c join unit u on u.id = c.ancestor_id
   where c.descendant_id = {unit} and u.calendar_id is not null order by c.depth limit 1),
  (select calendar_id from organisation))
"""

_EXTRAS: Final = Fixed(
    lambda: text(f"""
    with item as (
      select i.id, {CALENDAR_OF_UNIT.format(unit="i.unit_id")} as calendar_id, o.time_zone
      from work_item i, organisation o where i.id = :item)
    select
      (select coalesce(json_agg(w), '[]') from (
        select id, item_id, sense, what, of_id, by_id, by_unit_id, tray_unit_id, taken_by, for_item_id, since, until,
               stops_clock, nudges, ended_at, ended_how, ended_by, version, nudge_every, nudge_most, over_id, level
        from wait where item_id = item.id
        order by ended_at is not null, id desc limit {MOST}) w) as waits,
      (select coalesce(json_agg(h), '[]') from (
        select id, item_id, from_unit_id, from_id, to_unit_id, to_id, offered_by, offered_at, note, state, decided_by,
               decided_at, reason
        from handover where item_id = item.id order by id desc limit {MOST}) h) as handovers,
      (select coalesce(json_agg(v order by v.from_at, v.id), '[]') from (
        select id, holder_id, unit_id, state_kind, stopped, from_at, to_at,
          coalesce((select ordinal from working_day where calendar_id = item.calendar_id
                    and day = (coalesce(to_at, :now) at time zone item.time_zone)::date), 0)
          - coalesce((select ordinal from working_day where calendar_id = item.calendar_id
                      and day = (from_at at time zone item.time_zone)::date), 0) as days
        from interval where item_id = item.id order by from_at desc, id desc limit 400) v) as intervals,
      (select coalesce(json_agg(p order by p.since, p.party_id), '[]') from (
        select party_id, role, since, until from participant where item_id = item.id
        order by until is not null, since desc limit 100) p) as parts,
      (select coalesce(json_agg(s), '[]') from (
        select s.wait_id, s.person_id, s.until from wait_snooze s join wait w on w.id = s.wait_id
        where w.item_id = item.id and w.ended_at is null) s) as snoozes,
      (select coalesce(json_agg(l.name order by l.name), '[]')
       from work_item_label il join label l on l.id = il.label_id where il.item_id = item.id) as labels,
      exists (select 1 from link where from_id = item.id)
        or exists (select 1 from link where to_id = item.id)
        or exists (select 1 from work_item where parent_id = item.id) as tied,
      exists (select 1 from work_item where parent_id = item.id) as has_parts,
      exists (select 1 from checklist where item_id = item.id) as has_checklist,
      exists (select 1 from attachment where owner_kind = 'work-item' and owner_id = item.id) as has_files,
      exists (select 1 from message_work where item_id = item.id) as has_origins,
      exists (select 1 from letter where item_id = item.id) as has_letters
    from item
    """)  # noqa: S608 only constants of this file
)


def extras(item_id: int) -> dict[str, Any]:
    """The raw rows, by `waits`, `handovers`, `intervals`, `parts` and `labels`; `tied` says whether other
    items are linked or lie below, `has_…` what need not be asked for. One query."""
    [row] = _EXTRAS.rows(item=item_id, now=clock.now())
    return dict(row._mapping)


def parties_in(raw: dict[str, Any]) -> set[int | None]:
    """Every party id that occurs in what `extras` gave."""
    found: set[int | None] = set()
    for wait in raw["waits"]:
        found |= {wait["of_id"], wait["by_id"], wait["taken_by"], wait["ended_by"]}
    for each in raw["handovers"]:
        found |= {each["from_unit_id"], each["to_unit_id"], each["to_id"], each["offered_by"], each["decided_by"]}
    for each in raw["intervals"]:
        found |= {each["holder_id"], each["unit_id"]}
    found |= {part["party_id"] for part in raw["parts"]}
    return found


def wait_line(row: dict[str, Any], names: Names) -> WaitLine:
    values = dict(row)
    values |= {
        "since": _instant(row["since"]),
        "until": date.fromisoformat(row["until"]) if row["until"] else None,
        "ended_at": _maybe(row["ended_at"]),
        "of": names.maybe(row["of_id"]),
        "by": names.one(row["by_id"]),
        "taker": names.maybe(row["taken_by"]),
        "what": asked_words(row["sense"], row["what"]),
    }
    return WaitLine(**values)


def snooze_line(row: dict[str, Any]) -> SnoozeLine:
    return SnoozeLine(row["wait_id"], row["person_id"], _maybe(row["until"]))


def handover_line(row: dict[str, Any], names: Names) -> HandoverLine:
    values = dict(row)
    values |= {
        "offered_at": _instant(row["offered_at"]),
        "decided_at": _maybe(row["decided_at"]),
        "from_unit": names.one(row["from_unit_id"]),
        "to_unit": names.one(row["to_unit_id"]),
        "to": names.one(row["to_id"]),
        "sender": names.one(row["offered_by"]),
        "decider": names.maybe(row["decided_by"]),
    }
    return HandoverLine(**values)


def held(row: dict[str, Any], names: Names) -> Held:
    return Held(
        holder=names.maybe(row["holder_id"]),
        unit=names.maybe(row["unit_id"]),
        state_kind=row["state_kind"],
        stopped=row["stopped"],
        from_at=_instant(row["from_at"]),
        to_at=_maybe(row["to_at"]),
        days=max(0, row["days"]),
    )


def part(row: dict[str, Any], names: Names) -> Part:
    return Part(names.one(row["party_id"]), row["role"], _instant(row["since"]), _maybe(row["until"]))


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value)


def _maybe(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
