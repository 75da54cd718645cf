"""The list of decisions: waiting for my vote, open, mine, closed, not carried out."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Response

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import N_, _, ngettext
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import known_of, show
from collab.work.filters.asking import speaker_of
from collab.work.filters.parse import parse
from collab.work.filters.write import write
from collab.work.views.marks import When, Words

from .. import queries
from ..forms import DecisionList
from ..presets import PRESETS
from ..queries import Line
from ..result_words import in_brief
from ..words import COUNTED, STAGE_ICONS, STAGE_STATES, stage_word
from . import pages

LOG: Final = "kind:decision state:any"
"""The log of decisions is the list of work, asked for them."""
WAYS: Final = {
    "my-vote": N_("My vote is awaited"),
    "my-advice": N_("My advice is awaited"),
    "my-review": N_("My review is awaited"),
    "to-open": N_("Waits for me to open it"),
    "open": N_("Open votes"),
    "mine": N_("Mine"),
    "not-carried-out": N_("Not carried out"),
    "decided": N_("Closed votes"),
    "all": N_("All"),
}
EMPTY: Final = {
    "my-vote": (N_("Nobody waits for your vote"), N_("Votes in which you are entitled and have not voted stand here.")),
    "my-advice": (
        N_("Nobody waits for your advice"), N_("Decisions on which you or your unit are asked for advice stand here."),
    ),
    "my-review": (
        N_("Nothing waits to be looked at again by you"),
        N_("Decisions whose day to be looked at again has come stand here."),
    ),
    "to-open": (
        N_("No vote waits for you to open it"), N_("Decisions in discussion whose vote you may open stand here."),
    ),
    "open": (N_("No vote is open"), N_("Votes that are open now stand here until they close.")),
    "mine": (N_("You run no decision"), N_("What you prepare or opened stands here.")),
    "not-carried-out": (
        N_("Nothing is left to carry out"),
        N_("What was decided in your units stands here once its outcome is written, until it is done."),
    ),
    "decided": (N_("No vote is closed yet"), N_("Closed votes with their results stand here.")),
    "all": (N_("There is no decision yet"), N_("A decision is a question, the people entitled, and a rule.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A decision as a line of the list."""

    href: str
    reference: str
    title: str
    unit: str
    rule: str
    icon: str
    state: str
    stage: str
    turnout: str
    came: str
    when: When | None
    closing: bool
    secret: bool
    asked: When | None = None
    due: str = ""
    over: bool = False


@door(pages, "GET /decisions", query=DecisionList)
def decisions() -> Response:
    """The decisions: those waiting for my vote, the open, mine, the closed."""
    who, wanted = actor(), known_of(DecisionList)
    page = queries.decisions(who, wanted)
    rows = [row_of(who, line) for line in page.items]
    return show(
        "decisions/list.html",
        fragment="decisions/_rows.html",
        ways=[
            (code, _(label), f"/decisions?whose={code}")
            for code, label in WAYS.items()
            if code != "to-open" or who.headed
        ],
        whose=wanted.whose,
        log=f"/work-items?{urlencode({'query': write(parse(LOG, speaker_of(who)), speaker_of(who))})}",
        rows=rows,
        following=f"/decisions?whose={wanted.whose}&after={page.next}" if page.next else None,
        empty=tuple(_(text) for text in EMPTY[wanted.whose]),
    )


def row_of(who: Actor, line: Line) -> Row:
    words = Words(who)
    closing = line.stage == "open" and line.closes_at is not None and line.closes_at > clock.now()
    # When it ends or ended; of what is still prepared, when it was made.
    when = line.closes_at if line.stage == "open" else line.closed_at or line.created_at
    turnout = ""
    if line.hands and line.stage == "open":
        turnout = _("by show of hands")
    elif line.entitled:
        turnout = ngettext(
            "%(cast)s of %(entitled)s voted", "%(cast)s of %(entitled)s voted", line.cast,
            cast=digits(line.cast), entitled=digits(line.entitled),
        )  # fmt: skip
    return Row(
        href=f"/decisions/{line.reference}",
        reference=line.reference,
        title=line.title,
        unit=line.unit,
        rule=_(PRESETS[line.preset].name),
        icon=STAGE_ICONS[line.stage],
        state=STAGE_STATES[line.stage],
        stage=_(stage_word(line.stage, line.unopened)),
        turnout=turnout,
        came=in_brief(line.form, line.outcome, line.winners) if line.outcome and line.stage in COUNTED else "",
        when=words.when(when) if when else None,
        closing=closing,
        secret=line.level == "confidential",
        asked=words.when(line.asked_at) if line.asked_at else None,
        due=words.near(line.answer_by) if line.answer_by and line.stage != "open" else "",
        over=bool(line.answer_by and line.answer_by < words.today),
    )
