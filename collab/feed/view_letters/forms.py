"""What is said of a list by mail."""

from typing import Literal

from collab.core.forms import Flag, Form

from ..forms import Hour

Rhythm = Literal["workday", "week", "month"]


class ByMail(Form):
    """On which days and at which hour of one's own clock a view comes by mail; `empties`: also when nothing is in it.

    A week begins on Monday, in the Persian calendar on Saturday; a month on the first day of one's own calendar.
    """

    rhythm: Rhythm = "workday"
    hour: Hour = 8
    empties: Flag = False
