"""What My day says of desks that were handed over: that the protocol is still to be signed."""

from dataclasses import dataclass
from typing import Final

from collab.core.actor import Actor
from collab.core.i18n import N_, _, in_language

from .queries.desks import Unsigned

MINE: Final = N_("Your desk was handed over. Read what went to whom, and sign the protocol.")
THEIRS: Final = N_("The desk of %(name)s was handed over. Sign the protocol for the unit.")


@dataclass(frozen=True, slots=True)
class DeskSigning:
    """A protocol to be signed, in words."""

    href: str
    said: str


def desk_lines(actor: Actor, found: list[Unsigned]) -> list[DeskSigning]:
    """The protocols that wait for the reader's signature."""
    return [
        DeskSigning(
            f"/desk-handovers/{one.id}",
            _(MINE) if one.person_id == actor.person_id else _(THEIRS, name=in_language(one.names, one.label)),
        )
        for one in found
    ]
