"""Pages of files themselves: sent to be saved, looked at, listed by version, taken away."""

import re
from typing import Final

from flask import Blueprint, Response, make_response, request

from collab.core.errors import NotFound, Problem
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import back, show

from . import commands, queries, serving
from .reading import words_of
from .receiving import accepts, arrived, store
from .shown import line

pages = Blueprint("files", "collab.files", template_folder="templates")

pages.app_template_global("files_accepted")(accepts)

ORIGIN: Final = re.compile(r"/[a-z-]{1,40}/[A-Za-z0-9-]{1,60}")
"""An address of the house that a paper may lead back to."""
GONE = N_("The file is gone.")


@door(pages, "GET /files/<id:file_id>")
def download(file_id: int) -> Response:
    """A file as it was given, to be saved."""
    return serving.sent(store(), queries.find_file(actor(), file_id))


@door(pages, "GET /files/<id:file_id>/content")
def content(file_id: int) -> Response:
    """A file, shown by the browser when it is a harmless picture."""
    return serving.sent(store(), queries.find_file(actor(), file_id), shown=True)


@door(pages, "GET /files/<id:file_id>/previews/<id:number>")
def preview(file_id: int, number: int) -> Response:
    """A picture of a file, or of one of its pages."""
    file = queries.find_file(actor(), file_id)
    picture = next((each for each in queries.pictures_of(actor(), file) if each.number == number), None)
    if picture is None:
        raise NotFound
    return serving.sent_picture(store(), file, picture)


@door(pages, "GET /files/<id:file_id>/versions")
def versions(file_id: int) -> Response:
    """Everything known of a file: its pictures or first words and all its versions, the newest first."""
    who = actor()
    file = queries.find_file(who, file_id)
    words, all_words = words_of(store(), file)
    return show(
        "files/versions.html",
        fragment="files/_beside.html",
        file=line(who, file),
        pictures=queries.pictures_of(who, file),
        words=words,
        all_words=all_words,
        versions=[line(who, each) for each in queries.versions_of(who, file)],
    )


@door(pages, "DELETE /files/<id:file_id>")
def remove(file_id: int) -> Response:
    """Take a file away. The history keeps a line; the bytes go when nothing else needs them."""
    queries.find_file(actor(), file_id)
    commands.remove(actor(), file_id)
    if is_part():
        return make_response("", 204, {"HX-Trigger": '{"files-changed": true}'})
    return back("/", _(GONE))


@door(pages, "GET /papers/<id:paper_id>")
def paper(paper_id: int) -> Response:
    """A paper one asked for: being made, or there to be saved. `back`: the page that it was asked for on."""
    found, origin = queries.find_paper(actor(), paper_id), request.args.get("back", "")
    origin = origin if ORIGIN.fullmatch(origin) else ""
    return show("files/paper.html", fragment="files/_paper.html", paper=found, origin=origin)


@door(pages, "POST /files", receives=True)
def lay_by() -> Response:
    """Send a file that will hang on a message not sent yet."""
    try:
        sent = [commands.lay_by(actor(), store(), each.taken, each.nonce) for each in arrived(queries.has_room)]
    except Problem as problem:
        return refused(problem)
    return make_response({"files": sent}, 201)


def refused(problem: Problem) -> Response:
    """Why a file was not taken, as plain words for the page that sends them one by one."""
    reasons = [text for found in problem.fields.values() for text in found] or [problem.sentence()]
    return make_response(" ".join(reasons), problem.status, {"Content-Type": "text/plain; charset=utf-8"})


def is_part() -> bool:
    """Whether an open page sends or asks for a part of itself."""
    return request.headers.get("HX-Request-Type") == "partial"
