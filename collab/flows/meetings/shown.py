"""What the page of a meeting shows: its head, the running clock of its agenda, who is there, who may do what."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup

from collab.core import clock, markdown
from collab.core.actor import Actor
from collab.core.dates import clock as wall
from collab.core.dates import digits, local_day, shown_instant
from collab.core.i18n import _, ngettext
from collab.decisions.minuted import calendar_in
from collab.decisions.words import STAGES as VOTE_STAGES
from collab.work.queries.parties import names_of
from collab.work.views.marks import When, Words

from ..queries import said_of_points
from . import policy, queries
from .queries import Action, Found, Line, Point, Somebody
from .voted import ShownVote, votes_shown
from .words import (
    ANSWERS,
    HELD,
    NOTED,
    OVER,
    POINT_STATES,
    PRESENCES,
    QUORUMS,
    STAGE_ICONS,
    STAGE_STATES,
    STAGES,
    is_over,
    quorum_of,
)

EARLY = timedelta(hours=1)
"""Whoever begins a meeting of another day so long before its time is asked whether they mean it."""
LATE = timedelta(hours=4)
"""What is begun so long after its time was held by then: people note in the morning what was said in the evening. A
meeting that is to be held so much later is given its new time first."""


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A point with its planned time (`span`), its minutes as they are read, and its tasks. `said`: the message it
    was made of, where the reader may read it, in words and with its address."""

    it: Point
    number: str
    span: str
    length: str
    state: str
    notes: Markup
    vote: str
    actions: list[tuple[Action, str]]
    votes: list[ShownVote]
    said: tuple[str, str] | None
    first: bool
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    found: Found
    href: str
    unit: str
    stage: str
    icon: str
    state: str
    body: Markup
    starts: When
    held: str
    planned: str
    early: bool
    chair: str
    secretary: str
    approved: str
    points: list[ShownPoint]
    proposed: list[ShownPoint]
    put_off: list[ShownPoint]
    people: list[tuple[Somebody, str, str]]
    coming: str
    quorum: str
    reached: bool | None
    answer: str | None
    invited: bool
    runs: bool
    approves: bool
    approver: bool
    agenda: bool
    noting: bool
    attending: bool
    voting: bool
    open_votes: list[ShownVote]
    empty: list[ShownPoint]
    over: bool
    missing: list[str]


def present(people: list[Somebody]) -> int:
    return sum(one.presence in ("present", "remote") for one in people)


def needed(found: Found, people: list[Somebody]) -> int:
    """How many must be there."""
    return quorum_of(found.quorum, found.quorum_base or len(people))


def coming_words(people: list[Somebody]) -> str:
    """How many of those invited come, and of how many nothing is known yet."""
    comes, silent = sum(one.answer in ("yes", "remote") for one in people), sum(one.answer is None for one in people)
    said = ngettext("%(number)s is coming", "%(number)s are coming", comes, number=digits(comes))
    if not silent:
        return said
    return said + " · " + ngettext(
        "%(number)s has not answered", "%(number)s have not answered", silent, number=digits(silent)
    )  # fmt: skip


def nothing_said(point: ShownPoint) -> bool:
    """Whether the minutes say nothing of a point: no word, no outcome, no task, and no vote that was held."""
    held = any(vote.it.counted for vote in point.votes)
    return not (point.it.notes or point.it.outcome or point.actions or held)


def quorum_words(found: Found, people: list[Somebody]) -> str:
    """The quorum as it is counted now, in a sentence; empty where none is wanted, or nobody met."""
    wanted, there = needed(found, people), present(people)
    if not wanted or found.stage == "cancelled":
        return ""
    rule = _(QUORUMS[found.quorum])
    base = digits(found.quorum_base or len(people))
    if found.stage == "planned":
        return _("%(rule)s of %(base)s: at least %(needed)s must be there", rule=rule, base=base, needed=digits(wanted))
    if found.stage in OVER:
        return ngettext(
            "%(rule)s of %(base)s: %(needed)s needed, %(there)s was there",
            "%(rule)s of %(base)s: %(needed)s needed, %(there)s were there",
            there, rule=rule, base=base, needed=digits(wanted), there=digits(there),
        )  # fmt: skip
    return ngettext(
        "%(rule)s of %(base)s: %(needed)s needed, %(there)s is there",
        "%(rule)s of %(base)s: %(needed)s needed, %(there)s are there",
        there, rule=rule, base=base, needed=digits(wanted), there=digits(there),
    )  # fmt: skip


def noted_later(found: Found | Line) -> bool:
    """Whether it was begun here so long after its time that it had been held by then, and is noted afterwards. When it
    was called, or moved to that day, says nothing of this."""
    return found.started_at is not None and found.started_at - found.starts_at > LATE


def held_at(found: Found | Line) -> datetime:
    """When it was begun, unless it is noted afterwards; until then when it is planned."""
    return found.starts_at if found.started_at is None or noted_later(found) else found.started_at


def held_words(actor: Actor, found: Found | Line, language: str | None = None) -> str:
    """From when to when it was held, as far as that is known; until it is over when it begins, or began."""

    def whole(at: datetime) -> str:
        said: Any = calendar_in(actor, language) if language else actor.calendar
        return shown_instant(at, actor.time_zone, "long", calendar=said, locale=language or actor.locale)

    at, ended = held_at(found), found.ended_at
    if ended is None or noted_later(found):
        return whole(at)
    same = local_day(at, actor.time_zone) == local_day(ended, actor.time_zone)
    until = wall(ended, actor.time_zone, locale=language or actor.locale) if same else whole(ended)
    return f"{whole(at)}–{until}" if same else f"{whole(at)} – {until}"


