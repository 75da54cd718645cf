"""Where a form leads once it was taken, on a page and in a dialog."""

from flask import Response, flash, make_response, request

from collab.web.pages import go


def arrived(address: str, said: str) -> Response:
    """To `address` with a sentence shown there. A dialog is told to go there; it would swap the page into itself."""
    if request.headers.get("HX-Request-Type") == "partial":
        flash(said)
        return make_response("", 204, {"HX-Location": address})
    return go(address, said)
