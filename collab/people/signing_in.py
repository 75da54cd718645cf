"""Proving who one is: by password, by a mailed code. Every door counts attempts and tells strangers nothing.

A wrong password, an unknown address and a closed account are one answer after one length of time.
"""

import time
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.errors import Invalid
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from .commands.doors import change_password, open_session, send_reset, use_code
from .forms.doors import ChangePasswordForm, NewPasswordForm, SignInForm
from .models import EmailCode, Party, Person
from .passwords import fault, hashed, is_password
from .secrets import LONGEST, digest, new_secret
from .throttling import attempt

WRONG: Final = N_("Mail address or password is not right.")
DIFFERENT: Final = N_("The two passwords are not the same.")
RESET_TAKES: Final = 0.25  # seconds: longer than writing a letter, so that the time tells nothing


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody signs in from, and the secret of the session that browser had before."""

    address: str
    agent: str
    former: str | None = None


def sign_in(form: SignInForm, browser: Browser) -> str:
    """The secret of a new session. Raises Invalid, TooMany, Busy."""
    email = form.email.strip().lower()
    attempt("sign-in", account=email, address=browser.address)
    found = db.session.execute(
        select(Person.id, Person.password_hash).where(Person.email == email, Person.active)
    ).one_or_none()
    right = is_password(found.password_hash if found else None, form.password)
    if found is None or not right:
        raise Invalid(fields={"": [_(WRONG)]})
    return _open(found.id, browser)


def ask_for_reset(email: str, address: str, site: str) -> None:
    """Send a link for a new password if there is such an account; nobody can tell from outside. Raises TooMany."""
    begun = time.monotonic()
    attempt("reset", account=email, address=address)
    person_id = db.session.scalar(select(Person.id).where(Person.email == email, Person.active))
    if person_id is not None:
        send_reset(SYSTEM, person_id, site)
    time.sleep(max(0.0, RESET_TAKES - (time.monotonic() - begun)))


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a mailed code belongs to."""

    name: str
    email: str


def look_at_code(purpose: str, code: str, address: str) -> Invited | None:
    """Whose code this is, if it still holds. Codes that do not are counted. Raises TooMany."""
    from collab.core import clock

    found = None
    if len(code) <= LONGEST:
        found = db.session.execute(
            select(Party.label, Person.email)
            .join(Person, Person.id == Party.id)
            .join(EmailCode, EmailCode.person_id == Person.id)
            .where(EmailCode.secret_hash == digest(code), EmailCode.purpose == purpose, Person.active)
            .where(EmailCode.used_at.is_(None), EmailCode.expires_at > clock.now())
        ).one_or_none()
    if found is None:
        attempt("code", address=address)
        return None
    return Invited(found.label, found.email)


def choose_password(purpose: str, code: str, form: NewPasswordForm, browser: Browser, site: str) -> str | None:
    """Set a password with a mailed code and sign in: the secret of the new session. None when the code does not hold.

    Raises Invalid with reasons at the fields, TooMany, Busy.
    """
    invited = look_at_code(purpose, code, browser.address)
    if invited is None:
        return None
    _refuse_bad(form, invited.email)
    person_id = use_code(SYSTEM, purpose, digest(code), hashed(form.password), site)
    return _open(person_id, browser)


def change_own_password(actor: Actor, form: ChangePasswordForm, site: str) -> None:
    """Another password in place of the present one. Raises Invalid, TooMany, Busy."""
    attempt("password", account=actor.email)
    kept = db.session.scalar(select(Person.password_hash).where(Person.id == actor.person_id))
    if not is_password(kept, form.current):
        raise wrong("current", _(N_("This is not your present password.")))
    _refuse_bad(form, actor.email)
    change_password(actor, actor.person_id, hashed(form.password), site)


def _refuse_bad(form: NewPasswordForm, email: str) -> None:
    reason = fault(form.password, email)
    if reason:
        raise wrong("password", reason)
    if form.password != form.again:
        raise wrong("again", _(DIFFERENT))


def _open(person_id: int, browser: Browser) -> str:
    secret = new_secret()
    former = digest(browser.former) if browser.former else None
    if open_session(SYSTEM, person_id, digest(secret), browser.address, browser.agent, former) is None:
        raise Invalid(fields={"": [_(WRONG)]})
    return secret
