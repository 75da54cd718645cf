"""The report of a unit: the numbers of the head's pages."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from flask import Blueprint
from pydantic import Field

from collab.core.forms import Form
from collab.web.actors import actor
from collab.web.api import endpoint

from ..queries.reports.past import Flow, past, period_of
from ..queries.reports.place import BUCKETS, Place, place_by_id
from ..queries.reports.standing import Stand, Standing, standing
from ..queries.reports.waiting import Edge, waiting
from . import shapes


class WaitsAsked(Form):
    """Between units, or between people too, as far as they are the caller's to read."""

    between: Literal["units", "people"] = "units"


class TimeAsked(Form):
    """How many days back from today, today included."""

    days: Annotated[int, Field(ge=1, le=366)] = 30


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "GET /units/<id:unit_id>/report", gives="UnitReport")(unit_report)
    endpoint(api, "GET /units/<id:unit_id>/report/waits", query=WaitsAsked, gives="WaitReport")(unit_waits)
    endpoint(api, "GET /units/<id:unit_id>/report/time", query=TimeAsked, gives="TimeReport")(unit_time)


def unit_report(unit_id: int) -> Any:
    """What stands in a unit and below: load, age in working days, overdue, lapsed, what falls due.

    Figures by person are given to those who head the unit or one above; everybody else finds their own line.
    """
    who = actor()
    place = place_by_id(who, unit_id)
    return _standing(place, standing(who, place))


def unit_waits(unit_id: int, query: WaitsAsked) -> Any:
    """Who waits for whom, from and to a unit and everything below, and the circles in it: over items that you see."""
    who = actor()
    found = waiting(who, place_by_id(who, unit_id), people=query.between == "people")
    return {
        "edges": [_edge(each) for each in found.edges],
        "more": found.more,
        "within_one_unit": found.inside,
        "at_least": found.capped,
        "circles": [{"edges": [_edge(each) for each in ring.edges], "items": ring.items} for ring in found.circles],
    }


def _edge(one: Edge) -> dict[str, Any]:
    return {
        "by": shapes.party(one.by), "of": shapes.party(one.of), "items": sorted(one.items), "waits": one.waits,
        "since": _instant(one.since), "until": _instant(one.until),
    }  # fmt: skip


def unit_time(unit_id: int, query: TimeAsked) -> Any:
    """What was opened, closed, held and handed over in a period, beside the period of the same length before it.

    Ages and times in working days.
    """
    who = actor()
    place = place_by_id(who, unit_id)
    found = past(who, place, period_of(place, query.days))
    return {
        "first": found.period.first.isoformat(),
        "last": found.period.last.isoformat(),
        "now": _flow(found.now),
        "before": _flow(found.before),
        "open": found.open_now,
        "open_at_first": found.open_then,
        "held": [
            {"unit": shapes.party(each.unit), "working_days": each.days, "clock_stopped": each.stopped,
             "items": each.items}
            for each in found.held
        ],
        "handovers": [
            {"from": shapes.party(each.by), "to": shapes.party(each.to), "offered": each.offered,
             "accepted": each.accepted, "returned": each.returned, "returned_before": each.returned_before}
            for each in found.exchanges
        ],
        "at_least": found.capped,
        "held_of_some": found.timed_capped,
    }  # fmt: skip


def _flow(one: Flow) -> dict[str, Any]:
    return {
        "opened": one.opened, "closed": one.closed, "median_age": one.median, "ninetieth_age": one.ninetieth,
    }  # fmt: skip


def _standing(place: Place, found: Standing) -> dict[str, Any]:
    names = [f"{first}-{last}" for first, last in zip((0, *(each + 1 for each in BUCKETS)), BUCKETS, strict=False)]
    return {
        "unit": {"id": place.unit.id, "code": place.unit.code, "name": place.unit.name},
        "on": place.days.today.isoformat(),
        "whole": _stand(found.whole),
        "at_least": found.capped,
        "ages_in_working_days": dict(zip((*names, f"{BUCKETS[-1] + 1}-"), found.ages, strict=True)),
        "offered": found.offered,
        "asked": found.asked,
        "lapsed": found.lapsed,
        "falls_due": [
            {"on": each.day.isoformat(), "items": each.items, **({"with_absent": each.away} if place.people else {})}
            for each in found.due
        ],
        "units": [{"id": each.id, "code": each.code, "name": each.name, **_stand(each.stand)} for each in found.units],
        "people": [{"holder": shapes.party(each.party), **_stand(each.stand)} for each in found.people],
    }


def _stand(one: Stand) -> dict[str, Any]:
    return {
        "open": one.items, "overdue": one.overdue, "nobodys": one.nobodys, "clock_stopped": one.stopped,
        "effort_minutes": one.minutes, "oldest_since": _instant(one.since),
    }  # fmt: skip


def _instant(value: datetime | date | None) -> str | None:
    return value.isoformat() if value else None
