"""Who may see and do what with people, units and doors. Truth tables of it: tests/people/test_policy.py."""

from typing import Any

from sqlalchemy import ColumnElement, false, or_, true

from collab.core.actor import Actor
from collab.core.envelope import Reach

from .models import (
    Absence,
    AccessToken,
    Bot,
    Calendar,
    Membership,
    Organisation,
    Outsider,
    Person,
    Post,
    SignInSession,
    Unit,
)


def everyone_sees(_actor: Actor) -> ColumnElement[bool]:
    """The directory is open to all who have signed in: who works here, where, in which post."""
    return true()


def finds_outsider(actor: Actor) -> ColumnElement[bool]:
    """Outsiders are everybody's, but for those who were only ever named where named people look: whoever typed them."""
    if actor.is_system:
        return true()
    return or_(Outsider.private_to.is_(None), Outsider.private_to == actor.person_id)


def finds_by(actor: Actor, private_to: int | None) -> bool:
    """The same of one outsider whose row was read already."""
    return actor.is_system or private_to in (None, actor.person_id)


def sees_bots(actor: Actor) -> ColumnElement[bool]:
    """How programs come in is the business of administrators; that somebody is a program, everybody sees."""
    return true() if may_administer(actor) else false()


def own_sessions(actor: Actor) -> ColumnElement[bool]:
    return SignInSession.person_id == actor.person_id


def own_tokens(actor: Actor) -> ColumnElement[bool]:
    return AccessToken.person_id == actor.person_id


units = Reach(Unit, everyone_sees)
posts = Reach(Post, everyone_sees)
people = Reach(Person, everyone_sees)
bots = Reach(Bot, sees_bots)
memberships = Reach(Membership, everyone_sees)
absences = Reach(Absence, everyone_sees)
outsiders = Reach(Outsider, finds_outsider)
calendars = Reach(Calendar, everyone_sees)
organisations = Reach(Organisation, everyone_sees)
sessions = Reach(SignInSession, own_sessions)
tokens = Reach(AccessToken, own_tokens)


def may_administer(actor: Actor, _thing: object = None) -> bool:
    """People, units, posts, calendars, roles: administrators, and Collab itself. A head may not."""
    return actor.is_administrator or actor.is_system


def may_change_profile(actor: Actor, person: Any) -> bool:
    """How Collab speaks to somebody is theirs alone to say."""
    return bool(actor.person_id == person.id)


def may_record_absence(actor: Actor, person: Any) -> bool:
    """One's own absence, that of people in units one heads (the command looks where they are); administrators. Auditors
    only read: their own alone."""
    return actor.person_id == person.id or _speaks_for_others(actor)


def may_cancel_absence(actor: Actor, absence: Any) -> bool:
    """As for recording it; the command looks where the absent one belongs."""
    return actor.person_id == absence.person_id or _speaks_for_others(actor)


def _speaks_for_others(actor: Actor) -> bool:
    return not actor.is_auditor and (bool(actor.own_headed) or may_administer(actor))


def may_add_outsider(actor: Actor, _thing: object = None) -> bool:
    """Whoever writes to offices and citizens may put them on the list; auditors only read."""
    return not actor.is_auditor


def may_change_outsider(actor: Actor, outsider: Any) -> bool:
    return may_add_outsider(actor, outsider)


def may_read_figures(actor: Actor, unit_id: int) -> bool:
    """The report of a unit's work: those who belong to it, those who head it or a unit above, and auditors."""
    return actor.is_system or actor.is_auditor or unit_id in actor.reach


def is_own(actor: Actor, thing: Any) -> bool:
    """Sessions and tokens: each person's own."""
    return bool(thing.person_id == actor.person_id)
