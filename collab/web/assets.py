"""Built files: named by their content, kept for ever by browsers, sent already compressed."""

import json
import mimetypes
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, make_response, request, send_from_directory

from collab.core.errors import NotFound

from .doors import door

BUILT = Path(__file__).parent / "static" / "built"
FOR_EVER = "public, max-age=31536000, immutable"

assets = Blueprint("assets", __name__, url_prefix="/static/built")


@cache
def _manifest() -> dict[str, str]:
    return dict(json.loads((BUILT / "manifest.json").read_text()))


@cache
def asset(name: str) -> str:
    """The address of a built file by its plain name: `asset("app.css")`."""
    return f"/static/built/{_manifest()[name]}"


@cache
def _built() -> frozenset[str]:
    """Names of the files that were built; nothing else is ever sent."""
    names = {path.name for path in BUILT.iterdir() if path.is_file()}
    return frozenset(name for name in names if name != "manifest.json" and not name.startswith("."))


worker = Blueprint("worker", __name__)


@door(worker, "GET /service-worker.js", public=True)
def service_worker() -> Response:
    """Send the script that shows pop-ups. It stands at the root: a browser lets it work only below its address."""
    response = send_from_directory(BUILT, _manifest()["service-worker.js"])
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return make_response(response)


@door(assets, "GET /<path:name>", public=True)
def built(name: str) -> Response:
    """Send a built file."""
    if name not in _built():
        raise NotFound
    for ending, coding in ((".br", "br"), (".gz", "gzip")):
        if coding in request.headers.get("Accept-Encoding", "") and (BUILT / (name + ending)).is_file():
            response = send_from_directory(BUILT, name + ending)
            response.headers["Content-Encoding"] = coding
            break
    else:
        response = send_from_directory(BUILT, name)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".woff2"):
        kind = "font/woff2"
    response.headers["Content-Type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Vary"] = "Accept-Encoding"
    return make_response(response)
