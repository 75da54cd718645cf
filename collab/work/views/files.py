"""The files of an item: the section of its page, sending more, having all at once."""

from flask import Response, make_response

from collab.core.errors import Invalid, NotFound, Problem
from collab.core.i18n import N_, _
from collab.files.queries import files_on, has_room
from collab.files.receiving import arrived, store
from collab.files.serving import sent_packed
from collab.files.views import refused
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import go, show

from .. import commands
from ..queries.named import Named, named
from ..reactions import ITEM
from . import pages
from .answers import is_part
from .attached import files_of

ADDED = N_("The files are there.")


@door(pages, "GET /work-items/<ref:ref>/files")
def item_files(ref: str) -> Response:
    """The files of an item."""
    found = named(actor(), ref)
    return _shown(found)


@door(pages, "POST /work-items/<ref:ref>/files", receives=True)
def attach(ref: str) -> Response:
    """Add files to an item."""
    who, found = actor(), named(actor(), ref)
    try:
        commands.attach(who, found.id, store(), arrived(has_room))
    except Problem as problem:
        if is_part():
            return refused(problem)
        if not isinstance(problem, Invalid) and not problem.detail:
            raise
        reasons = [text for each in problem.fields.values() for text in each] or [problem.sentence()]
        return _shown(found, reasons, problem.status)
    return make_response("", 204) if is_part() else go(f"{_href(found)}#files", _(ADDED))


@door(pages, "GET /work-items/<ref:ref>/files/archive")
def archive(ref: str) -> Response:
    """All files of an item as one archive."""
    found = named(actor(), ref)
    files = files_on(actor(), ITEM, [found.id]).get(found.id, [])
    if not files:
        raise NotFound
    return sent_packed(store(), f"{found.reference}.zip", files)


def _href(found: Named) -> str:
    return f"/work-items/{found.reference}"


def _shown(found: Named, reasons: list[str] | None = None, status: int = 200) -> Response:
    files = files_of(actor(), found.id, _href(found), reasons)
    return show(
        "files/files.html",
        fragment="files/_list.html",
        status=status,
        files=files,
        href=_href(found),
        title=found.reference,
    )
