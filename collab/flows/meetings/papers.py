"""The minutes of a meeting as a sheet for the house's press, in the language they are wanted in."""

from typing import Any

from collab.core.actor import Actor
from collab.core.dates import Calendar, digits, shown_instant
from collab.core.i18n import _, ngettext, speaking
from collab.core.print import parts, sheet_data
from collab.people.queries.tree import tree
from collab.work.queries.parties import names_of

from . import queries
from .queries import Found
from .shown import quorum_words, spans_of
from .words import PRESENCES, STAGES

Section = dict[str, Any]


def sheet_of_minutes(who: Actor, found: Found, language: str) -> tuple[dict[str, Any], str]:
    """The sheet and the name of the file; five queries."""
    with speaking(language):
        names = names_of(who, [found.unit_id, found.chair_id, found.secretary_id, found.approved_by])
        own = who.calendar == "jalali" if language == who.locale else language == "fa"
        calendar: Calendar = "jalali" if own else "gregorian"

        def when(at: Any) -> str:
            return shown_instant(at, who.time_zone, "long", calendar=calendar, locale=language)

        pairs = [
            [_("Meeting"), found.title],
            [_("State"), _(STAGES[found.stage])],
            [_("Began"), when(found.started_at)] if found.started_at else [_("Begins"), when(found.starts_at)],
        ]
        pairs += [[_("Place"), found.place]] if found.place else []
        pairs += [[_("Ended"), when(found.ended_at)]] if found.ended_at else []
        pairs += [[_("Chair"), names.one(found.chair_id).name], [_("Secretary"), names.one(found.secretary_id).name]]
        if found.approved_at:
            pairs.append(
                [_("Minutes approved"), f"{names.one(found.approved_by or 0).name}, {when(found.approved_at)}"]
            )
        people = queries.people_of(found)
        if quorum := quorum_words(found, people):
            pairs.append([_("Quorum"), quorum])
        rows = [[one.name, _(PRESENCES[one.presence]) if one.presence else "—"] for one in people]
        sections: list[Section] = [
            {"title": "", "pairs": pairs},
            {"title": _("Attendance"), "columns": [_("Name"), _("Presence")], "widths": (4, 2), "rows": rows},
            *_points(who, found, language),
        ]
        title = _("Minutes of the meeting %(reference)s", reference=found.reference)
        signatures = [
            {"label": _("Chair"), "name": names.one(found.chair_id).name, "when": ""},
            {"label": _("Secretary"), "name": names.one(found.secretary_id).name, "when": ""},
        ]
        unit = names.one(found.unit_id).name
        sheet = sheet_data(
            language, title, head={"organisation": tree().name(), "lines": [unit]}, facts=[], sections=sections,
            signatures=signatures, footer=title,
        )  # fmt: skip
    return sheet, f"{found.reference}-minutes.pdf"


def _points(who: Actor, found: Found, language: str) -> list[Section]:
    """Each accepted point: what it is about, what was said, what came of it, and its tasks."""
    points, actions = queries.points_of(who, found), queries.actions_of(who, found)
    made: list[Section] = []
    spans = spans_of(found, points, who.time_zone)
    accepted = [point for point in points if point.state == "accepted"]
    for number, point in enumerate(accepted, start=1):
        length = ngettext("%(number)s minute", "%(number)s minutes", point.minutes, number=digits(point.minutes))
        pairs = [[_("Planned"), f"{spans[point.id]} ({length})"]]
        pairs += [[_("Presented by"), point.owner]] if point.owner else []
        pairs += [[_("About"), f"{point.about} {point.about_title}"]] if point.about else []
        pairs += [[_("Outcome"), point.outcome]] if point.outcome else []
        made.append({"title": f"{digits(number)}. {point.title}", "pairs": pairs})
        if point.notes:
            made.append({"title": "", "parts": parts(point.notes, language)})
        rows = [[one.reference, one.title, one.holder] for one in actions if one.point_id == point.id]
        if rows:
            columns = [_("Task"), _("What is to be done"), _("Holder")]
            made.append({"title": "", "columns": columns, "widths": (2, 4, 3), "rows": rows})
    return made
