"""What may be entered about a meeting, on a page or over the API."""

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from collab.core.forms import Day, Flag, Form, Line, PartyId, Perhaps, Prose, Reason, Said, Search, Short
from collab.core.i18n import N_
from collab.decisions.forms import MOST_OPTIONS, Clock, People, PrintMinutes
from collab.decisions.hands import BY_HANDS
from collab.decisions.rule_forms import Whole
from collab.tasks.forms import number_only
from collab.tasks.recurring.rule import Every
from collab.tasks.recurring_forms import MOST_AHEAD, RecurrenceForm
from collab.work.forms import ReachCode

Minutes = Annotated[Whole, Field(ge=1, le=600)]
Version = Annotated[Whole, Field(ge=1, le=2**31)]
VOTE_WAYS: Final = ("simple", "absolute", "two-thirds", "majority", "one", "approve", "rank")
VOTE_BASES: Final = ("yes-no", "cast", "present")
"""Here all who are entitled are present."""
OF_PRESENT_ABOUT: Final = N_(
    "Passes when more than half of those noted as present vote yes. Who does not vote counts as not agreeing."
)
VOTE_LEVELS: Final = {
    "open": N_("Everybody on their own page, by name"),
    "confidential": N_("Everybody on their own page, confidentially"),
    "hands": BY_HANDS,
}
Comes = Literal["yes", "remote", "no"]
Presence = Literal["present", "remote", "excused", "absent"]


class MeetingFields(Form):
    """When, where and with whom: of `people` a unit or post brings everybody who belongs to it now. `quorum_base`: of
    how many the quorum is counted; without it, of those invited. `open`: citizens hand in questions, and a version of
    the minutes goes out to them."""

    title: Line
    body: Prose = ""
    on: Day
    clock: Clock = "10:00"
    place: Search = ""
    chair: PartyId | None = None
    secretary: PartyId | None = None
    people: People = []
    quorum: Literal["none", "third", "half", "two-thirds"] = "none"
    quorum_base: Annotated[Whole, Field(ge=1, le=100_000)] | None = None
    reach: ReachCode = "unit"
    open: Flag = False


class NewMeeting(MeetingFields):
    """A meeting of a unit. `whole_unit`: everybody who belongs to it is invited."""

    unit: PartyId
    whole_unit: Flag = False


class EditMeeting(MeetingFields):
    """What a planned meeting says as a whole; whoever is left out of `people` is no longer invited."""


class PointForm(Form):
    """A point of the agenda; `about`: the reference of a work item it is about. `internal`: it does not go into public
    minutes. `standing`: it stands on every agenda of the series."""

    title: Line
    minutes: Minutes = 10
    owner: PartyId | None = None
    about: Short | None = None
    internal: Flag = False
    standing: Flag = False


class EditPoint(PointForm):
    """The same, changed from what stood in `edition` when it was read."""

    edition: Version


class PlacePoint(Form):
    """Which place on the agenda, counted from 1."""

    position: Annotated[Whole, Field(ge=1, le=1_000)]


class PointStanding(Form):
    """Onto the agenda, or put off."""

    state: Literal["accepted", "put-off"]


class NotePoint(Form):
    """The minutes of one point, as they stood in `version` when they were read."""

    notes: Perhaps = ""
    outcome: Search = ""
    version: Version


class AnswerInvitation(Form):
    """Whether one comes."""

    answer: Comes


class Attendance(Form):
    presence: Presence


class NewAction(Form):
    """What is to be done, by whom and until when."""

    title: Line
    holder: PartyId | None = None
    due_on: Day | None = None


class NewVote(Form):
    """A vote among those who are there, opened at once for so many minutes. `options` stand where one chooses.
    `hands`: by show of hands, of yes or no; the numbers are typed in at the decision. `absolute` is the majority of
    those present, and its card names that base: whoever is noted as such when the vote is begun is entitled, and nobody
    else. Of the majority that one states oneself (`majority`) the `share`, of which `base`, and whether it is to be
    exceeded or reached (`strictness`); `quorum`: how many of those present must vote."""

    title: Line
    preset: Literal["simple", "absolute", "two-thirds", "majority", "one", "approve", "rank"] = "simple"
    share: Literal["half", "three-fifths", "two-thirds", "three-quarters"] = "half"
    base: Literal["yes-no", "cast", "present"] = "yes-no"
    strictness: Literal["more-than", "at-least"] = "more-than"
    quorum: Literal["none", "third", "half", "two-thirds"] = "none"
    options: Annotated[list[Line], Field(max_length=MOST_OPTIONS)] = []
    level: Literal["open", "confidential"] = "open"
    hands: Flag = False
    ties: Literal["chair", "lot", "open"] = "chair"
    minutes: Annotated[Whole, Field(ge=1, le=240)] = 10


class SeriesForm(RecurrenceForm):
    """When a meeting comes again: on its day, made so many days before (30 where nothing is said)."""

    mode: Literal["on-date"] = "on-date"
    every: Every = "month"
    ahead: Annotated[int, Field(ge=0, le=MOST_AHEAD), BeforeValidator(number_only)] = 30


class NewQuestion(Form):
    """A question taken in beforehand: who asks, by which way it came, whether they may be named in public."""

    question: Reason
    asker: Search = ""
    asker_kind: Literal["citizen", "staff"] = "citizen"
    channel: Literal["in-person", "phone", "letter", "email", "form", "staff"] = "in-person"
    named: Flag = False
    received_on: Day | None = None


class PlaceQuestion(Form):
    """Onto the agenda: under a point that stands there, or as a point of its own."""

    point: PartyId | None = None


class AnswerQuestion(Form):
    """What was answered, as it stood in `version` when it was read."""

    answer: Said
    version: Version


class DeclineQuestion(Form):
    reason: Reason


class PrintMeeting(PrintMinutes):
    """`public`: the version that everybody may read, of a meeting that is open to citizens."""

    public: Flag = False


class EndMeeting(Form):
    """`votes_stay`: whoever ends it knows that votes begun in it are still open and stay so until their hour."""

    votes_stay: Flag = False


class CancelMeeting(Form):
    reason: Reason


class MeetingList(Form):
    """Which meetings: coming, past, or those whose minutes wait."""

    which: Literal["coming", "minutes", "past"] = "coming"
    whose: Literal["mine", "all"] = "all"
    after: Search = ""
    limit: Annotated[Whole, Field(ge=1, le=100)] = 50


__all__ = [
    "AnswerInvitation", "AnswerQuestion", "Attendance", "CancelMeeting", "DeclineQuestion", "EditMeeting", "EditPoint",
    "MeetingFields", "MeetingList", "NewAction", "NewMeeting", "NewQuestion", "NewVote", "NotePoint", "PlacePoint",
    "PlaceQuestion", "PointForm", "PointStanding", "PrintMeeting", "SeriesForm",
]  # fmt: skip
