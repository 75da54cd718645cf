"""The headers with which a file leaves: to be saved, never to be run in our name.

RFC 6266 (Content-Disposition), RFC 8187 (`filename*`), WHATWG Fetch (nosniff). A kind that a browser could run is
called octet-stream; the sandbox holds even where a browser shows it.
"""

import unicodedata
from typing import Final
from urllib.parse import quote

from .kinds import Kind
from .names import clean_name

_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._-()+,")
_SAFE_IN_VALUE: Final = "!#$&+-.^_`|~"
_HARMFUL: Final = frozenset({"text/html", "image/svg+xml", "application/xml", "application/xhtml+xml"})


def download_headers(name: str, kind: Kind, sha256: str, *, shown: bool = False) -> dict[str, str]:
    """Headers for sending the file `name` with the content `sha256`.

    `shown`: let the browser show it inside our pages, which only inert kinds (pictures) get.
    """
    inline = shown and kind.inert
    harmless = not kind.program and kind.media_type not in _HARMFUL
    return {
        "Content-Type": _with_charset(kind.media_type) if harmless else "application/octet-stream",
        "Content-Disposition": f"{'inline' if inline else 'attachment'}; {_file_name(name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        # Asked again each time, since the right to read may have ended.
        "Cache-Control": "private, no-cache",
        "ETag": f'"{sha256}"',
    }


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _file_name(name: str) -> str:
    """The name twice: in ASCII for old clients, in UTF-8 for all others."""
    name = clean_name(name)
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    fallback = "".join(char if char in _PLAIN else "_" for char in bare)
    return f"filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe=_SAFE_IN_VALUE)}"
