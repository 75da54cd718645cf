"""Codes sent by mail: for an invitation or a new password. Only the hash is kept; each is used once, in its time."""

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
    row = {
        "person_id": person_id,
        "purpose": purpose,
        "secret_hash": digest(code),
        "created_at": now,
        "expires_at": now + HOLDS[purpose],
    }
    code_id = session.scalars(insert(EmailCode).returning(EmailCode.id), [row]).one()
    if purpose == "invitation":
        session.execute(update(Person).where(Person.id == person_id).values(invited_at=now))
    reader = reader_of(session, person_id)
    if purpose == "invitation":
        link = f"{site}/invitations/{code}"
        letter = letters.invitation(reader.locale, reader.name, reader.organisation, link, HOLDS[purpose].days)
    else:
        letter = letters.reset(reader.locale, reader.name, reader.organisation, f"{site}/password-reset/{code}")
    mailing.write_mail(session, f"{purpose}:{code_id}", reader.email, letter.subject, letter.body, code=code_id)
    mailing.forget_links(session)
    return code


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
        self.email: str = row.email
        self.locale: str = row.locale
        with speaking(row.locale):
            self.name = in_language(row.names, row.label)
            self.organisation = in_language(row.house_names, row.house)


def reader_of(session: Session, person_id: int) -> Reader:
    """The reader of letters to a person."""
    query = (
        select(
            Person.email, Person.locale, Party.label, Party.names, Organisation.name.label("house"),
            Organisation.names.label("house_names"),
        )
        .join(Party, Party.id == Person.id)
        .join(Organisation, Organisation.id == 1)
        .where(Person.id == person_id)
    )  # fmt: skip
    return Reader(session.execute(query).one())
