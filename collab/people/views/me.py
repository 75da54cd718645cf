"""One's own profile, sessions and access tokens."""

from flask import Response, make_response, request

from collab.core.errors import Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _, locale, speaking
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled, go, show

from ..commands.doors import create_token, end_other_sessions, end_session, revoke_token
from ..commands.profile import change_profile
from ..forms.doors import ChangePasswordForm, TokenForm
from ..forms.people import ProfileForm, time_zones
from ..queries.doors import open_sessions, open_tokens, secret_is
from ..queries.person import absences, find_person, stood_in_for
from ..secrets import MARK, digest, new_secret
from ..signing_in import change_own_password
from ..words import CALENDARS, PRESENCE, SCOPES, THEMES, Days, languages, options, said
from . import people_pages
from .access import browser, password_fields, site, stay_known
from .entry import Field, entry
from .when import Instants

ENDED = N_("Your password is changed. Other sessions were ended.")
ALL_ENDED = N_("Your password is changed. Other sessions and your access tokens were ended.")
CLEARABLE = ("title", "phone")
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
MACHINES = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip

NAME_HINT = N_("In the organisation's own language. How it reads in the others, an administrator says.")


@door(people_pages, "GET /profile")
def profile() -> Response:
    """How Collab looks and speaks to me."""
    return _profile_page()


@door(people_pages, "PATCH /profile")
def change_own_profile() -> Response:
    """Change language, calendar, theme, time zone, or what colleagues read of me."""
    typed = entered()
    cleared: dict[str, None] = {name: None for name in CLEARABLE if name in typed and not str(typed[name]).strip()}
    try:
        form = parse(ProfileForm, {**typed, **cleared})
        change_profile(actor(), actor().person_id, form)
    except Invalid as problem:
        return _profile_page(problem)
    if request.headers.get("HX-Request"):
        return make_response("", 204, {"HX-Refresh": "true"})
    with speaking(form.locale or locale()):  # The answer is read in the language chosen just now.
        return go("/profile", _(N_("Your profile is saved.")))


def _profile_page(problem: Invalid | None = None) -> Response:
    who = actor()
    card = find_person(who, who.person_id)
    zones = tuple((zone, zone.replace("_", " ")) for zone in time_zones())
    form = entry(
        "/profile?_method=PATCH",
        _(N_("Save")),
        [
            Field("name", _(N_("Name")), required=True, autocomplete="name", hint=_(NAME_HINT)),
            Field("title", _(N_("Job title")), hint=_(N_("Your job, as colleagues should read it."))),
            Field("phone", _(N_("Telephone")), autocomplete="tel"),
            Field("locale", _(N_("Language")), "select", options=languages()),
            Field("calendar", _(N_("Calendar")), "select", options=options(CALENDARS)),
            Field("theme", _(N_("Appearance")), "select", options=options(THEMES)),
            Field("time_zone", _(N_("Time zone")), "select", options=zones),
            Field(
                "shows_presence",
                _(N_("Presence")),
                "select",
                options=options(PRESENCE),
                hint=_(N_("A dot beside your name while a page of Collab is open.")),
            ),
        ],
        {
            "name": card.label,
            "title": card.title,
            "phone": card.phone,
            "locale": who.locale,
            "calendar": who.calendar,
            "theme": who.theme,
            "time_zone": who.time_zone,
            "shows_presence": "true" if who.shows_presence else "false",
        },
        problem=problem,
        typed=entered(),
    )
    return show(
        "people/profile.html",
        status=422 if problem else 200,
        form=form,
        person=card,
        away=absences(who, who.person_id),
        standing_in=stood_in_for(who),
        days=Days(who),
    )


@door(people_pages, "GET /profile/password")
def password() -> Response:
    """Choose another password."""
    return _password_page()


@door(people_pages, "PUT /profile/password")
def change_password() -> Response:
    """Put a new password in place of the present one; other sessions end, and access tokens where asked for."""
    try:
        form = filled(ChangePasswordForm)
        known = change_own_password(actor(), form, browser().known, site())
    except Invalid as problem:
        return _password_page(problem)
    response = go("/profile/sessions", _(ALL_ENDED if form.tokens else ENDED))
    stay_known(response, known)
    return response


def _password_page(problem: Invalid | None = None) -> Response:
    current = Field("current", _(N_("Present password")), "password", required=True, autocomplete="current-password")
    act = _(N_("Change password"))
    hint = _(N_("Programs that work in your name stop until you give them a new token."))
    tokens = Field("tokens", _(N_("End my access tokens too")), "check", hint=hint)
    fields = [current, *password_fields(), tokens]
    form = entry("/profile/password?_method=PUT", act, fields, {"tokens": True}, problem=problem, typed=entered())
    return show("people/password.html", form=form, status=422 if problem else 200)


@door(people_pages, "GET /profile/sessions")
def sessions() -> Response:
    """The browsers I am signed in with."""
    who = actor()
    known = [(one, browser_of(one.agent)) for one in open_sessions(who)]
    return show("people/sessions.html", sessions=known, when=Instants(who))


def browser_of(agent: str) -> str:
    """A browser in two words, from what it says of itself; its first words when it is none that we know."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    machine = next((name for mark, name in MACHINES if mark in agent), "")
    return " · ".join(word for word in (browser, machine) if word) or agent[:40]


@door(people_pages, "DELETE /profile/sessions")
def end_all_other_sessions() -> Response:
    """End every session of mine but this one."""
    end_other_sessions(actor())
    return go("/profile/sessions", _(N_("The other sessions are ended.")))


@door(people_pages, "DELETE /profile/sessions/<id:session_id>")
def end_other_session(session_id: int) -> Response:
    """End one of my sessions."""
    who = actor()
    end_session(who, session_id)
    if session_id == who.session_id:
        return go("/sign-in")
    return go("/profile/sessions", _(N_("The session is ended.")))


@door(people_pages, "GET /profile/tokens")
def tokens() -> Response:
    """My access tokens for the API."""
    return _tokens_page()


@door(people_pages, "POST /profile/tokens")
def make_token() -> Response:
    """Make an access token; its secret is shown this once."""
    secret = new_secret(MARK)
    try:
        made = create_token(actor(), filled(TokenForm), digest(secret), secret[:12])
    except Invalid as problem:
        return _tokens_page(problem)
    return _tokens_page(secret=secret if secret_is(actor(), made, digest(secret)) else None)


@door(people_pages, "DELETE /profile/tokens/<id:token_id>")
def end_token(token_id: int) -> Response:
    """Revoke one of my tokens."""
    revoke_token(actor(), token_id)
    return go("/profile/tokens", _(N_("The token is revoked.")))


def _tokens_page(problem: Invalid | None = None, secret: str | None = None) -> Response:
    who = actor()
    form = entry(
        "/profile/tokens",
        _(N_("Make a token")),
        [
            Field("name", _(N_("What it is for")), required=True),
            Field("scopes", _(N_("What it may do")), "checks", options=options(SCOPES)),
            Field("days", _(N_("How many days it holds")), "number", required=True),
        ],
        {"scopes": ["read"], "days": 90},
        problem=problem,
        typed=entered(),
    )
    status = 422 if problem else 201 if secret else 200
    page = show(
        "people/tokens.html", status=status, form=form, tokens=open_tokens(who), secret=secret, when=Instants(who),
        scopes=said(SCOPES),
    )  # fmt: skip
    page.headers["Cache-Control"] = "no-store"
    return page
