"""What arrives with a request, taken in beside the event loop before any transaction begins.

A large body is refused by its length before it is read (`receives` on the door, collab.web.guard); what is read goes
through a file on disk, never through memory.
"""

import re
from collections.abc import Callable
from typing import Any, BinaryIO, Final, cast

from flask import current_app, request
from werkzeug.datastructures import FileStorage

from collab.core.apart import beside_the_loop
from collab.core.dates import digits
from collab.core.errors import Problem, TooLarge, WrongType
from collab.core.files import Refused, Store, Taken, clean_name, pieces_of, take
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from .placing import Arrived

FIELD: Final = "file"
MOST_AT_ONCE: Final = 50
SPARE: Final = 500 * 1024 * 1024
"""What is left of a disk belongs to the database."""
MEGABYTE: Final = 1024 * 1024
NONCE: Final = re.compile(r"[!-~]{1,200}")

REASONS: Final = {
    "empty": N_("%(name)s is empty."),
    "too-large": N_("%(name)s is larger than %(limit)s MB."),
    "program": N_("%(name)s is a program. Programs are not taken: a colleague who opens one runs it."),
    "not-as-named": N_("What is in %(name)s is not what its name says. Give it the ending that goes with it."),
    "broken-archive": N_("%(name)s is damaged: it cannot be opened. Save it again, then send it."),
    "archive-too-large": N_("%(name)s unpacks to more than is taken."),
    "archive-unsafe": N_("%(name)s is packed in a way that is not safe to open. Pack it again, then send it."),
}
NO_ROOM = N_("There is no room left for files. Tell an administrator; nothing was lost.")


class NoRoom(Problem):
    """The disk or the quota is full. Not a fault of the sender, nor something to try again at once."""

    status, code, title = 409, "no-room", NO_ROOM


def store() -> Store:
    """Where contents are kept."""
    found: Store = current_app.extensions["collab.files"]
    return found


def arrived(has_room: Callable[[int], bool]) -> list[Arrived]:
    """The files of this request (multipart, field `file`, any number; `nonce` where one is sent).

    Raises WrongType, TooLarge, Invalid at `file`, NoRoom. `has_room` says whether so many bytes still fit.
    """
    if request.mimetype != "multipart/form-data":
        raise WrongType(_(N_("Send files as multipart/form-data, in the field “file”.")))
    sent = [each for each in request.files.getlist(FIELD) if each.filename]
    if not sent:
        raise wrong(FIELD, _(N_("Choose a file.")))
    if len(sent) > MOST_AT_ONCE:
        raise wrong(FIELD, _(N_("At most %(most)s files at once."), most=digits(MOST_AT_ONCE)))
    size = request.content_length or 0
    keeper = store()
    if keeper.room() - size < SPARE or not has_room(size):
        raise NoRoom
    nonce = _nonce() if len(sent) == 1 else None
    return [Arrived(_taken(keeper, each), nonce) for each in sent]


def _nonce() -> str | None:
    """The sender's key: a field of the form, or the key that the API knows."""
    given = request.form.get("nonce") or request.headers.get("Idempotency-Key")
    if given is None:
        return None
    if NONCE.fullmatch(given) is None:
        raise wrong("nonce", _(N_("A key has 1 to 200 plain characters.")))
    return given


def _taken(keeper: Store, sent: FileStorage) -> Taken:
    most, unpacked = current_app.config["FILE_MOST"], current_app.config["FILE_UNPACKED_MOST"]
    name, stream = sent.filename or "", cast("BinaryIO", sent.stream)
    try:
        return beside_the_loop(lambda: take(keeper, name, pieces_of(stream), most, unpacked))
    except Refused as refused:
        raise refusal(refused, clean_name(name)) from refused


def refusal(refused: Refused, name: str) -> Problem:
    """Why a file is not taken, as an answer."""
    limit = digits((refused.limit or 0) // MEGABYTE)
    sentence = _(REASONS[refused.code], name=name, limit=limit)
    return TooLarge(sentence) if refused.code == "too-large" else wrong(FIELD, sentence)


def accepts() -> dict[str, Any]:
    """What the page says to whoever chooses: the largest file in bytes and in words."""
    most: int = current_app.config["FILE_MOST"]
    return {"most": most, "most_words": digits(most // MEGABYTE)}
