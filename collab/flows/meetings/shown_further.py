"""What the page of a meeting shows of its questions and its series."""

import textwrap
from dataclasses import dataclass

from collab.core.actor import Actor
from collab.core.i18n import _
from collab.tasks.recurring_words import sentence
from collab.work.views.marks import Words

from . import further
from .further import Question
from .queries import Found
from .words import ASKERS, CHANNELS, QUESTION_LOOKS, QUESTION_STATES, STAGES


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    it: Question
    short: str
    asker: str
    channel: str
    state: str
    look: str


def questions_shown(found: Found, runs: bool) -> list[ShownQuestion]:
    """The questions taken in; who asks is told to those alone who run the meeting. One query."""
    return [
        ShownQuestion(
            one, textwrap.shorten(one.question, 160, placeholder="…"),
            one.asker if runs else _(ASKERS[one.asker_kind]), _(CHANNELS[one.channel]), _(QUESTION_STATES[one.state]),
            QUESTION_LOOKS[one.state],
        )
        for one in further.questions_of(found)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownSeries:
    """`others`: address, when, and stage of further meetings of the series."""

    said: str
    next: str
    runs: bool
    others: list[tuple[str, str, str]]


def series_shown(actor: Actor, found: Found) -> ShownSeries | None:
    """The series of a meeting; two queries, none where it has none."""
    known = further.series_of(actor, found)
    if known is None:
        return None
    words, runs = Words(actor), known.ended_how is None
    return ShownSeries(
        sentence(actor, known.rule, "on-date", known.roll, known.times_left) if runs else _("The series has ended."),
        words.day(known.next_on) if known.next_on else "",
        runs,
        [(f"/meetings/{one.reference}", words.when(one.starts_at).whole, _(STAGES[one.stage])) for one in known.others],
    )
