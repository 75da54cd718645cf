"""Pages are sent compressed. Tokens in them are masked anew each time, so compression leaks nothing (BREACH)."""

from typing import Final

from flask import Flask, Response, request
from zlib_ng import zlib_ng

LEAST: Final = 1_000
LEVEL: Final = 5
GZIP: Final = 31
"""The largest window, and a head that says gzip."""


def install(app: Flask) -> None:
    app.after_request(squeeze)


def squeeze(response: Response) -> Response:
    kind = response.mimetype or ""
    if (
        response.is_streamed
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
        or not (kind.startswith("text/") or kind.endswith("json"))
        or "gzip" not in request.headers.get("Accept-Encoding", "")
    ):
        return response
    data = response.get_data()
    if len(data) < LEAST:
        return response
    packer = zlib_ng.compressobj(LEVEL, zlib_ng.DEFLATED, GZIP)
    response.set_data(packer.compress(data) + packer.flush())
    response.headers["Content-Encoding"] = "gzip"
    if etag := response.headers.get("ETag"):
        response.headers["ETag"] = etag
    return response
