"""Proving who one is: by password, by a mailed code. Every door counts attempts and tells strangers nothing.

A wrong password, an unknown address and a closed account are one answer after one length of time.
"""

import time
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import and_, select

from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.errors import Invalid
from collab.core.i18n import N_, _, in_language

from . import known_browsers
from .commands.doors import change_password, open_session, renew_hash, send_reset, use_code
from .forms.doors import ChangePasswordForm, NewPasswordForm, SignInForm
from .models import EmailCode, Party, Person
from .passwords import fault, hashed, is_old, is_password
from .secrets import LONGEST, digest, new_secret
from .throttling import Key, attempt, from_stranger

WRONG: Final = N_("Mail address or password is not right.")
DIFFERENT: Final = N_("The two passwords are not the same.")
RESET_TAKES: Final = 0.25  # seconds: longer than writing a letter, so that the time tells nothing

PERSON: Final = and_(Person.active, Person.kind == "person")
"""A program has no password and is sent none."""


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody signs in from: the secret of the session that browser had before, and whose accounts it knows."""

    address: str
    agent: str
    former: str | None = None
    known: str | None = None


class Opened(NamedTuple):
    """A door that opened: the secret of the new session, and the cookie by which this browser is known from now on."""

    secret: str
    known: str


def sign_in(form: SignInForm, browser: Browser) -> Opened:
    """A new session. Raises Invalid, TooMany, Busy."""
    email = form.email.strip().lower()
    found = db.session.execute(
        select(Person.id, Person.password_hash, Person.password_version).where(Person.email == email, PERSON)
    ).one_or_none()
    number = known_browsers.number_of(browser.known, found.id, found.password_version) if found else None
    counted = [_known(found.id, number)] if found and number else from_stranger(email, browser.address)
    attempt("sign-in", counted)
    right = is_password(found.password_hash if found else None, form.password)
    if found is None or not right:
        raise Invalid(fields={"": [_(WRONG)]})
    if is_old(found.password_hash):
        renew_hash(SYSTEM, found.id, found.password_hash, hashed(form.password))
    return _open(found.id, found.password_version, browser, counted)


def ask_for_reset(email: str, browser: Browser, site: str) -> None:
    """Send a link for a new password if there is such an account; nobody can tell from outside. Raises TooMany.

    A browser that the account knows may ask when strangers used up what they have.
    """
    begun = time.monotonic()
    found = db.session.execute(
        select(Person.id, Person.password_version).where(Person.email == email, PERSON)
    ).one_or_none()
    number = known_browsers.number_of(browser.known, found.id, found.password_version) if found else None
    stranger = [("account", email), ("address", browser.address)]
    attempt("reset", [_known(found.id, number)] if found and number else stranger)
    if found is not None:
        send_reset(SYSTEM, found.id, site)
    time.sleep(max(0.0, RESET_TAKES - (time.monotonic() - begun)))


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a mailed code belongs to, and their language."""

    label: str
    names: dict[str, str]
    email: str
    locale: str

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return in_language(self.names, self.label)


def look_at_code(purpose: str, code: str, address: str) -> Invited | None:
    """Whose code this is, if it still holds. Codes that do not are counted. Raises TooMany."""
    from collab.core import clock

    found = None
    if len(code) <= LONGEST:
        found = db.session.execute(
            select(Party.label, Party.names, Person.email, Person.locale)
            .join(Person, Person.id == Party.id)
            .join(EmailCode, EmailCode.person_id == Person.id)
            .where(EmailCode.secret_hash == digest(code), EmailCode.purpose == purpose, Person.active)
            .where(EmailCode.used_at.is_(None), EmailCode.expires_at > clock.now())
        ).one_or_none()
    if found is None:
        attempt("code", [("address", address)])
        return None
    return Invited(found.label, found.names, found.email, found.locale)


def choose_password(purpose: str, code: str, form: NewPasswordForm, browser: Browser, site: str) -> Opened | None:
    """Set a password with a mailed code and sign in: the new session. None when the code does not hold.

    Raises Invalid with reasons at the fields, TooMany, Busy.
    """
    invited = look_at_code(purpose, code, browser.address)
    if invited is None:
        return None
    faults = _faults(form, invited.email)
    if faults:
        raise Invalid(fields=faults)
    person_id, version = use_code(SYSTEM, purpose, digest(code), hashed(form.password), site)
    return _open(person_id, version, browser, from_stranger(invited.email, browser.address))


def change_own_password(actor: Actor, form: ChangePasswordForm, known: str | None, site: str) -> str:
    """Another password in place of the present one. Gives the cookie by which this browser stays known.

    Raises Invalid with a reason at every field that has one, TooMany, Busy.
    """
    attempt("password", [("account", actor.email)])
    kept = db.session.scalar(select(Person.password_hash).where(Person.id == actor.person_id))
    faults = _faults(form, actor.email)
    if not is_password(kept, form.current):
        faults["current"] = [_(N_("This is not your present password."))]
    elif form.password == form.current:
        faults["password"] = [_(N_("This is your present password. Choose another one."))]
    if faults:
        raise Invalid(fields=faults)
    version = change_password(actor, actor.person_id, hashed(form.password), form.tokens, site)
    return known_browsers.with_account(known, actor.person_id, version)


def _faults(form: NewPasswordForm, email: str) -> dict[str, list[str]]:
    """What is wrong with a new password, by field."""
    reason = fault(form.password, email)
    faults = {"password": [reason]} if reason else {}
    if form.password != form.again:
        faults["again"] = [_(DIFFERENT)]
    return faults


def _known(person_id: int, number: str) -> Key:
    return "known", f"{person_id} {number}"


def _open(person_id: int, version: int, browser: Browser, counted: list[Key]) -> Opened:
    secret = new_secret()
    former = digest(browser.former) if browser.former else None
    kept = digest(secret)
    if not open_session(SYSTEM, person_id, version, kept, browser.address, browser.agent, former, counted):
        raise Invalid(fields={"": [_(WRONG)]})
    return Opened(secret, known_browsers.with_account(browser.known, person_id, version))
