"""Sending contents: with their tag, in parts where one part is asked for (RFC 9110), never as a page of ours."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from flask import Response, request
from werkzeug.http import parse_range_header

from collab.core.files import Store, download_headers
from collab.core.files.kinds import Kind, kind_called
from collab.core.files.packing import packed
from collab.core.files.store import CHUNK, Pieces

from .queries import File, Picture


def sent(keeper: Store, file: File, *, shown: bool = False) -> Response:
    """A file as it was given, to be saved; `shown` lets a browser show harmless pictures."""
    headers = download_headers(file.name, kind_called(file.media_type), file.sha256, shown=shown)
    return _content(keeper, file.sha256, file.size, headers)


def sent_picture(keeper: Store, file: File, picture: Picture) -> Response:
    """A preview. Its content never changes, but the right to see it may end."""
    headers = download_headers(f"{file.name}.webp", kind_called("image/webp"), picture.sha256, shown=True)
    return _content(keeper, picture.sha256, picture.size, headers)


def sent_packed(keeper: Store, name: str, files: Iterable[File]) -> Response:
    """Files as one archive, made while it is sent."""
    headers = download_headers(name, Kind("application/zip", frozenset({"zip"})), "")
    del headers["ETag"]
    entries = [(file.name, file.added_at, file.sha256) for file in files]
    return Response(packed(_opened(keeper, entries)), headers=headers, direct_passthrough=True)


def _opened(keeper: Store, entries: list[tuple[str, datetime, str]]) -> Iterator[tuple[str, datetime, Pieces]]:
    for name, at, sha256 in entries:
        yield name, at, keeper.chunks(sha256)


def _content(keeper: Store, sha256: str, size: int, headers: dict[str, str]) -> Response:
    tag = headers["ETag"]
    headers["Accept-Ranges"] = "bytes"
    if request.if_none_match.contains(sha256):
        return Response(status=304, headers={name: headers[name] for name in ("ETag", "Cache-Control")})
    start, end = _part(tag, size) or (0, size)
    status = 200 if (start, end) == (0, size) else 206
    if start >= end:
        return Response(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    headers["Content-Length"] = str(end - start)
    if status == 206:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    body: Iterable[bytes] | None = keeper.chunks(sha256, start, end) if request.method != "HEAD" else None
    if body is not None and end - start <= CHUNK:
        body = list(body)
    return Response(body, status=status, headers=headers, direct_passthrough=body is not None)


def _part(tag: str, size: int) -> tuple[int, int] | None:
    """From which byte to before which, when one part is asked for that can be given; empty when it cannot."""
    given = parse_range_header(request.headers.get("Range"))
    unless = request.headers.get("If-Range")
    if given is None or given.units != "bytes" or len(given.ranges) != 1 or (unless is not None and unless != tag):
        return None
    start, end = given.ranges[0]
    if start < 0:
        return max(0, size + start), size
    return start, size if end is None else min(end, size)
