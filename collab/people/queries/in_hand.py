"""What somebody has in hand for the whole organisation: the roles of their account."""

from typing import Final

from collab.core.actor import Actor
from collab.core.i18n import N_, _
from collab.core.in_hand import InHand, Thing, listed

from ..words import ROLES
from .person import find_person

RIGHTS: Final = N_("Roles in the whole organisation")
NOTE: Final = N_("They end with the account. An administrator gives them to somebody else.")


def in_hand(actor: Actor, person_id: int) -> list[InHand]:
    """One sort, in one query."""
    href = f"/administration/people/{person_id}" if actor.is_administrator else ""
    roles = find_person(actor, person_id).roles
    return listed(_(RIGHTS), _(NOTE), [Thing(href, _(word)) for role, word in ROLES.items() if role in roles])
