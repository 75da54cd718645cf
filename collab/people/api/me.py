"""Oneself over the API: profile, sessions, tokens."""

from typing import Any

from collab.web.actors import actor
from collab.web.api import endpoint, listed, seen

from ..commands.doors import create_token, end_other_sessions, end_session, revoke_token
from ..commands.profile import change_profile
from ..forms.doors import TokenForm
from ..forms.people import ProfileForm
from ..queries.doors import open_sessions, open_tokens, secret_is
from ..queries.person import find_person
from ..secrets import MARK, digest, new_secret
from . import api


def _me() -> dict[str, Any]:
    who = actor()
    card = find_person(who, who.person_id)
    return {
        "id": who.person_id,
        "name": card.name,
        "names": card.names,
        "email": card.email,
        "title": card.title,
        "phone": card.phone,
        "locale": card.locale,
        "time_zone": who.time_zone,
        "calendar": who.calendar,
        "theme": who.theme,
        "shows_presence": who.shows_presence,
        "roles": sorted(who.roles),
        "units": sorted(who.units),
        "heads": sorted(who.heads),
        "stands_in_for": sorted(who.substitutes),
        "scopes": sorted(who.scopes) if who.scopes is not None else ["read", "write"],
        "version": card.version,
    }


@endpoint(api, "GET /me", gives="Me")
def me() -> Any:
    """Who is asking, and what they may reach."""
    return _me()


@endpoint(api, "PATCH /me", takes=ProfileForm)
def change_me(form: ProfileForm) -> Any:
    """Change one's own profile; absent fields stay as they are."""
    change_profile(actor(), seen(actor().person_id), form)
    return None, 204


@endpoint(api, "GET /sessions", gives="SessionList")
def list_sessions() -> Any:
    """The browsers one is signed in with."""
    items = [
        {
            "id": one.id,
            "created_at": one.created_at.isoformat(),
            "seen_at": one.seen_at.isoformat(),
            "expires_at": one.expires_at.isoformat(),
            "address": one.address,
            "agent": one.agent,
            "here": one.here,
        }
        for one in open_sessions(actor())
    ]
    return listed(items, None)


@endpoint(api, "DELETE /sessions")
def end_all_other_sessions() -> Any:
    """End every session of one's own but the one that asks; asked with a token, all of them."""
    end_other_sessions(actor())
    return None, 204


@endpoint(api, "DELETE /sessions/<id:session_id>")
def end_one_session(session_id: int) -> Any:
    """End one of one's own sessions."""
    end_session(actor(), session_id)
    return None, 204


@endpoint(api, "GET /tokens", gives="TokenList")
def list_tokens() -> Any:
    """One's own access tokens, without their secrets."""
    items = [
        {
            "id": one.id,
            "name": one.name,
            "hint": one.hint,
            "parent_id": one.parent_id,
            "scopes": list(one.scopes),
            "created_at": one.created_at.isoformat(),
            "expires_at": one.expires_at.isoformat() if one.expires_at else None,
            "used_at": one.used_at.isoformat() if one.used_at else None,
        }
        for one in open_tokens(actor())
    ]
    return listed(items, None)


@endpoint(api, "POST /tokens", takes=TokenForm)
def make_token(form: TokenForm) -> Any:
    """Make an access token; `token` is shown this once, and is null when the same request is repeated."""
    secret = new_secret(MARK)
    id_ = create_token(actor(), form, digest(secret), secret[:12])
    shown = secret if secret_is(actor(), id_, digest(secret)) else None
    body = {"id": id_, "name": form.name, "scopes": sorted(set(form.scopes)), "token": shown}
    return body, 201, {"Cache-Control": "no-store"}


@endpoint(api, "DELETE /tokens/<id:token_id>")
def end_one_token(token_id: int) -> Any:
    """Revoke one of one's own tokens."""
    revoke_token(actor(), token_id)
    return None, 204
