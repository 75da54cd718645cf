"""Why a line stands on My day: what is expected of whom, by whom, since when, in words."""

from datetime import date, datetime
from typing import Final

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, in_language
from collab.work.policy import is_kept

from .queries.announced import ToConfirm
from .queries.waits import Expected

WHY: Final = {
    "task": (N_("given by %(name)s on %(day)s"), N_("expected of you since %(day)s")),
    "run": (N_("you run it, given by %(name)s on %(day)s"), N_("you run it, since %(day)s")),
    "tray": (N_("given to the unit by %(name)s on %(day)s"), N_("in the tray since %(day)s")),
    "handover": (N_("offered to you by %(name)s on %(day)s"), N_("offered to you on %(day)s")),
    "answer": (N_("asked by %(name)s on %(day)s"), N_("asked on %(day)s")),
    "approval": (N_("%(name)s asks for approval since %(day)s"), N_("approval is asked for since %(day)s")),
    "acknowledgement": (N_("%(name)s asks you to read it, since %(day)s"), N_("to be read, since %(day)s")),
    "advice": (N_("%(name)s asks for advice since %(day)s"), N_("advice is asked for since %(day)s")),
    "invitation": (N_("invited by %(name)s on %(day)s"), N_("invited on %(day)s")),
    "lapse": (N_("brought before you by %(name)s on %(day)s"), N_("brought before you on %(day)s")),
    "vote": (N_("your vote is awaited since %(day)s"), N_("your vote is awaited since %(day)s")),
}
"""Sense of a wait → how it reads with whoever asks, and without a name."""
RUN_TOO: Final = {
    "vote": N_("your vote is awaited, and you run it"),
    "invitation": N_("you are invited, and you write the minutes"),
}
WITHIN: Final = 180
"""Days ago for which a day without its year says enough."""


def why(actor: Actor, wait: Expected, today: date) -> str:
    """Why the line stands here; empty where its other words say so."""
    if wait.sense in ("tie", "revisit"):
        return ""
    if wait.runs and wait.sense in RUN_TOO:
        return _(RUN_TOO[wait.sense])
    named, nameless = WHY.get(_sense(wait), WHY["task"])
    said = _since(actor, wait.since, today)
    if wait.by_label is None or wait.by_id in (actor.person_id, wait.of_id):
        return _(nameless, day=said)
    return _(named, name=in_language(wait.by_names, wait.by_label), day=said)


def why_confirm(actor: Actor, asked: ToConfirm, today: date) -> str:
    """Who announced what the reader is to confirm, and since when."""
    name = in_language(asked.by_names, asked.by_label)
    named, _nameless = WHY["acknowledgement"]
    return _(named, name=name, day=_since(actor, asked.at, today))


def _since(actor: Actor, at: datetime, today: date) -> str:
    day = dates.local_day(at, actor.time_zone)
    style: dates.Style = "day" if abs((today - day).days) < WITHIN else "short"
    return dates.shown(day, style, calendar=actor.calendar)  # type: ignore[arg-type]


def _sense(wait: Expected) -> str:
    if wait.sense == "task":
        return "run" if is_kept(wait) else "tray" if wait.tray_unit_id is not None else "task"
    return wait.sense
