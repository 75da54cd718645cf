"""The version of the minutes that goes out: without points that are internal, tasks, references, and who was invited.

Whoever asked is named only where they agreed. Pure: it is given what was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .further import Question
from .queries import Found, Point, Somebody


@dataclass(frozen=True, slots=True)
class PublicPoint:
    """A point as the public reads it. `closed`: it was dealt with, and nothing more is said of it."""

    number: int
    title: str
    notes: str
    outcome: str
    closed: bool
    questions: list["PublicQuestion"]
    votes: list[str]


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """`asker` is empty where whoever asked did not agree to be named."""

    id: int
    question: str
    asker: str
    asker_kind: str
    state: str
    answer: str
    reason: str


@dataclass(frozen=True, slots=True)
class PublicMinutes:
    present: int
    points: list[PublicPoint]
    questions: list[PublicQuestion]


def public_of(
    points: list[Point], questions: list[Question], people: list[Somebody], votes: Mapping[int, list[str]]
) -> PublicMinutes:
    """What goes out. Questions under a point stand there, the others by themselves; those under an internal point
    stand by themselves too, since they came from outside. `votes`: point → what was voted there, in sentences."""
    accepted = [point for point in points if point.state == "accepted"]
    open_ids = {point.id for point in accepted if not point.internal}
    shown = [
        PublicPoint(
            number, "" if point.internal else point.title, "" if point.internal else point.notes,
            "" if point.internal else point.outcome, point.internal,
            [_question(one) for one in questions if one.point_id == point.id and point.id in open_ids],
            [] if point.internal else votes.get(point.id, []),
        )
        for number, point in enumerate(accepted, start=1)
    ]  # fmt: skip
    return PublicMinutes(
        present=sum(one.presence in ("present", "remote") for one in people),
        points=shown,
        questions=[_question(one) for one in questions if one.point_id not in open_ids],
    )


def _question(one: Question) -> PublicQuestion:
    return PublicQuestion(
        one.id, one.question, one.asker if one.named else "", one.asker_kind, one.state, one.answer, one.reason
    )


def may_go_out(found: Found) -> bool:
    """Whether there is anything that may be published: minutes of an open meeting that were approved."""
    return found.open and found.stage == "closed"
