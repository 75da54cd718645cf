"""Codes sent by mail: for an invitation or a new password. Only the hash is kept; each is used once, in its time."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from collab.core import clock
from collab.core.i18n import in_language, speaking

from .. import letters, mailing
from ..models import EmailCode, Organisation, Party, Person
from ..secrets import digest, new_secret

HOLDS: Final = {"invitation": timedelta(days=7), "reset": timedelta(hours=1)}


def send_code(session: Session, person_id: int, purpose: str, site: str) -> str:
    """Write a letter with a link to `site` for one person; earlier links for the same purpose end. Returns the code."""
    now, code = clock.now(), new_secret()
    mine = (EmailCode.person_id == person_id) & (EmailCode.purpose == purpose) & EmailCode.used_at.is_(None)
    session.execute(update(EmailCode).where(mine).values(used_at=now))
    code_id = session.scalars(insert(EmailCode).returning(EmailCode.id), [_row(person_id, purpose, code)]).one()
    reader = reader_of(session, person_id)
    if purpose == "invitation":
        session.execute(update(Person).where(Person.id == person_id).values(invited_at=now))
        letter = _invitation(reader, site, code)
    else:
        letter = letters.reset(reader.locale, reader.name, reader.organisation, f"{site}/password-reset/{code}")
    mailing.write_mail(session, f"{purpose}:{code_id}", reader.email, letter.subject, letter.body, code=code_id)
    mailing.forget_links(session)
    return code


def send_first_invitations(session: Session, people: Sequence[int], site: str) -> None:
    """The letters to many who were never sent one, in as many statements as one letter takes."""
    secrets = {person: new_secret() for person in people}
    rows = [_row(person, "invitation", code) for person, code in secrets.items()]
    made = dict(session.execute(insert(EmailCode).returning(EmailCode.person_id, EmailCode.id), rows).all())
    session.execute(update(Person).where(Person.id.in_(people)).values(invited_at=clock.now()))
    written = []
    for reader in readers_of(session, people):
        letter, code_id = _invitation(reader, site, secrets[reader.id]), made[reader.id]
        written.append(
            mailing.letter_row(f"invitation:{code_id}", reader.email, letter.subject, letter.body, code=code_id)
        )
    mailing.write_mails(session, written)


def _row(person_id: int, purpose: str, code: str) -> dict[str, Any]:
    now = clock.now()
    return {
        "person_id": person_id,
        "purpose": purpose,
        "secret_hash": digest(code),
        "created_at": now,
        "expires_at": now + HOLDS[purpose],
    }


def _invitation(reader: "Reader", site: str, code: str) -> letters.Letter:
    days = HOLDS["invitation"].days
    return letters.invitation(reader.locale, reader.name, reader.organisation, f"{site}/invitations/{code}", days)


def tell_password_changed(session: Session, person_id: int, site: str) -> None:
    """A letter that the password is another one now."""
    reader = reader_of(session, person_id)
    letter = letters.changed(reader.locale, reader.name, reader.organisation, f"{site}/password-reset")
    effect = f"password-changed:{person_id}:{clock.now().isoformat()}"
    mailing.write_mail(session, effect, reader.email, letter.subject, letter.body)


def tell_address_changed(session: Session, person_id: int) -> None:
    """A letter to the address that somebody has now, and will have no more."""
    reader = reader_of(session, person_id)
    letter = letters.moved(reader.locale, reader.name, reader.organisation)
    effect = f"address-changed:{person_id}:{clock.now().isoformat()}"
    mailing.write_mail(session, effect, reader.email, letter.subject, letter.body)


class Reader:
    """Whoever gets a letter: address, language, and the names in that language."""

    def __init__(self, row: Any) -> None:
        self.id: int = row.id
        self.email: str = row.email
        self.locale: str = row.locale
        with speaking(row.locale):
            self.name = in_language(row.names, row.label)
            self.organisation = in_language(row.house_names, row.house)


def reader_of(session: Session, person_id: int) -> Reader:
    """The reader of letters to a person."""
    return readers_of(session, [person_id])[0]


def readers_of(session: Session, people: Sequence[int]) -> list[Reader]:
    """The readers of letters to people, in no order; one query."""
    query = (
        select(
            Person.id, Person.email, Person.locale, Party.label, Party.names, Organisation.name.label("house"),
            Organisation.names.label("house_names"),
        )
        .join(Party, Party.id == Person.id)
        .join(Organisation, Organisation.id == 1)
        .where(Person.id.in_(people))
    )  # fmt: skip
    return [Reader(row) for row in session.execute(query)]
