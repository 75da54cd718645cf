"""What page views use: rendering, redirects inside the house, forms."""

from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from flask import Response, flash, make_response, redirect, render_template, request, url_for

from collab.core.errors import Problem
from collab.core.forms import Form, parse

F = TypeVar("F", bound=Form)
SINGLE: dict[str, frozenset[str]] = {}
"""Endpoint → fields of its form that hold one value: a list sent in such a name (`unit[]`) is no field of the form."""
CARRIED: Final = ("csrf_token", "next", "once")
"""What a form carries beside what was typed."""


def show(template: str, *, fragment: str | None = None, status: int = 200, **context: Any) -> Response:
    """A page; or only its `fragment` template when htmx asks for a part of the page it already has."""
    partial = fragment and request.headers.get("HX-Request-Type") == "partial"
    name = fragment if partial and fragment else template
    return make_response(render_template(name, **context), status)


def go(address: str, said: str = "", *, undo: str = "", see: str = "") -> Response:
    """After a change: to `address` (our own), with a sentence shown there, and with the way back if there is one, or
    with the way to the page (`see`) that it speaks of."""
    if said:
        flash(said, undo or (f"see {see}" if see else "message"))
    return make_response(redirect(address, code=303))


def back(default: str, said: str = "", *, undo: str = "") -> Response:
    """After a change: to the page the form named in `next`, if it is one of ours, else to `default`."""
    return go(inside(request.form.get("next")) or default, said, undo=undo)


def inside(address: str | None) -> str | None:
    """`address` when it is a plain path on this site, else None. Nothing else is ever redirected to."""
    if not address or len(address) > 500 or not address.startswith("/"):
        return None
    if address[1:2] in ("/", "\\") or any(ord(char) < 33 or char == "\\" or ord(char) > 126 for char in address):
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else None


def to_sign_in() -> Response:
    """To the sign-in page, coming back afterwards to the page that was asked for, or from which something was asked."""
    part = request.headers.get("HX-Request")
    acted = request.method != "GET"
    here = _page_before() if part or acted else request.full_path.rstrip("?")
    back_to = inside(here) if here != "/" else None
    address = url_for("access.sign_in", next=back_to, ended="yes" if acted else None)
    if part:
        return make_response("", 401, {"HX-Redirect": address})
    return make_response(redirect(address, code=303))


def _page_before() -> str:
    try:
        page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/")
    except ValueError:  # no address at all
        return "/"
    return page.path + (f"?{page.query}" if page.query else "")


def filled(form: type[F]) -> F:
    """The form of this request's body. Raises Invalid with reasons at the fields."""
    return parse(form, entered())


def entered() -> dict[str, Any]:
    """What was typed, as it was typed, for showing the form again."""
    single = SINGLE.get(request.endpoint or "", frozenset())
    lists = {name for name in request.form if name.endswith("[]") and name[:-2] not in single}
    values: dict[str, Any] = {name: request.form[name] for name in request.form if name not in lists}
    values |= {name[:-2]: request.form.getlist(name) for name in lists}
    return {name: value for name, value in values.items() if name not in CARRIED}


def asked(form: type[F]) -> F:
    """The filter in this request's address. A wrong one is refused, never silently ignored. Of a change the address may
    also hold what the form carries: htmx puts the fields of a DELETE there."""
    passed = () if request.method == "GET" else (*CARRIED, "_method")
    return parse(form, {name: request.args[name] for name in request.args if name not in passed})


def known_of(form: type[F]) -> F:
    """The same for a list that people keep the address of: what other tools hang onto it (`utm_source=…`) is none of
    ours and is passed over; a value of our own that cannot be is still refused."""
    return parse(form, {name: request.args[name] for name in request.args if name in form.model_fields})


def reasons_of(problem: Problem) -> dict[str, list[str]]:
    return {name: list(found) for name, found in problem.fields.items()}
