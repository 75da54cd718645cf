"""Meetings over the API: agenda, attendance and minutes as nouns."""

from typing import Any

from collab.web.actors import actor
from collab.web.api import Answer, api_blueprint, endpoint, listed, seen

from . import commands, queries
from .forms import (
    AnswerInvitation,
    Attendance,
    CancelMeeting,
    EditMeeting,
    EditPoint,
    EndMeeting,
    MeetingList,
    NewAction,
    NewMeeting,
    NewVote,
    NotePoint,
    PlacePoint,
    PointForm,
    PointStanding,
)
from .queries import Action, Found, Line, Point, Somebody
from .shown import needed, present
from .voted import Vote, votes_of

api = api_blueprint("meetings")


def _when(at: Any) -> str | None:
    return at.isoformat() if at else None


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id, "reference": line.reference, "title": line.title, "stage": line.stage,
        "starts_at": _when(line.starts_at), "place": line.place, "invited": line.invited,
    }  # fmt: skip


def _point(point: Point, actions: list[Action], votes: list[Vote]) -> dict[str, Any]:
    return {
        "id": point.id, "position": point.position, "title": point.title, "minutes": point.minutes,
        "owner": point.owner_id, "about": point.about or None, "state": point.state, "notes": point.notes,
        "outcome": point.outcome, "version": point.version,
        "edition": point.edition, "internal": point.internal, "standing": point.standing,
        "tasks": [one.reference for one in actions if one.point_id == point.id],
        "votes": [one.reference for one in votes if one.point_id == point.id],
    }  # fmt: skip


def _somebody(one: Somebody) -> dict[str, Any]:
    return {"person": one.person_id, "name": one.name, "answer": one.answer, "presence": one.presence}


def _whole(found: Found) -> Answer:
    who = actor()
    people, actions = queries.people_of(found), queries.actions_of(who, found)
    votes = votes_of(who, found)
    return {
        "id": found.id, "reference": found.reference, "title": found.title, "body": found.body, "unit": found.unit_id,
        "reach": found.reach, "stage": found.stage, "starts_at": _when(found.starts_at), "place": found.place,
        "chair": found.chair_id, "secretary": found.secretary_id, "quorum": found.quorum,
        "quorum_base": found.quorum_base, "needed": needed(found, people), "present": present(people),
        "started_at": _when(found.started_at), "ended_at": _when(found.ended_at),
        "approved_at": _when(found.approved_at), "approved_by": found.approved_by,
        "cancelled_because": found.ended_reason, "version": found.version, "open": found.open,
        "published_at": _when(found.published_at), "series_on": found.series_on and found.series_on.isoformat(),
        "people": [_somebody(one) for one in people],
        "points": [_point(point, actions, votes) for point in queries.points_of(who, found)],
    }  # fmt: skip


def _of(item: str | int) -> Answer:
    return _whole(queries.find_meeting(actor(), item))


@endpoint(api, "GET /meetings", query=MeetingList, gives="Meetings")
def meetings(query: MeetingList) -> Answer:
    """The meetings, a page at a time."""
    page = queries.meetings(actor(), query)
    return listed([_line(line) for line in page.items], page.next)


@endpoint(api, "POST /meetings", takes=NewMeeting, gives="Meeting")
def plan_meeting(form: NewMeeting) -> Answer:
    """Call a meeting in a unit of one's own."""
    made = commands.plan_meeting(actor(), form)
    return _of(made["id"]), 201, {"Location": f"/api/v1/meetings/{made['reference']}"}


@endpoint(api, "GET /meetings/<ref:item>", gives="Meeting")
def meeting(item: str) -> Answer:
    """One meeting with its people, its agenda and its minutes."""
    return _of(item)


@endpoint(api, "PUT /meetings/<ref:item>", takes=EditMeeting, gives="Meeting")
def edit_meeting(item: str, form: EditMeeting) -> Answer:
    """Change what a planned meeting says, as a whole."""
    found = queries.find_meeting(actor(), item)
    commands.edit_meeting(actor(), seen(found.id), form)
    return _of(found.id)


@endpoint(api, "PUT /meetings/<ref:item>/beginning", gives="Meeting")
def start_meeting(item: str) -> Answer:
    """Begin the meeting."""
    return _of(commands.start_meeting(actor(), queries.find_meeting(actor(), item).id))


@endpoint(api, "PUT /meetings/<ref:item>/ending", takes=EndMeeting, gives="Meeting")
def end_meeting(item: str, form: EndMeeting) -> Answer:
    """End the meeting; its minutes wait for the chair. While votes begun in it are open only with `votes_stay`."""
    return _of(commands.end_meeting(actor(), queries.find_meeting(actor(), item).id, form))


