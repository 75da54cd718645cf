"""Who is this? A session cookie or an access token becomes an actor: one query a request, two more when rights changed.

Only SHA-256 digests of secrets are in the database, so reading it opens no door. A session, a token or a person
that has ended is refused by the same query that finds it, on the very next request.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Flask, Request, current_app, g
from sqlalchemy import ARRAY, BigInteger, Text, bindparam, literal, select, text, union_all

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.errors import Busy
from collab.core.prepared import Fixed

from .commands.doors import note_use
from .models import AccessToken, Organisation, Person, SignInSession
from .secrets import LONGEST, MARK, digest, new_secret
from .standing import Stamp, compute, remembered_here
from .still_open import IDLE, session_is_open, token_is_good
from .throttling import attempt

NOTE_EVERY: Final = timedelta(minutes=5)

_NOW: Final[Any] = bindparam("now")
_COMMON: Final = (
    Person.id.label("person_id"),
    Person.access_version,
    Organisation.tree_version,
    Organisation.time_zone,
)
_SESSION: Final = (
    select(SignInSession.id, SignInSession.seen_at.label("used_at"), literal(None, Text).label("scopes"), *_COMMON)
    .join(Person, Person.id == SignInSession.person_id)
    .join(Organisation, Organisation.id == 1)
    .where(session_is_open(_NOW, bindparam("idle_since")), Person.active)
)
_TOKEN: Final = (
    select(AccessToken.id, AccessToken.used_at, AccessToken.scopes, *_COMMON)
    .join(Person, Person.id == AccessToken.person_id)
    .join(Organisation, Organisation.id == 1)
    .where(token_is_good(_NOW), Person.active)
)
_SESSION_BY_SECRET: Final = Fixed(lambda: _SESSION.where(SignInSession.secret_hash == bindparam("digest")))
_TOKEN_BY_SECRET: Final = Fixed(lambda: _TOKEN.where(AccessToken.secret_hash == bindparam("digest")))


def _still() -> Any:
    """(is it a session, id, person, versions) of those among `sessions` and `tokens` that still open a door."""
    sessions = _SESSION.with_only_columns(literal(True).label("is_session"), SignInSession.id, *_COMMON).where(
        SignInSession.id == text("any(:sessions)").bindparams(bindparam("sessions", type_=ARRAY(BigInteger)))
    )
    tokens = _TOKEN.with_only_columns(literal(False), AccessToken.id, *_COMMON).where(
        AccessToken.id == text("any(:tokens)").bindparams(bindparam("tokens", type_=ARRAY(BigInteger)))
    )
    return union_all(sessions, tokens)


_STILL: Final = _still()


def cookie_name(app: Flask) -> str:
    """The name of the session cookie; under TLS one that no other host and no plain connection can set."""
    return "__Host-collab" if app.config["COLLAB_URL"].startswith("https://") else "collab"


def recognise(request: Request) -> Actor | None:
    """The actor of a request, or None for a stranger. A wrong token is never made up for by a cookie.

    Raises TooMany when too many wrong tokens came from one address.
    """
    header = request.headers.get("Authorization")
    if header is not None:
        scheme, _, given = header.partition(" ")
        if scheme.lower() != "bearer" or g.get("token_refused"):
            return None
        found = recognise_token(given.strip())
        if found is None:
            g.token_refused = True  # asked again while the refusal is being rendered
            note_wrong_secret(request)
        return found
    secret = request.cookies.get(cookie_name(current_app))
    if not secret or len(secret) > LONGEST:
        return None
    now = clock.now()
    rows = _SESSION_BY_SECRET.rows(digest=digest(secret), now=now, idle_since=now - IDLE)
    if not rows:
        return None
    [row] = rows
    g.tree_version = row.tree_version
    actor = replace(_actor(row), session_id=row.id)
    if now - row.used_at > NOTE_EVERY:
        _note(actor, now)
    return actor


def recognise_token(secret: str) -> Actor | None:
    """The actor behind an access token, or None."""
    if not secret or len(secret) > LONGEST:
        return None
    now = clock.now()
    rows = _TOKEN_BY_SECRET.rows(digest=digest(secret), now=now)
    if not rows:
        return None
    [row] = rows
    g.tree_version = row.tree_version
    actor = replace(_actor(row), token_id=row.id, scopes=frozenset(row.scopes), via="api")
    if row.used_at is None or now - row.used_at > NOTE_EVERY:
        _note(actor, now)
    return actor


def still_seated(actors: Sequence[Actor]) -> list[Actor | None]:
    """Who the holders of these sessions and tokens are now, None where the door has closed; three queries at most."""
    now = clock.now()
    rows = db.session.execute(
        _STILL,
        {
            "sessions": [actor.session_id for actor in actors if actor.session_id is not None],
            "tokens": [actor.token_id for actor in actors if actor.token_id is not None],
            "now": now,
            "idle_since": now - IDLE,
        },
    ).all()
    known = {(row.is_session, row.id): row for row in rows}
    bases = _actors(rows)

    def now_of(actor: Actor) -> Actor | None:
        is_session = actor.session_id is not None
        row = known.get((is_session, actor.session_id if is_session else actor.token_id))
        base = bases.get(row.person_id) if row else None
        return base and replace(
            base, session_id=actor.session_id, token_id=actor.token_id, scopes=actor.scopes, via=actor.via
        )

    return [now_of(actor) for actor in actors]


def person_as_actor(person_id: int) -> Actor | None:
    """An active person as an actor without a browser: for jobs and the command line. None when there is none."""
    return people_as_actors([person_id]).get(person_id)


def people_as_actors(ids: Collection[int]) -> dict[int, Actor]:
    """Those of these people who are active, as actors by id, asked for together; no query for none."""
    if not ids:
        return {}
    query = select(*_COMMON).join(Organisation, Organisation.id == 1)
    return _actors(db.session.execute(query.where(Person.id.in_(sorted(ids)), Person.active)).all())


def _actor(row: Any) -> Actor:
    return _actors([row])[row.person_id]


def _actors(rows: Sequence[Any]) -> dict[int, Actor]:
    """Actors by person, those not remembered computed together."""
    remembered = remembered_here()
    found: dict[int, Actor] = {}
    missing: dict[int, Stamp] = {}
    for row in rows:
        stamp = Stamp(row.access_version, row.tree_version, _day(row.time_zone))
        actor = remembered.get(row.person_id, stamp)
        if actor is None:
            missing[row.person_id] = stamp
        else:
            found[row.person_id] = actor
    for day in {stamp.day for stamp in missing.values()}:
        people = [id_ for id_, stamp in missing.items() if stamp.day == day]
        for id_, actor in compute(db.session(), people, day).items():
            remembered.put(id_, missing[id_], actor)
            found[id_] = actor
    return found


def _day(time_zone: str) -> Any:
    return clock.now().astimezone(ZoneInfo(time_zone)).date()


def _note(actor: Actor, now: datetime) -> None:
    """Write down that this door was used. Not worth a failure."""
    try:
        note_use(SYSTEM, actor.session_id, actor.token_id, now)
    except Busy:
        return


def note_wrong_secret(request: Request) -> None:
    """Count a token, or the secret of an address, that opens nothing. Raises TooMany."""
    attempt("token", [("address", request.remote_addr or "")])


__all__ = [
    "MARK", "cookie_name", "digest", "new_secret", "note_wrong_secret", "person_as_actor", "recognise",
    "recognise_token", "still_seated",
]  # fmt: skip
