"""What a page answers after an act: the page one came from, or word to the open page that it should ask again."""

import json

from flask import Response, make_response, request

from collab.web.pages import back, go

CHANGED = "item-changed"


def is_part() -> bool:
    """Whether an open page asks for, or sends, a part of itself."""
    return request.headers.get("HX-Request-Type") == "partial"


def done(reference: str, said: str) -> Response:
    """After an act on an item: where the form wanted to go; an open page of the item asks again in place."""
    address = f"/work-items/{reference}"
    if is_part():
        told = json.dumps({CHANGED: True, "toast": {"text": said}})
        return make_response("", 204, {"HX-Trigger": told})
    if request.form.get("next"):
        return back(address, said)
    return go(address, said)
