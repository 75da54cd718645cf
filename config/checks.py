"""How the text of each setting is read. A check returns the value or raises ValueError.

The message of the error continues a sentence that begins with the name of the setting.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

SHORTEST_SECRET = 32
MOST_WEB_PROCESSES = 64
TLS_PORTS = {"starttls": 587, "on": 465, "off": 25}


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in. `tls` holds from the first byte (`on`), after asking (`starttls`) or never."""

    host: str
    port: int
    tls: Literal["on", "starttls", "off"]
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class FilesPlace:
    """A bucket of an S3 server: `endpoint` is host and port, `secure` whether it is spoken to over TLS."""

    bucket: str
    prefix: str
    endpoint: str
    secure: bool
    region: str | None


def _address(text: str, schemes: tuple[str, ...]) -> SplitResult:
    wanted = " or ".join(f"{scheme}://" for scheme in schemes)
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError("is not an address that can be read: check its host and port.") from None
    if parts.scheme not in schemes:
        raise ValueError(f"has to begin with {wanted}.")
    return parts


def database_url(text: str) -> str:
    """The SQLAlchemy address of a PostgreSQL, whichever of its usual names the operator wrote."""
    parts = _address(text, ("postgresql", "postgres", "postgresql+psycopg"))
    if not parts.path.strip("/"):
        raise ValueError("names no database: it has to look like postgresql://user:password@host:5432/collab.")
    # Not urlunsplit: it drops the empty host of postgresql:///collab?host=/run/postgresql.
    return "postgresql+psycopg://" + text.split("://", 1)[1]


def redis_url(text: str) -> str:
    """The address of a Redis."""
    parts = _address(text, ("redis", "rediss", "unix"))
    if parts.scheme == "unix" and not parts.path.strip("/"):
        raise ValueError("names no socket: it has to look like unix:///run/redis/redis.sock?db=0.")
    if parts.scheme != "unix" and not parts.hostname:
        raise ValueError("names no host: it has to look like redis://host:6379/0.")
    return text


def folder(text: str) -> Path:
    """A folder, as an absolute path."""
    path = Path(text).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ValueError(f"is {path}, which is a file; it has to be a folder.")
    return path


def public_url(text: str) -> str:
    """The address people type, as browsers write it in `Origin`: no path and no closing slash, the usual port of the
    scheme left out, a name in other letters than Latin in its ASCII form, brackets around IPv6."""
    parts = _address(text, ("http", "https"))
    if not parts.hostname:
        raise ValueError("names no host: it has to look like https://collab.example.org.")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("may only hold scheme, host and port: Collab lives at the root of its address.")
    try:
        name = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError("has a host that cannot be a name on the network.") from None
    usual = {"http": 80, "https": 443}[parts.scheme]
    port = f":{parts.port}" if parts.port not in (None, usual) else ""
    return f"{parts.scheme}://{bracketed(name)}{port}".lower()


def bracketed(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def host(text: str) -> str:
    """A name or address of this machine to listen on."""
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", text):
        raise ValueError("has to be a name or an IP address of this machine, such as 127.0.0.1 or 0.0.0.0.")
    return text


def port(text: str) -> int:
    """A TCP port."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise ValueError("has to be a whole number from 1 to 65535.")
    return int(text)


def secret(text: str) -> str:
    """A secret long enough not to be guessed."""
    if len(text) < SHORTEST_SECRET:
        raise ValueError(
            f"is shorter than {SHORTEST_SECRET} characters; "
            'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return text


def environment(text: str) -> str:
    """What this copy is for."""
    if text not in ("development", "production", "test"):
        raise ValueError("has to be development, production or test.")
    return text


def sample(text: str) -> str:
    """Who may reach the sample organisation."""
    if text not in ("loopback", "open"):
        raise ValueError("has to be loopback or open.")
    return text


def web_processes(text: str) -> int:
    """How many processes answer requests."""
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MOST_WEB_PROCESSES:
        raise ValueError(f"has to be a whole number from 1 to {MOST_WEB_PROCESSES}.")
    return int(text)


def mail_server(text: str) -> MailServer:
    """A mail server from smtp://user:password@host:port?tls=starttls|on|off."""
    parts = _address(text, ("smtp",))
    if not parts.hostname:
        raise ValueError("names no host: it has to look like smtp://user:password@host:587?tls=starttls.")
    asked = parse_qs(parts.query)
    tls = asked.pop("tls", ["starttls"])[-1]
    if asked or tls not in TLS_PORTS:
        raise ValueError("may end in ?tls=starttls (the default), ?tls=on or ?tls=off and nothing else.")
    user, password = (unquote(word) if word else None for word in (parts.username, parts.password))
    return MailServer(parts.hostname, parts.port or TLS_PORTS[tls], tls, user, password)  # type: ignore[arg-type]


def sender(text: str) -> str:
    """The sender of mail, with or without a name."""
    address = parseaddr(text)[1]
    if not text.isprintable() or not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise ValueError('has to be an address such as "Collab <collab@example.org>".')
    return text


def box(text: str) -> str:
    """A mail address alone."""
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,60}@[A-Za-z0-9.-]{1,180}", text):
        raise ValueError('has to be an address such as "answers@example.org".')
    return text


def proxies(text: str) -> int:
    """How many proxies stand in front: 0 to 5."""
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= 5:
        raise ValueError(f"has to be a number from 0 to 5, not {text}.")
    return int(text)


def number(least: int, most: int) -> Callable[[str], int]:
    """A check for a whole number between two bounds."""

    def check(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"has to be a whole number from {least} to {most}.")
        return int(text)

    return check


def files_url(text: str) -> FilesPlace:
    """Where files are kept, if not in the data folder: `s3://bucket/prefix`, with `?endpoint=` and `&region=`."""
    parts = _address(text, ("s3",))
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", parts.netloc):
        raise ValueError("names no bucket: it has to look like s3://bucket/prefix.")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if asked.keys() - {"endpoint", "region"}:
        raise ValueError("may say endpoint= and region= after the question mark, and nothing else.")
    server = _address(asked.get("endpoint") or "https://s3.amazonaws.com", ("https", "http"))
    if not server.hostname or server.path.strip("/") or server.username:
        raise ValueError("has an endpoint that is not just https://host:port.")
    if find_spec("minio") is None:
        raise ValueError("needs what `make s3` installs.")
    prefix = unquote(parts.path).strip("/")
    return FilesPlace(
        parts.netloc, f"{prefix}/" if prefix else "", server.netloc, server.scheme == "https", asked.get("region")
    )
