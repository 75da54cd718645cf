"""What may be entered about a decision, on a page or over the API."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from collab.core.forms import Day, Flag, Form, Line, PartyId, Perhaps, Prose, Reason, Search, Short, Words, complaint
from collab.core.i18n import N_, _
from collab.core.text.fold import fold
from collab.work.forms import ReachCode

from .rule_forms import MOST_CRITERIA, Cost, RuleFields, Whole

MOST_OPTIONS = 200
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")  # in Greece 9.30 as often as 9:30
NO_CLOCK = N_("A time is expected here, such as 16:00.")


def _clock(typed: str) -> str:
    match = _CLOCK.fullmatch(fold(typed).strip())
    if match is None:
        raise complaint(_(NO_CLOCK))
    return f"{int(match[1]):02}:{match[2]}"


Clock = Annotated[Short, AfterValidator(_clock)]
Hands = Annotated[Whole, Field(ge=0, le=999_999_999)]
People = Annotated[list[PartyId], Field(max_length=500)]


class Electorate(Form):
    """Who decides: of a unit (and those below it) everybody, or those who head; and people or posts by name.
    Where people are named and no `unit` is, they alone decide. `without` are people who are left out although the rest
    of the query finds them."""

    unit: PartyId | None = None
    below: Flag = False
    who: Literal["everybody", "heads", "leaders"] = "everybody"
    people: People = []
    without: People = []


class VotesOf(Form):
    """So many votes for one person, where the rule gives them more than one."""

    person: PartyId
    weight: Annotated[Whole, Field(ge=1, le=1_000)]


class DecisionFields(RuleFields):
    """Question and everything that is settled before the vote. It closes on a day at a time of one's own clock.
    `weights`: who has more than one vote."""

    title: Line
    body: Prose = ""
    reach: ReachCode = "unit"
    closes_on: Day | None = None
    closes_clock: Clock = "16:00"
    electorate: Electorate = Electorate()
    weights: Annotated[list[VotesOf], Field(max_length=200)] = []


class NewOption(Form):
    """An option with its explanation and, where a budget is shared out, what it costs. `about`: the reference of a work
    item it is about; whoever has to do with that item is asked whether they stand aside."""

    title: Line
    body: Perhaps = ""
    cost: Cost | None = None
    about: Short | None = None


class NewDecision(DecisionFields):
    """A draft of a unit. Without an electorate of its own the whole unit decides. `revises`: the reference of the
    decision whose place it takes once it is decided itself; `again`: of one that is put to the vote once more."""

    unit: PartyId
    options: Annotated[list[NewOption], Field(max_length=MOST_OPTIONS)] = []
    revises: Short | None = None
    again: Short | None = None


class EditDecision(DecisionFields):
    """What a draft says as a whole: what is left out becomes as it is for a new one."""


class NewArgument(Form):
    """Something that speaks for or against an option; where a vote has none, for or against the question itself."""

    option: PartyId | None = None
    side: Literal["for", "against"]
    text: Reason


class EvidenceFor(Form):
    """Beside which option files are; without one beside the question."""

    option: PartyId | None = None


class RankOf(Form):
    option: PartyId
    rank: Annotated[Whole, Field(ge=1, le=MOST_OPTIONS)]


class PointsOf(Form):
    option: PartyId
    points: Annotated[Whole, Field(ge=0, le=1_000)]


class JudgementOf(Form):
    """A score on one criterion, counted from 1, of one option."""

    criterion: Annotated[Whole, Field(ge=1, le=MOST_CRITERIA)]
    option: PartyId
    points: Annotated[Whole, Field(ge=0, le=1_000)]


class OpenVote(Form):
    """`meeting`: the reference of the meeting from which it is taken who is present, where the rule asks for that; if
    it is another by then, nothing is opened. Without it, the one meeting under way with the vote on its agenda that was
    called by somebody who may open the vote."""

    meeting: Short = ""


class CastBallot(Form):
    """One ballot, in the field that the rule asks for. `principal`: for whom, when not for oneself."""

    abstain: Flag = False
    vote: Literal["yes", "no", "abstain"] | None = None
    option: PartyId | None = None
    options: Annotated[list[PartyId], Field(max_length=MOST_OPTIONS)] | None = None
    ranks: Annotated[list[RankOf], Field(max_length=MOST_OPTIONS)] | None = None
    scores: Annotated[list[PointsOf], Field(max_length=MOST_OPTIONS)] | None = None
    sheet: Annotated[list[JudgementOf], Field(max_length=MOST_OPTIONS * MOST_CRITERIA)] | None = None
    consent: Literal[True] | None = None
    principal: PartyId | None = None


class CountHands(Form):
    """What was counted in the room when hands were shown."""

    yes: Hands
    no: Hands
    abstained: Hands


class CorrectHands(CountHands):
    """What was counted in truth, and why it had been typed in otherwise; that stands in the minutes."""

    reason: Reason


class Recuse(Form):
    """Why somebody stands aside; it is read out with the result."""

    reason: Reason


class AskProxy(Form):
    """Who is to vote in one's place."""

    holder: PartyId


class EndVote(Form):
    reason: Reason


class Outcome(Form):
    """What was decided, in words, and when to look at it again: on a day, once another item is finished (its reference
    in `revisit_after`), and what else would be a reason (`revisit_when`)."""

    outcome: Reason
    revisit_on: Day | None = None
    revisit_after: Short | None = None
    revisit_when: Search = ""


class LookAgain(Form):
    """Having looked at a decision again: it stands, or it is too early to say and it comes back on a day."""

    verdict: Literal["stands", "later"]
    note: Search = ""
    revisit_on: Day | None = None


class BreakTie(Form):
    """The chair's word where the votes are even: an `option` by its id, as on a ballot, or in `choice` yes or no.
    The title of an option is taken there too."""

    option: PartyId | None = None
    choice: Search = ""
    reason: Reason


class CarriedOut(Form):
    """`tasks_stay`: whoever says so knows that tasks which follow from it are still open and stay so."""

    tasks_stay: Flag = False


class Supersede(Form):
    """The decision that takes its place, by reference or id."""

    item: Short


class Dissent(Form):
    """Reasons for voting otherwise; empty takes them back."""

    text: Words = ""


class DecisionList(Form):
    """Which decisions: waiting for my vote, my advice or my review, mine, of all; and how they stand. `to-open`: in
    discussion, and mine to open. `decided`: those whose vote is closed, also where the outcome is not yet written, or
    there is none."""

    whose: Literal[
        "my-vote", "my-advice", "my-review", "to-open", "mine", "open", "not-carried-out", "decided", "all"
    ] = "my-vote"
    after: Search = ""
    limit: Annotated[Whole, Field(ge=1, le=100)] = 50


class ElectoratePart(Form):
    """A stretch of the roll."""

    after: Search = ""
    limit: Annotated[Whole, Field(ge=1, le=200)] = 100


class BallotsPart(ElectoratePart):
    """A stretch of the ballots of an open vote."""


class PrintMinutes(Form):
    """In which language the minutes are to be; without one in the reader's."""

    language: Literal["en", "el", "fa"] | None = None
