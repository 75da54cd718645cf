"""Where a form leads once it was taken, on a page and in a dialog."""

import json

from flask import Response, flash, make_response, request

from collab.web.pages import go


def arrived(address: str, said: str, undo: str = "") -> Response:
    """To `address` with a sentence shown there, and the way back if there is one. A dialog is told to load that page:
    one swapped into the body of this one would stand there without its modules."""
    if request.headers.get("HX-Request-Type") == "partial":
        flash(said, undo or "message")
        return make_response("", 204, {"HX-Redirect": address})
    return go(address, said, undo=undo)


def changed(reference: str, said: str) -> Response:
    """Back to an item that was changed. An open page of it asks again in place and shows the sentence."""
    if request.headers.get("HX-Request-Type") == "partial":
        told = json.dumps({"item-changed": True, "toast": {"text": said}})
        return make_response("", 204, {"HX-Trigger": told})
    return go(f"/work-items/{reference}", said)
