"""The doors: sign-in, sign-out, invitation, a new password; and the language strangers read."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Response, current_app, g, make_response, request

from collab.core import i18n
from collab.core.errors import Invalid, NotFound, Problem, TooMany
from collab.core.i18n import N_, _, speak
from collab.web.actors import actor, actor_or_none
from collab.web.doors import door
from collab.web.pages import entered, filled, go, inside, show

from .. import known_browsers
from ..commands.doors import HOLDS, end_session
from ..forms.doors import NewPasswordForm, ResetForm, SignInForm
from ..queries.house import nobody_yet
from ..queries.tree import tree
from ..recognise import cookie_name
from ..signing_in import Browser, Invited, Opened, ask_for_reset, choose_password, look_at_code
from ..signing_in import sign_in as prove
from . import access_pages
from .entry import Field, entry

YEAR = 365 * 24 * 3600
REST = N_(
    "Too many attempts from browsers that did not sign in here before. Try again in %(minutes)s min, or ask for a new "
    "password by mail: its link lets you in at once."
)


@access_pages.before_request
def choose_language() -> None:
    """Strangers choose their language by a link (`?locale=el`); a cookie remembers it."""
    code = request.args.get("locale")
    if code in i18n.LOCALES and actor_or_none() is None:
        i18n.speak(code)
        g.chosen_locale = code


@access_pages.after_request
def keep_to_oneself(response: Response) -> Response:
    """Pages of the doors are kept nowhere; the chosen language is."""
    response.headers["Cache-Control"] = "no-store"
    if "chosen_locale" in g:
        response.set_cookie("locale", g.chosen_locale, max_age=YEAR, **_cookie_manners())
    return response


@door(access_pages, "GET /sign-in", public=True)
def sign_in() -> Response:
    """The sign-in page."""
    if actor_or_none() is not None:
        return go(inside(request.args.get("next")) or "/")
    return _sign_in_page()


@door(access_pages, "POST /sign-in", public=True)
def sign_in_with_password() -> Response:
    """Sign in with mail address and password."""
    try:
        opened = prove(filled(SignInForm), browser())
    except Invalid as problem:
        return _sign_in_page(problem)
    except TooMany as problem:
        minutes = -(-problem.retry_after // 60)
        page = _sign_in_page(TooMany(_(REST, minutes=minutes), retry_after=problem.retry_after))
        page.headers["Retry-After"] = str(problem.retry_after)
        return page
    return welcomed(opened, inside(request.form.get("next")) or "/")


@door(access_pages, "DELETE /sign-in")
def sign_out() -> Response:
    """Sign out of this browser."""
    who = actor()
    if who.session_id is None:
        raise NotFound
    end_session(who, who.session_id)
    response = _to("/sign-in")
    response.delete_cookie(cookie_name(current_app), **_cookie_manners())
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@door(access_pages, "GET /password-reset", public=True)
def reset() -> Response:
    """Ask for a new password."""
    return _reset_page()


@door(access_pages, "POST /password-reset", public=True)
def ask_reset() -> Response:
    """Send a link for a new password, if there is such an account."""
    try:
        form = filled(ResetForm)
    except Invalid as problem:
        return _reset_page(problem)
    ask_for_reset(form.email, browser(), site())
    return show("people/reset_sent.html", email=form.email)


@door(access_pages, "GET /password-reset/<code>", public=True)
def new_password(code: str) -> Response:
    """Choose a new password with a mailed link."""
    return _code_page("reset", code)


@door(access_pages, "POST /password-reset/<code>", public=True)
def set_new_password(code: str) -> Response:
    """Set the new password and sign in."""
    return _set_password("reset", code)


@door(access_pages, "GET /invitations/<code>", public=True)
def invitation(code: str) -> Response:
    """Choose the first password with the link of an invitation."""
    return _code_page("invitation", code)


@door(access_pages, "POST /invitations/<code>", public=True)
def accept_invitation(code: str) -> Response:
    """Set the first password and sign in."""
    return _set_password("invitation", code)


def welcomed(opened: Opened, address: str) -> Response:
    """To `address`, with the cookie of a new session, and the one by which this browser is known."""
    response = _to(address)
    kept = int(HOLDS.total_seconds())
    response.set_cookie(cookie_name(current_app), opened.secret, max_age=kept, **_cookie_manners())
    stay_known(response, opened.known)
    return response


def stay_known(response: Response, known: str) -> None:
    """The cookie by which this browser has an allowance of its own at the sign-in door."""
    response.set_cookie(known_browsers.cookie_name(), known, max_age=known_browsers.HOLDS, **_cookie_manners())


def browser() -> Browser:
    """Where this request comes from."""
    agent = request.headers.get("User-Agent", "").encode("utf-8", "replace").decode().replace("\x00", "")
    known = request.cookies.get(known_browsers.cookie_name())
    return Browser(_address(), agent, request.cookies.get(cookie_name(current_app)), known)


def site() -> str:
    """The address of this installation, for links in letters."""
    return str(current_app.config["COLLAB_URL"])


def password_fields() -> list[Field]:
    """A new password, twice."""
    hint = _(N_("At least 12 characters; a few words do well."))
    return [
        Field("password", _(N_("New password")), "password", required=True, autocomplete="new-password", hint=hint),
        Field("again", _(N_("The same again")), "password", required=True, autocomplete="new-password"),
    ]


def _address() -> str:
    return request.remote_addr or ""


def _cookie_manners() -> dict[str, Any]:
    secure = current_app.config["COLLAB_URL"].startswith("https://")
    return {"path": "/", "secure": secure, "httponly": True, "samesite": "Lax"}


def _to(address: str) -> Response:
    """A whole new page: who one is changes the frame too."""
    if request.headers.get("HX-Request"):
        return make_response("", 204, {"HX-Redirect": address})
    return go(address)


def _sign_in_page(problem: Problem | None = None) -> Response:
    asked = request.form.get("next") or request.args.get("next") or _next_of_page_before()
    form = entry(
        "/sign-in",
        _(N_("Sign in")),
        [
            Field("email", _(N_("Mail address")), "email", required=True, autocomplete="username"),
            Field("password", _(N_("Password")), "password", required=True, autocomplete="current-password"),
            Field("next", "", "hidden"),
        ],
        {"next": inside(asked) or ""},
        problem=problem,
        typed={**entered(), "next": inside(asked) or ""},
    )
    acted = "ended" in request.args and problem is None
    over = problem is None and cookie_name(current_app) in request.cookies  # of a session that is none any more
    status = problem.status if problem else 200
    return show("people/sign_in.html", form=form, acted=acted, over=over, nobody=nobody_yet(), status=status)


def _next_of_page_before() -> str | None:
    """Choosing another language keeps where somebody wanted to go."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all
        return None
    if before.path != "/sign-in":
        return None
    return next(iter(parse_qs(before.query).get("next", [])), None)


