"""Certificates of skills over the API. Their contents and removal: `/files/{id}`."""

from typing import Any

from collab.core.errors import NotFound
from collab.files import api as files
from collab.files.queries import File, files_on, has_room
from collab.files.receiving import arrived, store
from collab.files.serving import sent_packed
from collab.web.actors import actor
from collab.web.api import endpoint

from ..certificates import CERTIFIED
from ..commands.certificates import attach_certificate
from ..queries.skills.held import find_held
from . import api


def _files(held_id: int) -> list[File]:
    one = find_held(actor(), held_id)
    if not one.open:
        raise NotFound
    return files_on(actor(), CERTIFIED, [one.id]).get(one.id, [])


@endpoint(api, "GET /person-skills/<id:held_id>/files", gives="FileList")
def list_certificates(held_id: int) -> Any:
    """The files that prove a skill, each in its newest version, for whoever may read its certificate."""
    return files.listing(_files(held_id))


@endpoint(api, "POST /person-skills/<id:held_id>/files", gives="FileList", receives=True)
def attach(held_id: int) -> Any:
    """Add files that prove a skill; a name known there becomes its next version."""
    wanted = set(attach_certificate(actor(), held_id, store(), arrived(has_room)))
    return files.listing(each for each in _files(held_id) if each.id in wanted), 201


@endpoint(api, "GET /person-skills/<id:held_id>/files/archive", gives="bytes")
def archive(held_id: int) -> Any:
    """All files that prove a skill as one zip archive."""
    return sent_packed(store(), f"skill-{held_id}.zip", _files(held_id))
