"""The minutes of a meeting as a sheet for the house's press, in the language they are wanted in."""

from dataclasses import replace
from typing import Any

from collab.core.actor import Actor
from collab.core.dates import digits, shown_instant
from collab.core.i18n import _, comma, ngettext, speaking
from collab.core.print import parts, sheet_data
from collab.decisions.counting.words import apart
from collab.decisions.minuted import calendar_in
from collab.decisions.words import STAGES as VOTE_STAGES
from collab.people.queries.tree import tree
from collab.work.queries.parties import names_of

from . import further, queries
from .public import PublicPoint, PublicQuestion, public_of
from .queries import Found
from .shown import held_at, held_words, noted_later, planned_otherwise, quorum_words, spans_of
from .voted import Vote, public_votes, vote_words, votes_of
from .words import ASKERS, PRESENCES, STAGES

Section = dict[str, Any]


def sheet_of_public(who: Actor, found: Found, language: str) -> tuple[dict[str, Any], str]:
    """What everybody may read of the minutes, as a sheet, and the name of the file; four queries."""
    with speaking(language):
        people, questions = queries.people_of(found), further.questions_of(found)
        minutes = public_of(queries.points_of(who, found), questions, people, public_votes(found))
        names = names_of(replace(who, locale=language), [found.unit_id, found.chair_id, found.secretary_id])
        unit = names.one(found.unit_id).name
        title = _("Public minutes of %(reference)s", reference=found.reference)
        pairs = [
            [_("Meeting"), apart(found.title)],
            [_("Held") if found.ended_at else _("Begins"), held_words(who, found, language)],
            *([[_("Place"), apart(found.place)]] if found.place else []),
            [_("Chair"), names.one(found.chair_id).name],
            [_("Secretary"), names.one(found.secretary_id).name],
            [_("Attendance"), ngettext(
                "%(number)s person was there", "%(number)s people were there", minutes.present,
                number=digits(minutes.present),
            )],
        ]  # fmt: skip
        if found.published_at is None:
            pairs.append([_("State"), _("Not published yet")])
        sections: list[Section] = [{"title": "", "pairs": pairs}]
        for point in minutes.points:
            sections += _public_point(point, language)
        if minutes.questions:
            sections.append({"title": _("Further questions")})
            sections += [each for one in minutes.questions for each in _asked(one, language)]
        sheet = sheet_data(
            language, title, head={"organisation": tree().name(), "lines": [unit]}, facts=[], sections=sections,
            signatures=[], footer=title,
        )  # fmt: skip
    return sheet, f"{found.reference}-public.pdf"


def _public_point(point: PublicPoint, language: str) -> list[Section]:
    title = _("Dealt with behind closed doors") if point.closed else apart(point.title)
    made: list[Section] = [{"title": f"{digits(point.number)}. {title}"}]
    pairs = [[_("Outcome"), apart(point.outcome)]] if point.outcome else []
    pairs += [[_("Vote"), said] for said in point.votes]
    if pairs:
        made[0]["pairs"] = pairs
    if point.notes:
        made.append({"title": "", "parts": parts(point.notes, language)})
    return made + [each for one in point.questions for each in _asked(one, language)]


def _asked(one: PublicQuestion, language: str) -> list[Section]:
    said = one.answer or one.reason
    label = _("The answer") if one.answer else _("Not dealt with:") if one.reason else _("Not answered yet.")
    asked = _("Question of %(name)s", name=apart(one.asker or _(ASKERS[one.asker_kind])))
    question = [*parts(asked, language), *parts(one.question, language)]
    return [
        {"title": "", "parts": question},
        {"title": "", "parts": [*parts(label, language), *parts(said, language)]},
    ]


def sheet_of_minutes(who: Actor, found: Found, language: str) -> tuple[dict[str, Any], str]:
    """The sheet and the name of the file; six queries."""
    with speaking(language):
        ids = [found.unit_id, found.chair_id, found.secretary_id, found.approved_by]
        names = names_of(replace(who, locale=language), ids)
        calendar = calendar_in(who, language)

        def when(at: Any) -> str:
            return shown_instant(at, who.time_zone, "long", calendar=calendar, locale=language)

        later = noted_later(found)
        pairs = [
            [_("Meeting"), apart(found.title)],
            [_("State"), _(STAGES[found.stage])],
            [_("Began") if found.started_at else _("Begins"), when(held_at(found))],
        ]
        pairs += [[_("Planned"), when(found.starts_at)]] if planned_otherwise(found) else []
        pairs += [[_("Place"), apart(found.place)]] if found.place else []
        pairs += [[_("Ended"), when(found.ended_at)]] if found.ended_at and not later else []
        pairs += [[_("Chair"), names.one(found.chair_id).name], [_("Secretary"), names.one(found.secretary_id).name]]
        if found.approved_at:
            pairs.append(
                [_("Minutes approved"), f"{names.one(found.approved_by or 0).name}{comma()}{when(found.approved_at)}"]
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
    votes = votes_of(who, found)
    made: list[Section] = []
    spans = spans_of(found, points, who.time_zone)
    accepted = [point for point in points if point.state == "accepted"]
    for number, point in enumerate(accepted, start=1):
        length = ngettext("%(number)s minute", "%(number)s minutes", point.minutes, number=digits(point.minutes))
        pairs = [[_("Planned"), f"{spans[point.id]} ({length})"]]
        pairs += [[_("Presented by"), point.owner]] if point.owner else []
        pairs += [[_("About"), f"{point.about} {apart(point.about_title)}"]] if point.about else []
        pairs += [[_("Outcome"), apart(point.outcome)]] if point.outcome else []
        made.append({"title": f"{digits(number)}. {apart(point.title)}", "pairs": pairs})
        pairs += [[_("Vote"), _voted(who, one)] for one in votes if one.point_id == point.id]
        if point.notes:
            made.append({"title": "", "parts": parts(point.notes, language)})
        rows = [[one.reference, one.title, one.holder] for one in actions if one.point_id == point.id]
        if rows:
            columns = [_("Task"), _("What is to be done"), _("Holder")]
            made.append({"title": "", "columns": columns, "widths": (2, 4, 3), "rows": rows})
    return made


def _voted(who: Actor, vote: Vote) -> str:
    """A vote in one line: its reference, what was asked, what came out."""
    said = vote_words(who, vote) if vote.counted else _(VOTE_STAGES[vote.stage])
    return f"{vote.reference} {apart(vote.title)}: {said}"
