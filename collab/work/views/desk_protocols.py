"""The protocol of a desk handed over, which both sign and which prints on A4."""

from typing import Any, Final

from flask import Response

from collab.core.actor import Actor
from collab.core.errors import Conflict, Invalid
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import go, show

from .. import commands
from ..desk_contents import TITLES
from ..policy import may_sign_desk
from ..queries import desk as desks
from ..queries.parties import names_of
from . import pages
from .desk_paper import protocol_sheet
from .marks import Words

OUTCOMES: Final = {
    "moved": N_("passed on"),
    "along": N_("goes along"),
    "withdrawn": N_("taken back"),
    "left": N_("stays as it is"),
}
PAPER_NAME: Final = N_("Desk handover")
ENTERED: Final = N_("They belong to the new unit from that day on.")
SIGNED, CLOSED = N_("Signed."), N_("The account is closed.")


@door(pages, "GET /desk-handovers/<id:desk_handover_id>")
def desk_handover(desk_handover_id: int) -> Response:
    """The protocol of a desk handed over, for signing and for paper."""
    who = actor()
    return _protocol(who, desks.find_protocol(who, desk_handover_id))


def _protocol(who: Actor, one: desks.Protocol) -> Response:
    words = Words(who)
    lines = desks.lines_of_protocol(who, one)
    names = names_of(
        who,
        {one.person_id, one.unit_id, one.into_id, one.carried_by, one.head_signed_by} | {line.to_id for line in lines},
    )
    outcomes = {code: _(word) for code, word in OUTCOMES.items()}
    parts = {code: _(word) for code, word in TITLES.items()}
    head = who.person_id != one.person_id and one.unit_id in who.headed and not who.is_auditor
    return show(
        "work/desk_handover.html",
        one=one,
        person=names.one(one.person_id).name,
        unit=names.one(one.unit_id),
        into=names.one(one.into_id).name if one.into_id else "",
        carried_by=names.one(one.carried_by).name,
        carried=words.when(one.carried_at),
        last_day=words.day(one.last_day),
        watched=words.number(one.watched),
        number=words.number(desks.count_lines(who, one)),
        lines=[
            (
                words.number(place),
                parts[line.part],
                line,
                names.one(line.to_id).name if line.to_id else outcomes[line.outcome],
            )
            for place, line in enumerate(lines, 1)
        ],
        readable=desks.may_read_lines(who, one),
        person_signed=words.when(one.person_signed_at) if one.person_signed_at else None,
        head_signed=words.when(one.head_signed_at) if one.head_signed_at else None,
        head_name=names.one(one.head_signed_by).name if one.head_signed_by else "",
        may_sign=(who.person_id == one.person_id and one.person_signed_at is None and not who.is_auditor)
        or (head and one.head_signed_at is None),
        may_close=who.is_administrator and one.kind == "leaving" and one.closed_at is None,
        may_enter=who.is_administrator and one.kind == "transfer" and one.entered_at is None,
        starts=words.day(one.starts_on),
        closed=words.when(one.closed_at) if one.closed_at else None,
        whole=is_signed(one),
        may_print=may_sign_desk(who, one),  # type: ignore[arg-type]
    )


@door(pages, "POST /desk-handovers/<id:desk_handover_id>/signature")
def sign_desk(desk_handover_id: int) -> Response:
    """Sign a protocol, each for themselves."""
    commands.sign_desk(actor(), desk_handover_id)
    return go(f"/desk-handovers/{desk_handover_id}", _(SIGNED))


@door(pages, "POST /desk-handovers/<id:desk_handover_id>/closing")
def close_desk(desk_handover_id: int) -> Response:
    """After the last day: end the memberships and close the account; or put who goes elsewhere into the new unit."""
    who, address = actor(), f"/desk-handovers/{desk_handover_id}"
    try:
        commands.close_desk(who, desk_handover_id)
    except (Conflict, Invalid) as refusal:
        said = [each for found in refusal.fields.values() for each in found]
        return go(address, " ".join(said) or refusal.sentence())
    return go(address, _(CLOSED) if desks.find_protocol(who, desk_handover_id).closed_at else _(ENTERED))


@door(pages, "POST /desk-handovers/<id:desk_handover_id>/papers")
def print_desk(desk_handover_id: int) -> Response:
    """Ask for the PDF of a protocol: as the reader may see it, and theirs alone."""
    who = actor()
    paper = commands.print_desk(who, desk_handover_id, sheet_of_desk(who, desk_handover_id), _(PAPER_NAME))
    return go(f"/papers/{paper}")


def sheet_of_desk(who: Actor, desk_handover_id: int) -> dict[str, Any]:
    """What stands on the paper of a protocol. Raises NotFound."""
    parts = {code: _(word) for code, word in TITLES.items()}
    outcomes = {code: _(word) for code, word in OUTCOMES.items()}
    return protocol_sheet(who, desks.find_protocol(who, desk_handover_id), parts, outcomes)


def is_signed(one: desks.Protocol) -> bool:
    """Whether both have signed; of somebody who is gone the head's signature is enough."""
    return one.head_signed_at is not None and (one.gone or one.person_signed_at is not None)
