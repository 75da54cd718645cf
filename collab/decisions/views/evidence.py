"""The evidence beside an option, or beside the question: looked at, and sent. It is taken away over the files' door."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Response, make_response

from collab.core.actor import Actor
from collab.core.errors import Invalid, NotFound, Problem
from collab.core.i18n import N_, _
from collab.files.queries import has_room
from collab.files.receiving import arrived, store
from collab.files.shown import Files, files_shown
from collab.files.views import refused
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, go, show

from .. import commands, queries
from ..evidence import OPTION, QUESTION
from ..forms import EvidenceFor
from ..policy import may_argue
from ..queries import Found, Option
from ..shown_options import noted
from ..stages import ARGUED
from . import pages
from .answers import is_part

GIVEN = N_("The evidence is there.")


@door(pages, "GET /decisions/<ref:item>/evidence", query=EvidenceFor)
def evidence(item: str) -> Response:
    """The files beside an option, or without one beside the question."""
    return _shown(queries.find_decision(actor(), item), asked(EvidenceFor).option)


@door(pages, "POST /decisions/<ref:item>/evidence", query=EvidenceFor, receives=True)
def give_evidence(item: str) -> Response:
    """Put files beside an option, or beside the question."""
    found, form = queries.find_decision(actor(), item), asked(EvidenceFor)
    try:
        commands.give_evidence(actor(), found.id, form, store(), arrived(has_room))
    except Problem as problem:
        if is_part():
            return refused(problem)
        if not isinstance(problem, Invalid):
            raise
        reasons = [text for each in problem.fields.values() for text in each]
        return _shown(found, None if "option" in problem.fields else form.option, reasons, problem.status)
    return make_response("", 204) if is_part() else go(_address(found, form.option), _(GIVEN))


def _address(found: Found, option: int | None) -> str:
    return f"/decisions/{found.reference}/evidence" + (f"?option={option}" if option is not None else "")


def _shown(found: Found, option: int | None, reasons: list[str] | None = None, status: int = 200) -> Response:
    options = queries.options_of(found.id) if option is not None else []
    titles = {one.id: one.title for one in options}
    if option is not None and option not in titles:
        raise NotFound
    return show(
        "decisions/evidence.html",
        fragment="files/_list.html",
        status=status,
        files=_files(actor(), found, option, options, reasons),
        what=found.title if option is None else titles[option],
        reference=found.reference,
        back_href=f"/decisions/{found.reference}?tab=question",
    )


def _files(who: Actor, found: Found, option: int | None, options: Sequence[Option], reasons: list[str] | None) -> Files:
    kind, owner, address = QUESTION, found.id, _address(found, option)
    if option is not None:
        kind, owner = OPTION, option
    argued = found.stage in ARGUED and may_argue(who, found)  # type: ignore[arg-type]  # what is read has its columns
    files = files_shown(who, kind, owner, address, may_add=argued, reasons=reasons)
    lines = [replace(line, may_remove=line.may_remove and argued) for line in files.lines]
    if found.opened_at is not None:
        lines = noted(lines, queries.came_later(who, found, queries.evidence_on(who, found, options)))
    return replace(files, lines=lines, live=f"work-item:{found.id}", home=address, archive="")
