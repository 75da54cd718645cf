"""Answers by e-mail: the address of a question, and the door to which a mail server brings what came."""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, request

from collab.core.errors import NotFound, WrongType
from collab.core.i18n import N_, _
from collab.people.recognise import note_wrong_secret
from collab.people.secrets import digest
from collab.web.actors import actor
from collab.web.api import endpoint

from ..commands import mailed as verbs
from ..forms import MailedAnswer
from ..mail_reading import Mailed, read_message
from ..mail_reading import mailed as told
from ..mailed import take_in
from ..queries.mailed import answer_address
from ..queries.waits import find_wait
from ..views.mailed import fresh_secret, hook_of, mail_of

MOST: Final = 5_000_000
RFC5322: Final = N_("Send the message as it came, with Content-Type: message/rfc822.")


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "GET /waits/<id:wait_id>/answer-address")(address)
    endpoint(api, "PUT /waits/<id:wait_id>/answer-address")(open_address)
    endpoint(api, "DELETE /waits/<id:wait_id>/answer-address")(close_address)
    endpoint(api, "POST /answers/<secret>", takes=MailedAnswer, public=True)(take_answer)
    endpoint(api, "POST /answers/<secret>/message", public=True, most=MOST)(take_message)


def address(wait_id: int) -> Any:
    """Since when an e-mail can answer what you await of somebody outside. 404 where it cannot."""
    find_wait(actor(), wait_id)
    known = answer_address(actor(), wait_id)
    if known is None:
        raise NotFound
    return {"created_at": known.created_at.isoformat()}


def open_address(wait_id: int) -> Any:
    """Make the address under which an e-mail answers what you await of somebody outside; the one before ends.
    It is told only here: `mail`, where the house takes such mail, and `hook`, to which a mail server brings it."""
    secret = fresh_secret()
    verbs.open_answer_address(actor(), wait_id, digest(secret))
    return {"mail": mail_of(secret), "hook": hook_of(secret)}, 200, {"Cache-Control": "no-store"}


def close_address(wait_id: int) -> Any:
    """Withdraw that address."""
    verbs.close_answer_address(actor(), wait_id)
    return None, 204


def take_answer(secret: str, form: MailedAnswer) -> Any:
    """Answer what is awaited with an e-mail that was taken apart: from, subject, text. The same `message_id` again
    changes nothing. 404 for a secret that opens nothing (any more)."""
    return _taken(secret, lambda: told(form.sender, form.subject, form.text, form.message_id))


def take_message(secret: str) -> Any:
    """Answer what is awaited with an e-mail as it travels (RFC 5322, Content-Type: message/rfc822, up to 5 MB). Its
    text and stated sender are kept, attachments are not. `taken` is false for what was sent automatically."""
    if request.mimetype != "message/rfc822":
        raise WrongType(_(RFC5322))
    raw = request.get_data()
    return _taken(secret, lambda: read_message(raw))


def _taken(secret: str, came: Callable[[], Mailed]) -> Any:
    try:
        return {"taken": take_in(secret, came)}
    except NotFound:
        note_wrong_secret(request)
        raise
