"""The address under which an e-mail answers what is awaited of somebody outside, as a page."""

from typing import Any, Final, NamedTuple

from flask import Response, current_app

from collab.core import clock
from collab.core.dates import near_instant
from collab.core.errors import Forbidden, NotFound
from collab.core.i18n import N_, _
from collab.people.queries.tree import tree
from collab.people.secrets import digest, new_secret
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import go, show

from ..commands import mailed as verbs
from ..queries.mailed import answer_address
from ..queries.waits import find_wait
from . import pages
from .may import may_with_wait

WITHDRAWN: Final = N_("The address is withdrawn.")


class Made(NamedTuple):
    """An address that was made just now: `mail` where the house takes such mail, `hook` for a mail server."""

    mail: str | None
    hook: str


@door(pages, "GET /waits/<id:wait_id>/answer-address")
def answer_address_page(wait_id: int) -> Response:
    """Whether an e-mail can answer what you await of somebody outside, and the way to it."""
    return _page(wait_id)


@door(pages, "PUT /waits/<id:wait_id>/answer-address")
def open_answer_address(wait_id: int) -> Response:
    """Make the address under which an e-mail answers; the one before ends."""
    secret = fresh_secret()
    verbs.open_answer_address(actor(), wait_id, digest(secret))
    answer = _page(wait_id, Made(mail_of(secret), hook_of(secret)))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@door(pages, "DELETE /waits/<id:wait_id>/answer-address")
def close_answer_address(wait_id: int) -> Response:
    """Withdraw that address."""
    verbs.close_answer_address(actor(), wait_id)
    return go(f"/waits/{wait_id}/answer-address", _(WITHDRAWN))


def fresh_secret() -> str:
    """In small letters and digits, since mail servers do not keep capitals."""
    return digest(new_secret()).hex()[:40]


def mail_of(secret: str) -> str | None:
    """The mail address with this secret, where the house takes such mail."""
    box: str | None = current_app.config["ANSWERS_TO"]
    if not box:
        return None
    name, _at, host = box.rpartition("@")
    return f"{name}+{secret}@{host}"


def hook_of(secret: str) -> str:
    """The address of the door with this secret."""
    return f"{current_app.config['COLLAB_URL']}/api/v1/answers/{secret}"


def _page(wait_id: int, made: Made | None = None) -> Response:
    who = actor()
    found = find_wait(who, wait_id)
    if found.reference is None or found.wait.of is None or found.wait.of.kind != "outsider":
        raise NotFound
    if not may_with_wait(who, found.wait).by_mail and found.wait.is_open:
        raise Forbidden
    known = answer_address(who, wait_id)
    calendar: Any = who.calendar
    since = near_instant(known.created_at, clock.now(), tree().time_zone, calendar=calendar) if known else ""
    return show(
        "work/answer_address.html",
        wait=found.wait,
        reference=found.reference,
        known=bool(known),
        since=since,
        made=made,
        takes_mail=bool(current_app.config["ANSWERS_TO"]),
    )
