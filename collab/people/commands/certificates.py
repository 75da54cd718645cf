"""Certificates of skills, as files."""

from collections.abc import Sequence

from collab.core.actor import Actor
from collab.core.envelope import command, record
from collab.core.files import Store
from collab.files.placing import Arrived, place

from ..certificates import CERTIFIED, added
from ..models import PersonSkill
from ..skill_policy import held, may_change_held
from .skills import refuse_strangers, stamp


@command(may_change_held, on=held)
def attach_certificate(actor: Actor, one: PersonSkill, keeper: Store, arrived: Sequence[Arrived]) -> list[int]:
    """Add files that prove a skill: all of them or none; a name known there becomes its next version. What somebody
    adds to their own skill is to be confirmed anew, since it was confirmed upon another proof. Returns the ids."""
    refuse_strangers(actor, one.person_id)
    made, new = [], False
    for each in arrived:
        placed = place(actor, keeper, CERTIFIED, one.id, each.taken, each.nonce)
        if placed.new:
            record(added(one.id, placed.id, placed.name, placed.version))
        new = new or placed.new
        made.append(placed.id)
    if new:
        stamp(actor, one)
    return made
