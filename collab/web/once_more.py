"""A form that outlived the session it was opened in: nothing is done, and nothing typed is lost.

Whoever signed out and in again in another window sends tokens of the session before. Their form is shown once more as
it was sent, to be read and sent by their own press; what a page sends by itself gets the token that holds.
"""

from typing import Final, NamedTuple

from flask import Response, g, make_response, render_template, request

from .guard import Outlived, csrf_token

HEADER: Final = "X-CSRF-Token"
UNSEEN: Final = ("password", "secret", "token")
MOST_FIELDS: Final = 500
LINE: Final = 80


class Sent(NamedTuple):
    """One field as it was sent: `kind` is hidden, line or text."""

    name: str
    value: str
    kind: str


def let(response: Response) -> None:
    """Give the page the token of the session now, and whose it is. Only our own pages can read it."""
    response.headers[HEADER] = csrf_token(g.actor.session_id or 0)
    response.headers["X-Person"] = str(g.actor.person_id)
    response.headers["Cache-Control"] = "no-store"


def shown(problem: Outlived) -> Response | None:
    """The form once more; None where it is none that a browser sends by itself, or holds what is never sent back."""
    by_form = request.method == "POST" or "_method" in request.args  # HTML forms know only POST
    if not by_form or request.headers.get("HX-Request") or request.is_json:
        return None
    names = [name for name in request.form if name != "csrf_token"]
    if not names or len(names) > MOST_FIELDS or any(word in name.lower() for name in names for word in UNSEEN):
        return None
    fields = [_sent(name, value) for name in names for value in request.form.getlist(name)]
    page = render_template(
        "web/once_more.html",
        problem=problem,
        fields=fields,
        name=g.actor.name,
        action=request.full_path.rstrip("?"),
        token=csrf_token(g.actor.session_id or 0),
        files=any(file.filename for file in request.files.values()),
    )
    return make_response(page)


def _sent(name: str, value: str) -> Sent:
    """Texts are shown; what pages carry for themselves (numbers, marks, single words) is only sent again."""
    typed = " " in value.strip() or "\n" in value.strip()
    kind = "hidden" if not typed else "text" if "\n" in value or len(value) > LINE else "line"
    return Sent(name, value, kind)
