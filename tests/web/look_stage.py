"""A stage for looking: the shell, the sheet and a page with moving parts, under the real policy, with no database."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, render_template_string, request

from collab.core import i18n
from collab.web import squeeze
from collab.web.assets import asset, assets
from collab.web.guard import nonce, policy
from collab.web.page_words import page_words
from collab.web.style_sheet import SWATCHES, THEMES, sheet
from collab.web.template_lines import Lines

PARTIES = (
    {"id": 3, "name": "Parks and Trees", "hint": "TECH", "kind": "unit"},
    {"id": 5, "name": "Eleni Papadopoulou", "hint": "Head of Parks", "kind": "person"},
)
MOVING = """{% extends "web/layout.html" %}{% block title %}Moving parts{% endblock %}{% block content %}
<div id="live" data-live="work-item:7 unit:*" data-version="3" hx-get="/part" hx-trigger="refresh" hx-swap="innerMorph">
{% include "stage/part.html" %}</div>
<form id="form" hx-post="/refuse?status=422" hx-target="#answer"><input id="typed" name="typed">
<button id="send">Send</button></form>
<button id="gone" hx-post="/refuse?status=404" hx-target="#answer">Gone</button>
<button id="told" hx-post="/tell" hx-target="#answer">Tell</button>
<button id="filtered" hx-get="/part" hx-trigger="click[window.ran=1]">Filtered</button>
<a id="ask" href="/part" hx-get="/ask" hx-target="#dialog">Ask</a>
<div id="answer"></div>
<ul class="rows" data-rows>{% for n in (1, 2, 3) %}<li class="row"><a class="row-title" href="#{{ n }}">Row {{ n }}</a>
<button class="button" data-key="h" data-n="{{ n }}">Hand over</button></li>{% endfor %}</ul>{% endblock %}"""
PART = (
    '<p id="asked">{{ asked }}</p><textarea id="draft" name="draft"></textarea><input id="other" value="{{ asked }}">'
)
ASK = '<h2 class="dialog-title" id="dialog-title">Ask</h2><div class="dialog-body"><input id="inside"></div>'


@dataclass
class Line:
    """A line of navigation, a unit of the tree: whatever the shell loops over."""

    key: str
    label: str
    href: str
    icon: str = "inbox"
    badge: str = ""
    current: bool = False
    section: str = "main"


@dataclass
class Unit:
    depth: int
    code: str
    name: str
    href: str = "/units/x"
    current: bool = False


@dataclass
class Shell:
    locale: str
    theme: str
    nav: list[Line]
    units: list[Unit]
    me: dict[str, str] = field(default_factory=lambda: {"name": "Eleni", "initials": "EP", "href": "/people/1"})
    inbox_count: str = "4"
    calendar: str = "gregorian"
    direction: str = "ltr"
    organisation: str = "City of Thermi"
    live: bool = True
    new_href: str = ""
    locales: dict[str, str] = field(default_factory=lambda: dict(i18n.LOCALES))


def shell(locale: str, theme: str) -> Shell:
    words = ("My day", "Pending items", "Tasks", "Projects", "Decisions", "Talk", "Ideas", "People", "Reports")
    nav = [
        Line(f"k{n}", word, f"/k{n}", current=n == 0, section="main" if n < 7 else "more")
        for n, word in enumerate(words)
    ]
    units = [Unit(depth, code, name) for depth, code, name in sheet(locale, theme).units]
    calendar = "jalali" if locale == "fa" else "gregorian"
    return Shell(locale, theme, nav, units, calendar=calendar, direction=i18n.direction(locale))


def stage() -> Flask:
    """The stage as an application; `asked` in its extensions counts how often the live part was asked for."""
    app = Flask("collab.web", root_path=str(_web()), static_folder=None)
    app.secret_key = "stage"
    app.config["COLLAB_URL"] = "http://localhost"
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(Lines)
    app.jinja_env.globals.update(_=i18n.gettext, ngettext=i18n.ngettext, asset=asset, page_words=page_words)
    app.register_blueprint(assets)
    app.extensions["asked"] = 0
    app.context_processor(_context)
    app.after_request(_strict)
    app.after_request(_read)
    squeeze.install(app)
    _pages(app)
    _moving(app)
    return app


def _web() -> Any:
    from pathlib import Path

    import collab.web

    return Path(collab.web.__file__ or "").parent


def _context() -> dict[str, Any]:
    locale, theme = request.args.get("locale", "en"), request.args.get("theme", "light")
    i18n.speak(locale)
    stranger = request.path == "/failure"
    return {
        "shell": None if stranger else shell(locale, theme),
        "plain": lambda: {"locale": locale, "direction": i18n.direction(locale)},
        "csrf_token": "a token",
        "nonce": nonce,
    }


def _read(response: Response) -> Response:
    """A file is read before it is sent: where a browser leaves in the middle of it, Werkzeug's server reads the line
    that is gone before it closes what it sends, and so leaves it open."""
    if response.direct_passthrough:
        sent: Any = response.response
        response.direct_passthrough = False
        response.set_data(response.get_data())
        sent.close()
    return response


def _strict(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = policy()
    return response


class _Refused:
    def sentence(self) -> str:
        return 'There is no "item" <here>.'


def _pages(app: Flask) -> None:
    @app.get("/style")
    def style() -> str:
        shown = sheet(request.args.get("locale", "en"), request.args.get("theme", "light"))
        return render_template(
            "web/style.html", sheet=shown, swatches=SWATCHES, themes=THEMES, locales=dict(i18n.LOCALES)
        )

    @app.get("/style/parties")
    def parties() -> Response:
        asked = request.args.get("q", "").lower()
        return jsonify(items=[party for party in PARTIES if asked in str(party["name"]).lower()])

    @app.get("/failure")
    def failure() -> Response:
        return make_response(render_template("web/error.html", problem=_Refused(), status=404), 404)


def _moving(app: Flask) -> None:
    from jinja2 import ChoiceLoader, DictLoader

    assert app.jinja_loader is not None
    app.jinja_loader = ChoiceLoader([app.jinja_loader, DictLoader({"stage/part.html": PART})])

    @app.get("/moving")
    def moving() -> str:
        return render_template_string(MOVING, asked=0)

    @app.get("/part")
    def part() -> str:
        app.extensions["asked"] += 1
        return render_template_string(PART, asked=app.extensions["asked"])

    @app.get("/ask")
    def ask() -> str:
        return ASK

    @app.post("/tell")
    def tell() -> Response:
        response = make_response(f"<p>{request.headers.get('X-CSRF-Token')}</p>")
        response.headers["HX-Trigger"] = '{"toast": {"text": "Handed over.", "href": "/k1", "act": "Undo"}}'
        return response

    @app.post("/refuse")
    def refuse() -> Response:
        status = int(request.args["status"])
        if status == 422:
            return make_response('<p id="mend">Mend this</p>', 422)
        return make_response(render_template("web/error.html", problem=_Refused(), status=status), status)


def calls_of(work: Callable[[], object]) -> int:
    """How many calls of Python and of C are made within `work`: the same number on every machine."""
    made = 0

    def note(_frame: object, event: str, _arg: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return made
