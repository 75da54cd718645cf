"""What may be entered about a meeting, on a page or over the API."""

from typing import Annotated, Literal

from pydantic import Field

from collab.core.forms import Day, Flag, Form, Line, PartyId, Perhaps, Prose, Reason, Search, Short
from collab.decisions.forms import Clock, People, PrintMinutes, Whole
from collab.work.forms import ReachCode

Minutes = Annotated[Whole, Field(ge=1, le=600)]
Comes = Literal["yes", "remote", "no"]
Presence = Literal["present", "remote", "excused", "absent"]


class MeetingFields(Form):
    """When, where and with whom. `quorum_base`: of how many the quorum is counted; without it, of those invited."""

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


class NewMeeting(MeetingFields):
    """A meeting of a unit. `whole_unit`: everybody who belongs to it is invited."""

    unit: PartyId
    whole_unit: Flag = False


class EditMeeting(MeetingFields):
    """What a planned meeting says as a whole; whoever is left out of `people` is no longer invited."""


class PointForm(Form):
    """A point of the agenda; `about`: the reference of a work item it is about."""

    title: Line
    minutes: Minutes = 10
    owner: PartyId | None = None
    about: Short | None = None


class EditPoint(PointForm):
    """The same, changed from what stood in `edition` when it was read."""

    edition: Annotated[Whole, Field(ge=1)]


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
    version: Annotated[Whole, Field(ge=1)]


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


class CancelMeeting(Form):
    reason: Reason


class MeetingList(Form):
    """Which meetings: coming, past, or those whose minutes wait."""

    which: Literal["coming", "minutes", "past"] = "coming"
    whose: Literal["mine", "all"] = "all"
    after: Search = ""
    limit: Annotated[Whole, Field(ge=1, le=100)] = 50


__all__ = [
    "AnswerInvitation", "Attendance", "CancelMeeting", "EditMeeting", "EditPoint", "MeetingFields", "MeetingList",
    "NewAction", "NewMeeting", "NotePoint", "PlacePoint", "PointForm", "PointStanding", "PrintMinutes",
]  # fmt: skip
