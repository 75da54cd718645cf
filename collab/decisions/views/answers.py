"""Where a form leads once it was taken, and how it comes back when it was not."""

import json
from typing import Any

from flask import Response, flash, make_response, request

from collab.core.envelope import Seen
from collab.core.errors import Invalid, Problem
from collab.core.forms import typed_id
from collab.web.pages import entered, go

from ..queries import Found


def is_part() -> bool:
    return request.headers.get("HX-Request-Type") == "partial"


def done(reference: str, said: str, tab: str = "") -> Response:
    """Back to the decision with a sentence; an open page asks again in place."""
    address = f"/decisions/{reference}" + (f"?tab={tab}" if tab else "")
    if is_part():
        flash(said)
        return make_response(
            "", 204, {"HX-Location": json.dumps({"path": address, "target": "#main", "select": "#main"})}
        )
    return go(address, said)


def arrived(address: str, said: str) -> Response:
    """To `address` with a sentence shown there; a dialog is told to go there."""
    if is_part():
        flash(said)
        return make_response("", 204, {"HX-Location": address})
    return go(address, said)


def reasons(problem: Problem) -> dict[str, list[str]]:
    """Why not, by field; what belongs to no field stands under an empty name."""
    return {name: list(found) for name, found in problem.fields.items()} or {"": [problem.sentence()]}


Typed = dict[str, Any]

WORDS = ("title", "text", "reason", "note", "outcome", "revisit_when", "item")
"""The fields of the forms of a decision into which people write."""


def words_sent() -> tuple[str, str]:
    """The form of the page that was sent, as the end of its address, and what was written into it: it is not thrown
    away where the decision goes on and the form stands no more."""
    typed = entered()
    written = [typed[name] for name in WORDS if isinstance(typed.get(name), str) and typed[name].strip()]
    return "/".join(request.path.split("/")[3:]), "\n\n".join(written)


def seen_by(found: Found, typed: Typed) -> Seen:
    """The decision in the version of the page that was sent; taken out of what was typed. What is no version is none
    that there was, so that the check is not passed over."""
    given = typed.pop("version", "")
    return Seen(found.id, (typed_id(given) or -1) if given else None)


def version_again(problem: Problem, sent: object, now: int) -> int:
    """The version with which a form comes back. Where what was typed is amiss that is the one it was opened in: what
    somebody else changed since was not read yet. Whoever is told of their change has the one that stands now."""
    return (typed_id(sent) if isinstance(problem, Invalid) else None) or now