@endpoint(api, "PUT /meetings/<ref:item>/approval", gives="Meeting")
def approve_minutes(item: str) -> Answer:
    """Approve the minutes, as chair; nothing changes any more."""
    return _of(commands.approve_minutes(actor(), queries.find_meeting(actor(), item).id))


@endpoint(api, "PUT /meetings/<ref:item>/cancellation", takes=CancelMeeting, gives="Meeting")
def cancel_meeting(item: str, form: CancelMeeting) -> Answer:
    """Call a planned meeting off, with the reason."""
    return _of(commands.cancel_meeting(actor(), queries.find_meeting(actor(), item).id, form))


@endpoint(api, "PUT /meetings/<ref:item>/answer", takes=AnswerInvitation, gives="Meeting")
def answer_invitation(item: str, form: AnswerInvitation) -> Answer:
    """Say whether you come, as somebody invited."""
    return _of(commands.answer_invitation(actor(), queries.find_meeting(actor(), item).id, form))


@endpoint(api, "PUT /meetings/<ref:item>/people/<id:person_id>", takes=Attendance, gives="Meeting")
def note_attendance(item: str, person_id: int, form: Attendance) -> Answer:
    """Note whether somebody is there: whoever runs it of everybody, everybody of themselves."""
    found = queries.find_meeting(actor(), item)
    commands.note_attendance(actor(), found.id, person_id, form)
    return _of(found.id)


@endpoint(api, "POST /meetings/<ref:item>/points", takes=PointForm, gives="Created")
def add_point(item: str, form: PointForm) -> Answer:
    """Put a point on the agenda; whoever does not run the meeting proposes it."""
    found = queries.find_meeting(actor(), item)
    return {"id": commands.add_point(actor(), found.id, form), "reference": found.reference}, 201


@endpoint(api, "PUT /meetings/<ref:item>/points/<id:point_id>", takes=EditPoint, gives="Meeting")
def change_point(item: str, point_id: int, form: EditPoint) -> Answer:
    """Change what a point says on the agenda; 412 when somebody did since `edition` was read."""
    found = queries.find_meeting(actor(), item)
    commands.change_point(actor(), found.id, point_id, form)
    return _of(found.id)


@endpoint(api, "DELETE /meetings/<ref:item>/points/<id:point_id>")
def remove_point(item: str, point_id: int) -> Answer:
    """Take a point off the agenda, while nothing came of it."""
    commands.remove_point(actor(), queries.find_meeting(actor(), item).id, point_id)
    return None, 204


@endpoint(api, "PUT /meetings/<ref:item>/points/<id:point_id>/place", takes=PlacePoint, gives="Meeting")
def place_point(item: str, point_id: int, form: PlacePoint) -> Answer:
    """Move a point to another place; the others close up."""
    found = queries.find_meeting(actor(), item)
    commands.place_point(actor(), found.id, point_id, form)
    return _of(found.id)


@endpoint(api, "PUT /meetings/<ref:item>/points/<id:point_id>/standing", takes=PointStanding, gives="Meeting")
def stand_point(item: str, point_id: int, form: PointStanding) -> Answer:
    """Take a point onto the agenda, or put it off."""
    found = queries.find_meeting(actor(), item)
    commands.stand_point(actor(), found.id, point_id, form)
    return _of(found.id)


@endpoint(api, "PUT /meetings/<ref:item>/points/<id:point_id>/minutes", takes=NotePoint, gives="Meeting")
def note_point(item: str, point_id: int, form: NotePoint) -> Answer:
    """Write the minutes of a point; 412 when somebody wrote since `version` was read."""
    found = queries.find_meeting(actor(), item)
    commands.note_point(actor(), found.id, point_id, form)
    return _of(found.id)


@endpoint(api, "POST /meetings/<ref:item>/points/<id:point_id>/tasks", takes=NewAction, gives="Created")
def make_action(item: str, point_id: int, form: NewAction) -> Answer:
    """Make a task of a point; each knows of the other."""
    made = commands.make_action(actor(), queries.find_meeting(actor(), item).id, point_id, form)
    return made, 201, {"Location": f"/api/v1/tasks/{made['reference']}"}


@endpoint(api, "POST /meetings/<ref:item>/points/<id:point_id>/votes", takes=NewVote, gives="Created")
def begin_vote(item: str, point_id: int, form: NewVote) -> Answer:
    """Open a vote at a point among those who are noted as present."""
    made = commands.begin_vote(actor(), queries.find_meeting(actor(), item).id, point_id, form)
    return made, 201, {"Location": f"/api/v1/decisions/{made['reference']}"}
