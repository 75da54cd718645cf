"""People, their memberships and absences, and whose rights change with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from collab.core import clock

from .. import mailing
from ..models import Absence, AccessToken, EmailCode, Membership, Person, Post, SignInSession, Unit
from .parties import Naming, add_parties


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be given an account. Without a password hash they sign in once they used their invitation."""

    email: str
    naming: Naming
    locale: str
    time_zone: str
    calendar: str = "gregorian"
    roles: tuple[str, ...] = ()
    title: str | None = None
    phone: str | None = None
    password_hash: str | None = None
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class NewMembership:
    """A belonging to be made. `kind`: head, deputy, acting or member; `valid_to` is the first day without."""

    person_id: int
    unit_id: int
    kind: str
    valid_from: date
    valid_to: date | None = None
    post_id: int | None = None
    main: bool = False


def add_people(session: Session, people: Sequence[NewPerson]) -> list[int]:
    """New people, in the order given. A mail address already known breaks the write."""
    if not people:
        return []
    ids = add_parties(session, "person", [person.naming for person in people])
    rows = [
        {
            "id": id_,
            "email": person.email.lower(),
            "kind": person.kind,
            "password_hash": person.password_hash,
            "locale": person.locale,
            "calendar": person.calendar,
            "time_zone": person.time_zone,
            "title": person.title,
            "phone": person.phone,
            "roles": list(person.roles),
        }
        for id_, person in zip(ids, people, strict=True)
    ]
    session.execute(insert(Person), rows)
    return ids


def add_memberships(session: Session, memberships: Sequence[NewMembership]) -> list[int]:
    """New memberships, in the order given. Whoever is head of a unit holds its head's post."""
    if not memberships:
        return []
    heads = {one.unit_id for one in memberships if one.kind == "head" and one.post_id is None}
    of_units = select(Post.unit_id, Post.id).where(Post.unit_id.in_(heads), Post.kind == "head")
    posts: dict[int, int] = {row.unit_id: row.id for row in session.execute(of_units)} if heads else {}
    rows = [
        {
            "person_id": one.person_id,
            "unit_id": one.unit_id,
            "post_id": one.post_id or (posts.get(one.unit_id) if one.kind == "head" else None),
            "kind": one.kind,
            "main": one.main,
            "valid_from": one.valid_from,
            "valid_to": one.valid_to,
        }
        for one in memberships
    ]
    ids = list(session.scalars(insert(Membership).returning(Membership.id, sort_by_parameter_order=True), rows))
    touch_people(session, {one.person_id for one in memberships})
    return ids


def staying(session: Session, unit_id: int, on: date) -> list[int]:
    """The people who belong to a unit on `on` or later."""
    still = or_(Membership.valid_to.is_(None), Membership.valid_to > on)
    return list(session.scalars(select(Membership.person_id).where(Membership.unit_id == unit_id, still)))


def go_along(session: Session, unit_id: int, into_id: int, on: date) -> None:
    """The people of a unit that ends on `on` go on in another one, unless they belong there already."""
    there = select(Membership.person_id).where(Membership.unit_id == into_id, Membership.valid_to.is_(None))
    going = session.execute(
        select(Membership.person_id, Membership.main, Membership.valid_from, Membership.valid_to)
        .ext(distinct_on(Membership.person_id))
        .where(Membership.unit_id == unit_id, or_(Membership.valid_to.is_(None), Membership.valid_to > on))
        .where(Membership.person_id.not_in(there))
        .order_by(Membership.person_id, Membership.main.desc())
    )
    new = [
        NewMembership(row.person_id, into_id, "member", max(on, row.valid_from), row.valid_to, main=row.main)
        for row in going
    ]
    add_memberships(session, new)


