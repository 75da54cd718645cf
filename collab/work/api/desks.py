"""Desks over the API: what lies there, handing it over, signing, closing."""

from typing import Any

from flask import Blueprint

from collab.core.i18n import _
from collab.files.api import paper_json
from collab.files.queries import find_paper
from collab.web.actors import actor
from collab.web.api import endpoint

from .. import commands
from ..desk_forms import HandDesk
from ..queries import desk as desks
from ..queries.parties import names_of
from ..views.desk_protocols import PAPER_NAME, sheet_of_desk
from . import shapes


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "GET /people/<id:person_id>/desk", gives="Desk")(desk)
    endpoint(api, "POST /people/<id:person_id>/desk-handovers", takes=HandDesk, gives="DeskHandover")(hand_desk)
    endpoint(api, "GET /desk-handovers/<id:desk_handover_id>", gives="DeskHandover")(desk_handover)
    endpoint(api, "POST /desk-handovers/<id:desk_handover_id>/signature", gives="DeskHandover")(sign_desk)
    endpoint(api, "POST /desk-handovers/<id:desk_handover_id>/closing", gives="DeskHandover")(close_desk)
    endpoint(api, "POST /desk-handovers/<id:desk_handover_id>/papers", gives="Paper")(print_desk)


def desk(person_id: int) -> Any:
    """Everything on somebody's desk: for themselves and the heads of their units; administrators get counts alone."""
    found = desks.find_desk(actor(), person_id)
    return {
        "person_id": person_id,
        "counts": found.counts,
        "around": found.around._asdict(),
        "lines": [
            {
                "line": line.key,
                "part": line.part,
                "reference": line.reference if line.seen else None,
                "title": line.title if line.seen else None,
                "what": line.what if line.seen else None,
                "due_on": line.due.isoformat() if line.due else None,
                "other": shapes.party(found.names.maybe(line.other)),
                "movable": line.movable,
            }
            for line in found.lines
        ],
        "handovers": [one.id for one in found.handovers],
    }


def hand_desk(person_id: int, form: HandDesk) -> Any:
    """Hand a desk over at once. `own` names lines that go elsewhere, as `line:party`."""
    return _protocol(commands.hand_desk(actor(), person_id, form)), 201


def desk_handover(desk_handover_id: int) -> Any:
    """The protocol of a desk handed over."""
    return _protocol(desk_handover_id)


def sign_desk(desk_handover_id: int) -> Any:
    """Sign a protocol, each for themselves."""
    commands.sign_desk(actor(), desk_handover_id)
    return _protocol(desk_handover_id)


def close_desk(desk_handover_id: int) -> Any:
    """After the last day: end the memberships and close the account; or put who goes elsewhere into the new unit."""
    commands.close_desk(actor(), desk_handover_id)
    return _protocol(desk_handover_id)


def _protocol(desk_handover_id: int) -> Any:
    who = actor()
    one = desks.find_protocol(who, desk_handover_id)
    lines = desks.lines_of_protocol(who, one)
    names = names_of(who, {one.person_id, one.unit_id, one.into_id, one.head_signed_by} | {x.to_id for x in lines})
    return {
        "id": one.id,
        "person": shapes.party(names.one(one.person_id)),
        "unit": shapes.party(names.one(one.unit_id)),
        "kind": one.kind,
        "into": shapes.party(names.maybe(one.into_id)),
        "last_day": one.last_day.isoformat() if one.last_day else None,
        "gone": one.gone,
        "stopped_following": one.watched,
        "carried_at": one.carried_at.isoformat(),
        "person_signed_at": one.person_signed_at.isoformat() if one.person_signed_at else None,
        "head_signed_by": shapes.party(names.maybe(one.head_signed_by)),
        "head_signed_at": one.head_signed_at.isoformat() if one.head_signed_at else None,
        "closed_at": one.closed_at.isoformat() if one.closed_at else None,
        "starts_on": one.starts_on.isoformat() if one.starts_on else None,
        "lines": [
            {
                "part": line.part,
                "reference": line.reference or None,
                "title": line.title or None,
                "to": shapes.party(names.maybe(line.to_id)),
                "outcome": line.outcome,
            }
            for line in lines
        ],
    }


def print_desk(desk_handover_id: int) -> Any:
    """Ask for the PDF of a protocol; it is yours alone, for a day."""
    who = actor()
    sheet = sheet_of_desk(who, desk_handover_id)
    paper = commands.print_desk(who, desk_handover_id, sheet, _(PAPER_NAME))
    return paper_json(find_paper(who, paper)), 202
