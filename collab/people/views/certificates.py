"""The certificate of a skill: its files on the page of the skill."""

from flask import Response, make_response

from collab.core.actor import Actor
from collab.core.errors import NotFound, Problem
from collab.core.i18n import N_, _
from collab.files.queries import files_on, has_room
from collab.files.receiving import arrived, store
from collab.files.serving import sent_packed
from collab.files.shown import Files, files_shown
from collab.files.views import is_part, refused
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import go, show

from ..certificates import CERTIFIED
from ..commands.certificates import attach_certificate
from ..queries.skills.held import Held, find_held, may_note_for
from . import people_pages


def proof_of(who: Actor, one: Held, reasons: list[str] | None = None) -> Files | None:
    """The files of a skill, for whoever may read its certificate."""
    if not one.open:
        return None
    at = f"/person-skills/{one.id}/files"
    return files_shown(who, CERTIFIED, one.id, at, may_add=may_note_for(who, one.person_id), reasons=reasons)


@door(people_pages, "GET /person-skills/<id:held_id>/files")
def certificates(held_id: int) -> Response:
    """The files that prove a skill."""
    return _shown(find_held(actor(), held_id))


@door(people_pages, "POST /person-skills/<id:held_id>/files", receives=True)
def attach(held_id: int) -> Response:
    """Add files that prove a skill."""
    one = find_held(actor(), held_id)
    try:
        attach_certificate(actor(), held_id, store(), arrived(has_room))
    except Problem as problem:
        if is_part():
            return refused(problem)
        if problem.status != 422:
            raise
        return _shown(one, [text for each in problem.fields.values() for text in each], problem.status)
    if is_part():
        return make_response("", 204)
    return go(f"/person-skills/{held_id}#files", _(N_("The certificate is there.")))


@door(people_pages, "GET /person-skills/<id:held_id>/files/archive")
def archive(held_id: int) -> Response:
    """All files that prove a skill as one archive."""
    one = find_held(actor(), held_id)
    files = files_on(actor(), CERTIFIED, [one.id]).get(one.id, []) if one.open else []
    if not files:
        raise NotFound
    return sent_packed(store(), f"{one.name}.zip", files)


def _shown(one: Held, reasons: list[str] | None = None, status: int = 200) -> Response:
    files = proof_of(actor(), one, reasons)
    if files is None:
        raise NotFound
    at = f"/person-skills/{one.id}"
    return show(
        "files/files.html", fragment="files/_list.html", status=status, files=files, href=at, title=one.name,
    )  # fmt: skip
