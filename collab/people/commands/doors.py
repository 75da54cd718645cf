"""Sessions, tokens, passwords and mailed codes: how doors open and close."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anonymous, anyone, command, open_command, record, session
from collab.core.errors import SignInNeeded
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from ..events import CodeSent, PasswordSet, SessionEnded, SignedIn, SignedOut, TokenCreated, TokenRevoked
from ..forms.doors import TokenForm
from ..models import AccessToken, EmailCode, Person, SignInSession
from ..organisation import codes, members
from ..policy import is_own, may_change_profile, people, sessions, tokens
from ..still_open import IDLE, session_is_open
from ..throttling import Key, forget_attempts

HOLDS = timedelta(days=14)
MOST_AGENT = 300


@open_command(anonymous)
def note_use(_actor: Actor, session_id: int | None, token_id: int | None, at: datetime) -> None:
    """Note when a session or a token was last used."""
    if session_id is not None:
        mine = (SignInSession.id == session_id) & (SignInSession.seen_at < at)
        session().execute(update(SignInSession).where(mine).values(seen_at=at))
    if token_id is not None:
        session().execute(update(AccessToken).where(AccessToken.id == token_id).values(used_at=at))


@open_command(anonymous)
def open_session(
    _actor: Actor, person_id: int, version: int, secret_hash: bytes, address: str, agent: str, former: bytes | None,
    counted: list[Key],
) -> bool:  # fmt: skip
    """A new session for a person who proved who they are by the password of this version; the one their browser had
    before ends, and the attempts it was `counted` under are forgotten. False if they are closed, or if the password
    became another one since it was looked at: the version is held until the session stands, or is ended with others."""
    now = clock.now()
    kept = select(Person.password_version).where(Person.id == person_id, Person.active).with_for_update(read=True)
    if session().scalar(kept) != version:
        return False
    if former is not None:
        was = (SignInSession.secret_hash == former) & SignInSession.ended_at.is_(None)
        session().execute(update(SignInSession).where(was).values(ended_at=now))
    row = {
        "person_id": person_id,
        "secret_hash": secret_hash,
        "created_at": now,
        "seen_at": now,
        "expires_at": now + HOLDS,
        "address": address,
        "agent": agent[:MOST_AGENT],
    }
    id_ = session().scalars(insert(SignInSession).returning(SignInSession.id), [row]).one()
    forget_attempts("sign-in", counted)
    record(SignedIn(subject=person_id, person=person_id, session=id_))
    return True


@open_command(anonymous)
def renew_hash(_actor: Actor, person_id: int, former: str, password_hash: str) -> None:
    """The same password, kept at today's costs; nothing ends. Nothing is done if it became another one meanwhile."""
    mine = (Person.id == person_id) & (Person.password_hash == former)
    session().execute(update(Person).where(mine).values(password_hash=password_hash))


@command(is_own, on=sessions)
def end_session(actor: Actor, one: SignInSession) -> None:
    """Sign out: this browser, or another one of one's own."""
    if one.ended_at is not None:
        return
    one.ended_at = clock.now()
    said = SignedOut if one.id == actor.session_id else SessionEnded
    record(said(subject=actor.person_id, person=actor.person_id, session=one.id))


@open_command(anyone)
def end_other_sessions(actor: Actor) -> int:
    """Sign out of every browser of one's own but the one that asks; over a token, of all. Returns how many ended."""
    now = clock.now()
    mine = (SignInSession.person_id == actor.person_id) & session_is_open(now, now - IDLE)
    if actor.session_id is not None:
        mine &= SignInSession.id != actor.session_id
    ending = update(SignInSession).where(mine).values(ended_at=now).returning(SignInSession.id)
    ended = sorted(session().scalars(ending))
    for id_ in ended:
        record(SessionEnded(subject=actor.person_id, person=actor.person_id, session=id_))
    return len(ended)


@open_command(anyone)
def create_token(actor: Actor, form: TokenForm, secret_hash: bytes, hint: str) -> int:
    """Make an access token for oneself. Returns its id; the secret is known to the caller alone.

    One made with a token may do no more than that token and holds no longer.
    """
    return add_token(actor, actor.person_id, form, secret_hash, hint)


