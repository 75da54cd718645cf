"""The words of meetings, and how many make a quorum."""

from datetime import datetime, timedelta
from typing import Final

from collab.core import clock
from collab.core.dates import local_day
from collab.core.i18n import N_

STAGES: Final = {
    "planned": N_("planned"),
    "running": N_("under way"),
    "minutes": N_("minutes to be approved"),
    "closed": N_("minutes approved"),
    "cancelled": N_("cancelled"),
}
NOT_BEGUN: Final = N_("not begun")
"""What is planned for a day that is over."""
STAGE_ICONS: Final = {
    "planned": "calendar", "running": "messages-square", "minutes": "pencil", "closed": "lock",
    "cancelled": "circle-slash",
}  # fmt: skip
STAGE_STATES: Final = {
    "planned": "new", "running": "active", "minutes": "waiting", "closed": "done", "cancelled": "cancelled",
}  # fmt: skip
PRESENCES: Final = {
    "present": N_("present"), "remote": N_("remote"), "excused": N_("excused"), "absent": N_("absent"),
}  # fmt: skip
ANSWERS: Final = {"yes": N_("comes"), "remote": N_("comes remotely"), "no": N_("cannot come")}
REPLIES: Final = {"yes": N_("I come"), "remote": N_("Remotely"), "no": N_("I cannot come")}
CHANNELS: Final = {
    "in-person": N_("in person"), "phone": N_("by telephone"), "letter": N_("by letter"), "email": N_("by e-mail"),
    "form": N_("on a form"), "staff": N_("within the house"),
}  # fmt: skip
ASKERS: Final = {"citizen": N_("a citizen"), "staff": N_("a member of staff")}
QUESTION_STATES: Final = {
    "received": N_("taken in"), "agenda": N_("on the agenda"), "answered": N_("answered"), "declined": N_("set aside"),
}  # fmt: skip
QUESTION_LOOKS: Final = {"received": "new", "agenda": "active", "answered": "done", "declined": "cancelled"}
POINT_STATES: Final = {"proposed": N_("proposed"), "accepted": N_("accepted"), "put-off": N_("put off")}
QUORUMS: Final = {
    "none": N_("No quorum"), "third": N_("At least a third"), "half": N_("More than half"),
    "two-thirds": N_("At least two thirds"),
}  # fmt: skip
HELD: Final = ("planned", "running")
"""Stages in which the agenda may be changed."""
NOTED: Final = ("running", "minutes")
"""Stages in which minutes are written."""
OVER: Final = ("minutes", "closed")
"""Stages of what was held: it is spoken of as past."""

LONGEST_AGO: Final = timedelta(days=366)
"""A meeting may be noted after it was held, so long after at most; what lies further back is a slip of the pen."""


def is_over(starts_at: datetime, time_zone: str) -> bool:
    """Whether the day on which it starts is past, where the clock is that of `time_zone`."""
    return local_day(starts_at, time_zone) < local_day(clock.now(), time_zone)


def quorum_of(quorum: str, base: int) -> int:
    """How many must be there, of `base`; 0 where no quorum is wanted."""
    return {"third": -(-base // 3), "half": base // 2 + 1, "two-thirds": -(-2 * base // 3)}.get(quorum, 0)
