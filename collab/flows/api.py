"""From what was said to work, over the API."""

from typing import Any

from collab.decisions.queries import find_decision
from collab.web.actors import actor
from collab.web.api import api_blueprint, endpoint

from . import commands
from .deciding import DecisionOfMessage, make_decision
from .following_up import NewFollowUp, make_follow_up
from .forms import PointOfMessage, WorkOfMessage

api = api_blueprint("flows")


@endpoint(api, "POST /messages/<id:message_id>/work", takes=WorkOfMessage, gives="Created")
def make_work(message_id: int, form: WorkOfMessage) -> Any:
    """Make a task or a pending item of a message; with `awaited` an answer is expected, which a reply gives."""
    made = commands.make_work(actor(), message_id, form)
    return made, 201, {"Location": f"/api/v1/work-items/{made['reference']}"}


@endpoint(api, "POST /messages/<id:message_id>/points", takes=PointOfMessage, gives="Created")
def make_point(message_id: int, form: PointOfMessage) -> Any:
    """Put what was said on the agenda of a meeting; whoever does not run the meeting proposes it."""
    made = commands.make_point(actor(), message_id, form)
    return made, 201, {"Location": f"/api/v1/meetings/{made['reference']}"}


@endpoint(api, "POST /messages/<id:message_id>/decisions", takes=DecisionOfMessage, gives="Created")
def decide_this(message_id: int, form: DecisionOfMessage) -> Any:
    """Draft a decision of a message; each knows of the other."""
    made = make_decision(actor(), message_id, form)
    return made, 201, {"Location": f"/api/v1/decisions/{made['reference']}"}


@endpoint(api, "POST /decisions/<ref:item>/tasks", takes=NewFollowUp, gives="Created")
def follow_up(item: str, form: NewFollowUp) -> Any:
    """Make a task that carries a decision out; each knows of the other."""
    made = make_follow_up(actor(), find_decision(actor(), item).id, form)
    return made, 201, {"Location": f"/api/v1/tasks/{made['reference']}"}
