"""Waits: what is expected of you and by you, and how it ends."""

from typing import Annotated, Any, Literal

from flask import Blueprint
from pydantic import Field

from collab.core.forms import Form
from collab.web.actors import actor
from collab.web.api import endpoint, listed, seen

from .. import commands
from ..answering import answer_with
from ..forms import Answer, Escalate, Limit
from ..queries import waits
from . import shapes
from .again import repeated


class WaitsQuery(Form):
    """`side`: what is expected of me (and my posts and the trays of units I head), by me, or what lies in the trays of
    my other units and may be taken."""

    side: Literal["of-me", "by-me", "in-tray"] = "of-me"
    sense: (
        Literal[
            "answer",
            "task",
            "vote",
            "assessment",
            "handover",
            "acknowledgement",
            "approval",
            "lapse",
            "advice",
            "invitation",
            "tie",
            "revisit",
        ]
        | None
    ) = None
    after: Annotated[str, Field(max_length=400)] | None = None
    limit: Limit = 50


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "GET /waits", query=WaitsQuery, gives="WaitList")(list_waits)
    endpoint(api, "GET /waits/<id:wait_id>", gives="Wait")(wait)
    endpoint(api, "POST /waits/<id:wait_id>/answer", takes=Answer, gives="Wait")(answer_wait)
    endpoint(api, "POST /waits/<id:wait_id>/nudges", gives="Wait")(nudge_wait)
    endpoint(api, "POST /waits/<id:wait_id>/escalations", takes=Escalate, gives="Wait")(escalate_wait)
    endpoint(api, "POST /waits/<id:wait_id>/taking", gives="Wait")(take_wait)
    endpoint(api, "DELETE /waits/<id:wait_id>")(withdraw_wait)


def list_waits(query: WaitsQuery) -> Any:
    """What is expected of you, or by you, or may be taken by you, the soonest first."""
    asks = {"of-me": waits.expected_of, "by-me": waits.expected_by, "in-tray": waits.to_be_taken}
    ask = asks[query.side]
    page = ask(actor(), waits.window_of(query.after, query.limit), sense=query.sense)
    return listed([shapes.wait(each) for each in page.items], page.next)


def wait(wait_id: int) -> Any:
    """Something that is expected."""
    return shapes.wait(waits.find_wait(actor(), wait_id))


def answer_wait(wait_id: int, form: Answer) -> Any:
    """Answer what was asked; the words go into the talk of the item."""
    who = actor()
    asked = waits.find_wait(who, wait_id).wait
    answer_with(who, wait_id, asked.item_id, form, f"answer-{wait_id}")
    return wait(wait_id), 201


def nudge_wait(wait_id: int) -> Any:
    """Remind whoever is awaited."""
    commands.nudge(actor(), seen(wait_id))
    return wait(wait_id)


def escalate_wait(wait_id: int, form: Escalate) -> Any:
    """Take it up to the head above, with a reason; gives the line that stands on their day."""
    return wait(commands.escalate(actor(), seen(wait_id), form)), 201


def take_wait(wait_id: int) -> Any:
    """Take a question out of your unit's tray."""
    with repeated(actor(), "item-taken"):
        commands.take_wait(actor(), seen(wait_id))
    return wait(wait_id)


def withdraw_wait(wait_id: int) -> Any:
    """No longer expect it."""
    with repeated(actor(), "withdrawn"):
        commands.withdraw(actor(), seen(wait_id))
    return None, 204
