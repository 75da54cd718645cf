"""Refusals as pages and as problem+json, the same sentences in both."""

import logging
import secrets
from typing import Any, Final

from flask import Flask, Response, g, jsonify, make_response, redirect, render_template, request
from sqlalchemy.exc import DBAPIError, TimeoutError
from werkzeug.exceptions import HTTPException

from collab.core.db import db, is_transient, is_unreachable
from collab.core.errors import Busy, NotFound, Problem, SignInNeeded, TooLarge, TooMany, WrongType
from collab.core.i18n import N_, _, speak

from . import bodies, once_more
from .form_pages import page_with_the_form
from .guard import Outlived, language_of_stranger
from .pages import to_sign_in

log = logging.getLogger(__name__)

MOST_READ_ON: Final = 32 * 1024 * 1024
SECONDS_READING_ON: Final = 10.0
WRONG_METHOD = N_("This address does not do that.")
BROKEN = N_("Something went wrong on our side. It was noted under %(code)s.")


def install(app: Flask) -> None:
    app.register_error_handler(Problem, refuse)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(TimeoutError, _pool)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    """Whether the caller speaks the API."""
    return request.path.startswith("/api/")


def refuse(problem: Problem) -> Response:
    """The answer to a refusal: a page, or problem+json for the API."""
    if isinstance(problem, SignInNeeded) and not wants_json():
        return to_sign_in()  # with a status of its own: browsers follow no 401
    response = _as_json(problem) if wants_json() else _as_page(problem)
    response.status_code = problem.status
    _read_on()
    if isinstance(problem, Outlived):
        once_more.let(response)
    if isinstance(problem, TooMany):
        response.headers["Retry-After"] = str(problem.retry_after)
    if isinstance(problem, Busy):
        response.headers["Retry-After"] = "2"
    if isinstance(problem, SignInNeeded):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _read_on() -> None:
    """Take in the rest of a long body and forget it. A line that is closed while somebody still sends is reset, and
    then they never hear the reason; what is longer still, or comes too slowly, is not waited for."""
    if not 0 < (request.content_length or 0) <= MOST_READ_ON:
        return
    db.session.close()  # nothing of the pool is held meanwhile
    bodies.hurry(request.environ, SECONDS_READING_ON)
    try:
        while request.environ["wsgi.input"].read(65_536):
            pass
    except Exception:  # whoever sent it is gone, or sends too slowly
        log.debug("the rest of a refused body did not come")


def _as_json(problem: Problem) -> Response:
    body: dict[str, Any] = {
        "type": f"/problems/{problem.code}",
        "title": _(problem.title),
        "status": problem.status,
        "detail": problem.sentence(),
    }
    if problem.fields:
        body["errors"] = [
            {"field": field, "reason": reason} for field, found in problem.fields.items() for reason in found
        ]
    response = jsonify(body)
    response.content_type = "application/problem+json"
    return response


def _as_page(problem: Problem) -> Response:
    if isinstance(problem, Busy):
        _ask_nobody()
    if isinstance(problem, Outlived) and (shown := once_more.shown(problem)) is not None:
        return shown
    return make_response(render_template("web/error.html", problem=problem, status=problem.status))


def _ask_nobody() -> None:
    """The page that says that the database does not answer is drawn without asking it once more."""
    if "actor" not in g:
        speak(language_of_stranger())
    g.actor = None


def _http(error: HTTPException) -> Response:
    if error.code == 404:
        return refuse(NotFound())
    if error.code == 413:
        return refuse(TooLarge())
    if error.code == 415:
        return refuse(WrongType())
    problem = Problem()
    problem.status = error.code or 500
    if error.code == 405:
        page = page_with_the_form()
        if page is not None:
            return make_response(redirect(page, code=303))
        problem = Problem(_(WRONG_METHOD))
        problem.status, problem.code = 405, "wrong-method"
    elif problem.status >= 500:
        return _unexpected(error)
    response = refuse(problem)
    if error.code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def _database(error: DBAPIError) -> Response:
    if is_transient(error) or is_unreachable(error):
        log.warning("the database is busy or away: %s", type(error.orig).__name__)
        return refuse(Busy())
    return _unexpected(error)


def _pool(_error: TimeoutError) -> Response:
    return refuse(Busy())


def _unexpected(error: Exception) -> Response:
    code = secrets.token_hex(4)
    log.error("unexpected %s at %s %s", code, request.method, request.path, exc_info=error)
    problem = Problem(_(BROKEN, code=code))
    problem.status, problem.code = 500, "broken"
    try:
        return refuse(problem)
    except Exception:  # the error page itself is broken: say it plainly
        return make_response(problem.sentence(), 500, {"Content-Type": "text/plain; charset=utf-8"})
