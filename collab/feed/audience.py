"""Who stands behind a party: the people that a fact about it concerns."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import and_, select, union_all
from sqlalchemy.orm import Session

from collab.people.models import Absence, Membership, Person, Post
from collab.people.standing import valid_on
from collab.work.audience import today

HEADING = ("head", "deputy", "acting")


def people_behind(session: Session, parties: Iterable[int], *, whole_units: bool = False) -> dict[int, set[int]]:
    """Party id → the active people who answer to it today.

    A person is themselves, a post whoever holds it (a head's post: whoever heads the unit), a unit those who head it
    or, with `whole_units`, everybody in it. Outsiders have nobody. Two queries.
    """
    ids = sorted(set(parties))
    if not ids:
        return {}
    day = today(session)
    found: dict[int, set[int]] = {}
    parts = (_persons(ids), _holders(ids, day), _heads_of_posts(ids, day), _members(ids, day, whole_units))
    for party_id, person_id in session.execute(union_all(*parts)):
        found.setdefault(party_id, set()).add(person_id)
    return found


def standing_in(session: Session, people: Iterable[int]) -> dict[int, int]:
    """Who stands in today for which of these people, where the absence has a substitute who is not among them."""
    known = set(people)
    day = today(session)
    away = (
        select(Absence.substitute_id, Absence.person_id)
        .join(Person, and_(Person.id == Absence.substitute_id, Person.active))
        .where(Absence.person_id.in_(known), Absence.cancelled_at.is_(None))
        .where(Absence.first_day <= day, Absence.last_day >= day)
        .order_by(Absence.id)
    )
    return {
        substitute: absent for substitute, absent in session.execute(away) if substitute and substitute not in known
    }


def _persons(ids: list[int]) -> Any:
    return select(Person.id.label("party"), Person.id.label("person")).where(Person.id.in_(ids), Person.active)


def _active(day: date) -> Any:
    """Memberships in force, of active people."""
    return and_(Person.id == Membership.person_id, Person.active, valid_on(Membership, day))


def _holders(ids: list[int], day: date) -> Any:
    held = select(Membership.post_id, Membership.person_id).where(Membership.post_id.in_(ids))
    return held.join(Person, _active(day))


def _heads_of_posts(ids: list[int], day: date) -> Any:
    return (
        select(Post.id, Membership.person_id)
        .join(Membership, and_(Membership.unit_id == Post.unit_id, Membership.kind.in_(HEADING)))
        .join(Person, _active(day))
        .where(Post.id.in_(ids), Post.kind == "head")
    )


def _members(ids: list[int], day: date, whole: bool) -> Any:
    members = (
        select(Membership.unit_id, Membership.person_id).join(Person, _active(day)).where(Membership.unit_id.in_(ids))
    )
    return members if whole else members.where(Membership.kind.in_(HEADING))
