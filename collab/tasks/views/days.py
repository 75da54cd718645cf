"""A day in words, as it is typed into the field of a date: "next Friday", "αύριο", "سه روز دیگر", 27/11."""

from typing import Annotated

from flask import Response, jsonify
from pydantic import Field

from collab.core.dates.said import Today, day_in
from collab.core.forms import Form
from collab.people.queries.today import today
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked

from . import pages


class DayWords(Form):
    """What was typed. `over`: into a field for a day that has come."""

    text: Annotated[str, Field(max_length=100)] = ""
    over: bool = False


@door(pages, "GET /quick-tasks/day", query=DayWords)
def read_day() -> Response:
    """The day that words mean, counted from the day of the house; none where they mean no day."""
    said = asked(DayWords)
    day = day_in(said.text, Today(today(), actor().calendar, said.over))  # type: ignore[arg-type]
    return jsonify({"day": day.isoformat() if day else None})
