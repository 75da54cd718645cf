"""Files that prove a skill: who reads them, who takes away what others gave, and what the ledger says of them."""

from sqlalchemy import ARRAY, BigInteger, ColumnElement, any_, bindparam, exists, select

from collab.core.actor import Actor
from collab.core.facts import Fact
from collab.core.package import Holds

from .models import Membership, PersonSkill
from .skill_events import CertificateAdded, CertificateRemoved
from .skill_policy import oversees

CERTIFIED = "person-skill"


def readable(actor: Actor, owner_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Those read a certificate who read its number and its end, as long as the skill stands."""
    return exists(
        select(PersonSkill.id).where(PersonSkill.id == owner_id, PersonSkill.withdrawn_at.is_(None), oversees(actor))
    )


def overseen(actor: Actor, owner_id: ColumnElement[int]) -> ColumnElement[bool]:
    """What others gave is taken away by whoever heads the person, and by nobody from among their own. Whether they head
    them today is what `readable` asks; this is part of a statement that is built once."""
    headed = any_(bindparam(None, sorted(actor.headed), type_=ARRAY(BigInteger), unique=True))
    return exists(
        select(PersonSkill.id)
        .join(Membership, Membership.person_id == PersonSkill.person_id)
        .where(PersonSkill.id == owner_id, Membership.unit_id == headed, PersonSkill.person_id != actor.person_id)
    )


def added(owner_id: int, file_id: int, name: str, version: int) -> Fact:
    return CertificateAdded(subject=owner_id, file=file_id, version=version, name=name)


def removed(owner_id: int, name: str, version: int) -> Fact:
    return CertificateRemoved(subject=owner_id, version=version, name=name)


certificates = Holds(CERTIFIED, readable, oversees=overseen, removed=removed, added=added)
