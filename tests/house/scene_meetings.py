"""Meetings for the route matrix, all of PARKS, called and chaired by Eleni: planned, under way, over."""

from typing import Any

from collab.flows.meetings.commands import add_point, end_meeting, plan_meeting, start_meeting
from collab.flows.meetings.forms import NewMeeting, PointForm
from collab.people.recognise import person_as_actor
from tests.cast import Cast


def meetings(cast: Cast) -> dict[str, Any]:
    """References by stage, and the ids of a point of each that has one."""
    eleni = person_as_actor(cast.Eleni)
    assert eleni is not None
    found: dict[str, Any] = {}
    for stage in ("planned", "running", "over"):
        form = NewMeeting(title=f"A meeting that is {stage}", unit=cast.PARKS, on="2099-11-26")
        made = plan_meeting(eleni, form)
        found[f"{stage}_meeting"] = made["reference"]
        found[f"{stage}_point"] = add_point(eleni, made["id"], PointForm(title="Salt"))
        if stage != "planned":
            start_meeting(eleni, made["id"])
        if stage == "over":
            end_meeting(eleni, made["id"])
    return found | {"point": found["planned_point"]}
