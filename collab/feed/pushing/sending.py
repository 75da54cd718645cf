"""Handing pop-ups in: found due by a sweep, written and sent by a worker, each once however often it is asked for."""

import json
import logging
import time
from typing import Any, Final

from flask import current_app
from sqlalchemy import select

from collab.core import clock, jobs
from collab.core.actor import SYSTEM
from collab.core.db import db

from ..models import Notification
from . import commands
from .models import PushMessage, PushSubscription
from .policy import ended
from .reaching import NotOutside, hand_in
from .resting import rest
from .sealing import authorization, decoded, encoded, own_key, point, sealed

log = logging.getLogger(__name__)

MOST_AT_ONCE: Final = 200
FEW: Final = 20
"""So many that were not taken at the first try are asked for at a time: other work stands in the same queue."""
IN_A_JOB: Final = 20.0
"""Seconds after which what is left of one person's pop-ups is left to the sweep."""
SLOW: Final = 5.0
"""A service that takes so many seconds is left alone as one that does not answer."""
KEPT_FOR: Final = 4 * 3600
"""Seconds for which a service keeps a pop-up for a browser that is not running."""
TAKEN: Final = (200, 201, 202, 204)
GONE: Final = (401, 403, 404, 410)
"""The browser is not there any more, or was subscribed to another house."""
LATER: Final = (408, 425, 429)


def ask_for_pop_ups() -> None:
    """Every few seconds: ask a worker for what is due, and for what was not taken at the first try."""
    now = clock.now()
    due = select(Notification.person_id).where(Notification.push_at <= now).distinct().limit(MOST_AT_ONCE)
    for person in db.session.scalars(due).all():
        if not jobs.enqueue("collab.feed.pushing.sending.write_job", person, job_id=f"pop-ups-{person}", timeout=60):
            return
    waiting = select(PushMessage.id).where(PushMessage.next_at <= now).order_by(PushMessage.next_at)
    for message in db.session.scalars(waiting.limit(FEW)).all():
        if not jobs.enqueue("collab.feed.pushing.sending.send_job", message, job_id=f"pop-up-{message}", timeout=60):
            return


def forget_ended() -> None:
    """Now and then: forget browsers whose session or token is over."""
    if db.session.scalar(select(PushSubscription.id).where(ended()).limit(1)) is not None:
        commands.sweep_ended(SYSTEM)


def write_job(person_id: int) -> None:
    """The job that writes and hands in the pop-ups of one person."""
    with jobs.running_app().app_context():
        until = time.monotonic() + IN_A_JOB
        for message in commands.write_due(SYSTEM, person_id):
            if time.monotonic() > until:
                return
            send(message)


def send_job(message_id: int) -> None:
    """The job that hands in one pop-up."""
    with jobs.running_app().app_context():
        send(message_id)


def send(message_id: int) -> bool:
    """Hand in one pop-up, if it is still due. Whether the service took it."""
    one = commands.begin(SYSTEM, message_id)
    if one is None:
        return False
    began = time.monotonic()
    try:
        status = hand_in(one["endpoint"], _headers(one), _body(one))
    except NotOutside:
        status = GONE[0]
    except OSError as error:
        rest(one["endpoint"])
        log.warning("pop-up %s was not taken: %s", message_id, type(error).__name__)
        return False
    not_taken = status in LATER or status >= 500
    if not_taken or time.monotonic() - began > SLOW:
        rest(one["endpoint"])
    if not_taken:
        log.warning("pop-up %s was not taken: %s", message_id, status)
        return False
    commands.finish(SYSTEM, message_id, one["browser"] if status in GONE else None)
    return status in TAKEN


def application_key() -> str:
    """The public key of this house, which browsers are told when pop-ups are turned on."""
    return encoded(point(own_key(current_app.config["SECRET_KEY"])))


def _body(one: dict[str, Any]) -> bytes:
    said = json.dumps(one["payload"], ensure_ascii=False).encode()
    return sealed(said, decoded(one["public_key"]), decoded(one["secret"]))


def _headers(one: dict[str, Any]) -> dict[str, str]:
    config = current_app.config
    own, house = own_key(config["SECRET_KEY"]), config["COLLAB_URL"]
    contact = house if house.startswith("https:") else f"mailto:{config['MAIL_FROM'].rpartition('<')[2].rstrip('>')}"
    return {
        "Authorization": authorization(own, one["endpoint"], contact, clock.now()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_FOR),
        "Topic": encoded(one["payload"]["tag"].encode())[:32],
        "Urgency": "normal",
    }