def touch_people(session: Session, people: Iterable[int]) -> None:
    """Their rights may have changed, and with them those of whoever stands in for them."""
    touched = sorted(set(people))
    if not touched:
        return
    since = clock.now().date() - timedelta(days=2)  # whatever the time zone
    stand_in = select(Absence.substitute_id).where(
        Absence.person_id.in_(touched), Absence.cancelled_at.is_(None), Absence.last_day >= since
    )
    mine = or_(Person.id.in_(touched), Person.id.in_(stand_in))
    session.execute(update(Person).where(mine).values(access_version=Person.access_version + 1))


def make_main(session: Session, person_id: int, membership_id: int) -> None:
    """One membership is the main one; the others are not."""
    session.execute(
        update(Membership).where(Membership.person_id == person_id).values(main=Membership.id == membership_id)
    )


def close_doors(session: Session, person_id: int, at: datetime, *, but_session: int | None = None) -> None:
    """End every session (but one) and unused code of a person, at once. Their tokens are ended by `revoke_tokens`."""
    mine = (SignInSession.person_id == person_id) & SignInSession.ended_at.is_(None)
    if but_session is not None:
        mine &= SignInSession.id != but_session
    session.execute(update(SignInSession).where(mine).values(ended_at=at))
    end_codes(session, person_id, at)


def end_codes(session: Session, person_id: int, at: datetime) -> None:
    """What was sent to a person by mail, an invitation or a new password, opens nothing any more."""
    codes = (EmailCode.person_id == person_id) & EmailCode.used_at.is_(None)
    session.execute(update(EmailCode).where(codes).values(used_at=at))
    mailing.forget_links(session)


def deactivate_bot(session: Session, bot_id: int, at: datetime) -> None:
    """A program speaks no more. What it said stays."""
    session.execute(
        update(Person)
        .where(Person.id == bot_id, Person.kind == "bot")
        .values(active=False, deactivated_at=at, access_version=Person.access_version + 1)
    )


def revoke_tokens(session: Session, person_id: int, at: datetime) -> None:
    """No access token of a person opens anything any more, nor do those that were made with them."""
    ended = select(AccessToken.id).where(AccessToken.person_id == person_id).cte(recursive=True)
    ended = ended.union(select(AccessToken.id).where(AccessToken.parent_id == ended.c.id))
    still = AccessToken.id.in_(select(ended.c.id)) & AccessToken.revoked_at.is_(None)
    session.execute(update(AccessToken).where(still).values(revoked_at=at))


def revoke_with_made(session: Session, token: AccessToken, at: datetime) -> list[int]:
    """An access token opens nothing any more, nor do those that were made with it. Returns whose ids end."""
    if token.revoked_at is not None:
        return []
    token.revoked_at = at
    session.flush()
    made = select(AccessToken.id).where(AccessToken.parent_id == token.id).cte(recursive=True)
    made = made.union(select(AccessToken.id).where(AccessToken.parent_id == made.c.id))
    still = AccessToken.id.in_(select(made.c.id)) & AccessToken.revoked_at.is_(None)
    ended = update(AccessToken).where(still).values(revoked_at=at).returning(AccessToken.id)
    return [token.id, *sorted(session.scalars(ended))]


def unit_ids(session: Session, codes: Iterable[str]) -> dict[str, int]:
    """Code → id of the units with these codes."""
    return {row.code: row.id for row in session.execute(select(Unit.code, Unit.id).where(Unit.code.in_(list(codes))))}


def person_ids(session: Session, emails: Iterable[str]) -> dict[str, int]:
    """Mail address → id of the people with these addresses."""
    wanted = [email.lower() for email in emails]
    found = session.execute(select(Person.email, Person.id).where(Person.email.in_(wanted)))
    return {row.email: row.id for row in found}


def administrators_left(session: Session, without: int) -> int:
    """How many active administrators there are besides one person. Locks them, so that two cannot both leave."""
    found = session.scalars(
        select(Person.id)
        .where(Person.active, Person.id != without, Person.roles.contains(["administrator"]))
        .with_for_update(key_share=True)
    ).all()
    return len(found)