def planned_otherwise(found: Found) -> bool:
    """Whether it was held at another minute than it was planned for."""
    return held_at(found).replace(second=0, microsecond=0) != found.starts_at.replace(second=0, microsecond=0)


def _planned(actor: Actor, found: Found, words: Words) -> str:
    """When it was planned, where it was held otherwise; of the same day the hour alone."""
    if not planned_otherwise(found):
        return ""
    zone = actor.time_zone
    same = local_day(held_at(found), zone) == local_day(found.starts_at, zone)
    return wall(found.starts_at, zone) if same else words.when(found.starts_at).whole


def spans_of(found: Found, points: list[Point], time_zone: str) -> dict[int, str]:
    """Point → its planned time from–to, counted from the real beginning once there is one."""
    at, spans = held_at(found), {}
    for point in points:
        if point.state == "accepted":
            until = at + timedelta(minutes=point.minutes)
            spans[point.id] = f"{wall(at, time_zone)}–{wall(until, time_zone)}"
            at = until
    return spans


def _early(actor: Actor, found: Found) -> bool:
    """Whether it would begin on another day than its own. Just before midnight is no other day."""
    now, zone = clock.now(), actor.time_zone
    return found.starts_at - now > EARLY and local_day(found.starts_at, zone) > local_day(now, zone)


def day_over(actor: Actor, found: Found) -> bool:
    """Whether it was not begun, and its day is over."""
    return found.stage == "planned" and is_over(found.starts_at, actor.time_zone)


def missing_words(points: list[ShownPoint], people: list[Somebody]) -> list[str]:
    """What minutes lack of which nothing is said at all, or not who was there."""
    said = [] if any(not nothing_said(point) for point in points) else [_("No minutes are written.")]
    silent = sum(one.presence is None for one in people)
    if silent:
        said.append(
            ngettext(
                "%(number)s person is not noted as there or not.", "%(number)s people are not noted as there or not.",
                silent, number=digits(silent),
            )
        )  # fmt: skip
    return said


def shown(actor: Actor, found: Found) -> Shown:
    """Everything on the page; six queries."""
    words, people = Words(actor), queries.people_of(found)
    points, actions = queries.points_of(actor, found), queries.actions_of(actor, found)
    votes, said = votes_shown(actor, found), said_of_points(actor, found.id)
    names = names_of(actor, [found.unit_id, found.chair_id, found.secretary_id, found.approved_by])
    spans = spans_of(found, points, actor.time_zone)
    it: Any = found
    runs = policy.leads(actor, it)
    mine = next((one for one in people if one.person_id == actor.person_id), None)
    accepted = [point for point in points if point.state == "accepted"]
    texts = markdown.Texts()
    body = texts.render(found.body or "")  # first, as it stands first on the page

    def drawn(point: Point, number: int, last: bool) -> ShownPoint:
        made = [(one, words.day(one.due_on) if one.due_on else "") for one in actions if one.point_id == point.id]
        length = ngettext("%(number)s minute", "%(number)s minutes", point.minutes, number=digits(point.minutes))
        vote = _(VOTE_STAGES[point.vote]) if point.vote else ""
        return ShownPoint(
            point, digits(number), spans.get(point.id, ""), length, _(POINT_STATES[point.state]),
            texts.render(point.notes), vote, made, votes.get(point.id, []),
            said.get(point.id), number == 1, last,
        )  # fmt: skip

    def of(state: str) -> list[ShownPoint]:
        return [drawn(point, 0, False) for point in points if point.state == state]

    wanted = needed(found, people)
    agenda = [drawn(point, place, place == len(accepted)) for place, point in enumerate(accepted, start=1)]
    approved = ""
    if found.approved_at:
        when = words.when(found.approved_at)
        approved = _("%(name)s, %(when)s", name=names.one(found.approved_by or 0).name, when=when.whole)
    return Shown(
        found=found,
        href=f"/meetings/{found.reference}",
        unit=names.one(found.unit_id).name,
        stage=_(STAGES[found.stage]),
        icon=STAGE_ICONS[found.stage],
        state=STAGE_STATES[found.stage],
        body=body,
        starts=words.when(held_at(found)),
        held=held_words(actor, found),
        planned=_planned(actor, found, words),
        early=_early(actor, found),
        chair=names.one(found.chair_id).name,
        secretary=names.one(found.secretary_id).name,
        approved=approved,
        points=agenda,
        proposed=of("proposed"),
        put_off=of("put-off"),
        people=[
            (one, _(PRESENCES[one.presence]) if one.presence else "", _(ANSWERS[one.answer]) if one.answer else "")
            for one in people
        ],
        coming=coming_words(people) if found.stage == "planned" and not day_over(actor, found) else "",
        quorum=quorum_words(found, people),
        reached=present(people) >= wanted if wanted else None,
        answer=mine.answer if mine else None,
        invited=mine is not None,
        runs=runs,
        approves=policy.may_approve(actor, it) and found.stage == "minutes",
        approver=policy.may_approve(actor, it),
        agenda=runs and found.stage in HELD,
        noting=runs and found.stage in NOTED,
        voting=found.stage == "running" and policy.may_begin_vote(actor, it),
        attending=found.stage in ("planned", *NOTED),
        open_votes=[vote for there in votes.values() for vote in there if vote.it.begun and vote.it.stage == "open"],
        empty=[point for point in agenda if found.stage == "minutes" and nothing_said(point)],
        over=day_over(actor, found),
        missing=missing_words(agenda, people) if found.stage == "minutes" else [],
    )