def _reset_page(problem: Invalid | None = None) -> Response:
    form = entry(
        "/password-reset",
        _(N_("Send the link")),
        [Field("email", _(N_("Mail address")), "email", required=True, autocomplete="username")],
        problem=problem,
        typed=entered(),
    )
    return show("people/reset.html", form=form, status=422 if problem else 200)


def _code_page(purpose: str, code: str, problem: Invalid | None = None) -> Response:
    invited = _invited(purpose, code)
    if invited is None:
        return show("people/code_over.html", status=404, purpose=purpose)
    return _password_page(purpose, invited, problem)


def _invited(purpose: str, code: str) -> Invited | None:
    """Whom the link is for; from here on their language is spoken."""
    invited = look_at_code(purpose, code, _address())
    if invited is not None and "locale" not in request.cookies:  # as the letter did, whatever the browser's is
        speak(invited.locale)
    return invited


def _password_page(purpose: str, invited: Invited, problem: Invalid | None) -> Response:
    act = _(N_("Set password and sign in"))
    form = entry(request.path, act, password_fields(), problem=problem)
    return show(
        "people/choose_password.html", status=422 if problem else 200, form=form, who=invited, purpose=purpose,
        organisation=tree().name(),
    )  # fmt: skip


def _set_password(purpose: str, code: str) -> Response:
    invited = _invited(purpose, code)
    opened = None
    if invited is not None:
        try:
            opened = choose_password(purpose, code, filled(NewPasswordForm), browser(), site())
        except Invalid as problem:
            return _password_page(purpose, invited, problem)
    if opened is None:
        return show("people/code_over.html", status=404, purpose=purpose)
    return welcomed(opened, "/")
