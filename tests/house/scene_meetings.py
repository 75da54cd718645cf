"""Meetings for the route matrix, all of PARKS, called and chaired by Eleni: planned, under way, over."""

from typing import Any

from collab.flows.meetings.commands import (
    add_point,
    approve_minutes,
    end_meeting,
    note_attendance,
    plan_meeting,
    set_series,
    start_meeting,
    take_question,
)
from collab.flows.meetings.forms import Attendance, EndMeeting, NewMeeting, NewQuestion, PointForm, SeriesForm
from collab.people.recognise import person_as_actor
from tests.cast import Cast


def meetings(cast: Cast) -> dict[str, Any]:
    """References by stage, and the ids of a point and a question of each that has one."""
    eleni = person_as_actor(cast.Eleni)
    assert eleni is not None
    found: dict[str, Any] = {}
    for stage in ("planned", "running", "attended", "over", "open"):
        form = NewMeeting(title=f"A meeting that is {stage}", unit=cast.PARKS, on="2099-11-26", open=stage == "open")
        made = plan_meeting(eleni, form)
        found[f"{stage}_meeting"] = made["reference"]
        found[f"{stage}_point"] = add_point(eleni, made["id"], PointForm(title="Salt"))
        found[f"{stage}_question"] = take_question(eleni, made["id"], NewQuestion(question="When?", asker="A citizen"))
        if stage == "planned":
            set_series(eleni, made["id"], SeriesForm())
        else:
            start_meeting(eleni, made["id"])
        if stage == "attended":
            note_attendance(eleni, made["id"], cast.Eleni, Attendance(presence="present"))
        if stage in ("over", "open"):
            end_meeting(eleni, made["id"], EndMeeting())
        if stage == "open":
            approve_minutes(eleni, made["id"])
    return found | {"point": found["planned_point"], "question": found["planned_question"]}