def add_token(actor: Actor, person_id: int, form: TokenForm, secret_hash: bytes, hint: str) -> int:
    """The row of a token and its fact, inside a command. Made with a token, it ends with that and may do no more."""
    parent = _made_with(actor, form)
    now, scopes = clock.now(), sorted(set(form.scopes))
    until = now + timedelta(days=form.days)
    latest = parent.expires_at if parent else None
    row = {
        "person_id": person_id,
        "name": form.name,
        "parent_id": parent.id if parent else None,
        "secret_hash": secret_hash,
        "hint": hint,
        "scopes": scopes,
        "created_at": now,
        "expires_at": min(until, latest) if latest else until,
    }
    id_ = session().scalars(insert(AccessToken).returning(AccessToken.id), [row]).one()
    record(TokenCreated(subject=person_id, person=person_id, token=id_, scopes=",".join(scopes)))
    return id_


def _made_with(actor: Actor, form: TokenForm) -> AccessToken | None:
    """The token by which the actor speaks, held until the new one stands: whoever revokes it meanwhile waits, and finds
    the child. None in a browser."""
    if actor.scopes is None:
        return None
    if not set(form.scopes) <= actor.scopes:
        raise wrong("scopes", _(N_("A token cannot make one that may do more.")))
    of_mine = select(AccessToken).where(AccessToken.id == actor.token_id, AccessToken.revoked_at.is_(None))
    parent = session().scalar(of_mine.with_for_update(read=True))
    if parent is None:
        raise SignInNeeded
    return parent


@command(is_own, on=tokens)
def revoke_token(actor: Actor, token: AccessToken) -> None:
    """End an access token at once, and with it every token that was made with it."""
    for id_ in members.revoke_with_made(session(), token, clock.now()):
        record(TokenRevoked(subject=actor.person_id, person=actor.person_id, token=id_))


@open_command(anonymous)
def send_reset(_actor: Actor, person_id: int, site: str) -> None:
    """Send a link for a new password to somebody who has an account."""
    codes.send_code(session(), person_id, "reset", site)
    record(CodeSent(subject=person_id, person=person_id, purpose="reset"))


@open_command(anonymous)
def use_code(_actor: Actor, purpose: str, code_hash: bytes, password_hash: str, site: str) -> tuple[int, int]:
    """Choose a password with a mailed code: it is used up and every session ends. Returns whose it was, and the version
    of the new password.

    With a password forgotten every access token ends too: somebody else may have made one.
    """
    now = clock.now()
    found = (
        session()
        .execute(
            select(EmailCode.id, EmailCode.person_id)
            .join(Person, Person.id == EmailCode.person_id)
            .where(EmailCode.secret_hash == code_hash, EmailCode.purpose == purpose)
            .where(EmailCode.used_at.is_(None), EmailCode.expires_at > now, Person.active)
            .with_for_update(of=EmailCode)
        )
        .one_or_none()
    )
    if found is None:
        raise wrong("", _(N_("This link was used already or is too old. Ask for a new one.")))
    person_id: int = found.person_id
    version = _set_password(person_id, password_hash, None, all_doors=purpose == "reset")
    if purpose == "reset":
        members.revoke_tokens(session(), person_id, now)
        codes.tell_password_changed(session(), person_id, site)
    return person_id, version


@command(may_change_profile, on=people)
def change_password(actor: Actor, person: Person, password_hash: str, end_tokens: bool, site: str) -> int:
    """Choose another password; every other session of one's own ends, and access tokens if asked for. Gives the
    version of the new password."""
    version = _set_password(person.id, password_hash, actor.session_id, all_doors=end_tokens)
    if end_tokens:
        members.revoke_tokens(session(), person.id, clock.now())
    codes.tell_password_changed(session(), person.id, site)
    return version


def _set_password(person_id: int, password_hash: str, but_session: int | None, *, all_doors: bool) -> int:
    values = {"password_hash": password_hash, "password_version": Person.password_version + 1}
    changed = update(Person).where(Person.id == person_id).values(values).returning(Person.password_version)
    version = session().scalars(changed).one()
    members.close_doors(session(), person_id, clock.now(), but_session=but_session)
    record(PasswordSet(subject=person_id, person=person_id, all_doors=all_doors))
    return version
