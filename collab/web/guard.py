"""What every request passes: is the route declared, who is it, may they come in, is it really they who ask.

Order matters: 401 comes before everything else, so that a stranger learns nothing; the forgery check comes after.
"""

import hmac
import secrets
import time
from hashlib import sha256
from urllib.parse import unquote_to_bytes

from flask import Flask, Response, current_app, g, request

from collab.core import i18n
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import Forbidden, NotFound, Problem, SignInNeeded, TooLarge, WrongType
from collab.core.i18n import N_

from .actors import actor_or_none
from .doors import DOORS

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TYPED = "application/x-www-form-urlencoded"
FORMS = frozenset({TYPED, "multipart/form-data"})
MOST_FIELDS = 5_000
"""Of a form; the longest has one for each criterion of each of 200 options."""
FORGED = N_("This form is no longer valid. Load the page again, then repeat.")
OUTLIVED = N_(
    "Since this page was opened somebody signed in again, and now it is %(name)s. Nothing was done: press once more if "
    "you are."
)


class Outlived(Forbidden):
    """A form of our own page, by what the browser says of it, whose token is that of another session of the person:
    nothing is done, and they may send it again with a token that holds."""


def install(app: Flask) -> None:
    app.before_request(admit)
    app.after_request(harden)


def admit() -> None:
    """Before every view."""
    g.came_at = time.time()  # what changes from now on, the page may not show
    if not request.path.isprintable():  # a NUL or another control character names nothing we keep
        raise NotFound
    declared = DOORS.get(request.endpoint or "")
    who = actor_or_none()
    i18n.speak(who.locale if who else language_of_stranger())
    if declared is None:
        if who is None and request.path.startswith("/api/"):
            raise SignInNeeded
        return  # 404 or 405, said by the error page
    if who is None and not declared.public:
        raise SignInNeeded
    if who is not None and not who.may_scope("read"):
        raise Forbidden
    if declared.receives:
        _let_files_in()
    if declared.most is not None:
        request.max_content_length = declared.most
    if request.method not in SAFE:
        _refuse_other_bodies()
        db.session.close()  # a body that comes slowly must not hold a connection of the pool meanwhile
        if not declared.receives or request.mimetype == TYPED:
            _read_body()
    if request.method not in SAFE and (who is None or who.token_id is None):
        _refuse_forgery(who)


def _refuse_other_bodies() -> None:
    """Pages take what browsers' forms send. What is sent in another shape would be done without what it says; the API
    says for each of its doors what it takes."""
    comes = request.content_length or request.headers.get("Transfer-Encoding")
    if comes and request.mimetype not in FORMS and not request.path.startswith("/api/"):
        raise WrongType


def _read_body() -> None:
    """All of it, before a view asks the database for the first time. Letters that are no UTF-8 would be kept as codes,
    or as signs that stand for nothing, so a form of them is refused. Doors that receive files read theirs."""
    sent = request.get_data()
    if request.mimetype == TYPED and sent.count(b"&") >= MOST_FIELDS:
        raise TooLarge  # before each is taken apart, and whoever sent it was counted
    if request.mimetype in FORMS:
        try:
            (unquote_to_bytes(sent) if request.mimetype == TYPED else sent).decode()
        except UnicodeDecodeError as error:
            raise Problem from error
    _ = request.form  # taken apart now, out of what was read


def _let_files_in() -> None:
    """The body may hold files. One that says it is too long is refused here, before a byte of it is read. What a form
    without files sends is no longer than elsewhere."""
    if request.mimetype == TYPED:
        return
    request.max_content_length = current_app.config["FILE_MOST"] + current_app.config["MAX_CONTENT_LENGTH"]
    if (request.content_length or 0) > request.max_content_length:
        raise TooLarge


def language_of_stranger() -> str:
    """The language chosen at the door, else the browser's."""
    chosen = request.cookies.get("locale") or request.accept_languages.best_match(list(i18n.LOCALES))
    return chosen if chosen in i18n.LOCALES else i18n.DEFAULT


def _refuse_forgery(who: Actor | None) -> None:
    """Unsafe requests with a cookie come from our own pages: by Fetch Metadata, Origin, and a token.

    Browsers send `Sec-Fetch-Site` or `Origin` with every unsafe request; the masked token covers the rest.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none") or (origin is not None and not _is_ours(origin)):
        raise Forbidden(i18n._(FORGED))
    if who is None:
        return
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    person = str(who.person_id)  # what a page sends by itself later says for whom it was meant
    if request.headers.get("X-Person", person) != person or not is_csrf_token(given, who.session_id or 0):
        ours = request.headers.get("Sec-Fetch-Site") == "same-origin" or (origin is not None and _is_ours(origin))
        raise Outlived(i18n._(OUTLIVED, name=who.name)) if ours and given else Forbidden(i18n._(FORGED))


def _is_ours(origin: str) -> bool:
    return origin in current_app.config["COLLAB_ORIGINS"]


def csrf_token(session_id: int) -> str:
    """A token for the forms of one session, masked anew each time so that compression leaks nothing."""
    salt = secrets.token_hex(8)
    return f"{salt}.{_mac(salt, session_id)}"


def is_csrf_token(given: str, session_id: int) -> bool:
    salt, _, mac = given.partition(".")
    return hmac.compare_digest(_mac(salt, session_id).encode(), mac.encode("utf-8", "replace"))


def _mac(salt: str, session_id: int) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    message = f"csrf:{salt}:{session_id}".encode("utf-8", "replace")
    return hmac.new(key, message, sha256).hexdigest()[:40]


def nonce() -> str:
    """The nonce of this response's scripts."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def policy() -> str:
    """The content security policy of this response: nothing inline, nothing foreign, nothing evaluated."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce()}'; style-src 'self'; font-src 'self'; connect-src 'self'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
        "worker-src 'self'; "
        "require-trusted-types-for 'script'; trusted-types htmx"
    )


def harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("Content-Security-Policy", policy())
    headers.setdefault("Cache-Control", "private, no-cache")
    headers.add("Vary", "HX-Request-Type, Cookie, Accept-Encoding")
    if current_app.config["COLLAB_URL"].startswith("https://"):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
