"""An address to which only a form is sent, opened by itself: a page that was refused stands under it, and whoever opens
it anew from the bar of the browser, or kept it, is led to the page that has the form."""

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from .doors import DOORS


def page_with_the_form() -> str | None:
    """The page that a door names, else the nearest page above the address; None where there is none but the first."""
    if request.method not in ("GET", "HEAD") or request.path.startswith("/api/") or "HX-Request" in request.headers:
        return None
    return _named(request.path) or _above(request.path)


def _named(path: str) -> str | None:
    found = _met(path, "POST")
    page = DOORS[found[0]].page if found and found[0] in DOORS else None
    return page.format(**found[1]) if found and page else None


def _above(path: str) -> str | None:
    above = path.rpartition("/")[0]
    while above:
        if _met(above, "GET"):
            return above
        above = above.rpartition("/")[0]
    return None


def _met(path: str, method: str) -> tuple[str, dict[str, object]] | None:
    try:
        endpoint, args = current_app.url_map.bind("").match(path, method)
    except (HTTPException, RequestRedirect):
        return None
    return endpoint, dict(args)
