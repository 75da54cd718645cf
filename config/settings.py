"""What an operator may choose: read from the environment, checked at once, kept as plain data."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config import checks, places, secret
from config.places import embedded_database_url, embedded_redis_url

MEGABYTE = 1024 * 1024
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class BadSettings(Exception):
    """One or more settings are wrong; `problems` holds one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Setting:
    """One environment variable. `default` is what the documentation says of its absence."""

    name: str
    default: str
    meaning: str
    check: Callable[[str], object]


TABLE = (
    Setting(
        "DATABASE_URL",
        "an embedded PostgreSQL in the data folder",
        "PostgreSQL 15 or later: `postgresql://user:password@host:5432/collab`.",
        checks.database_url,
    ),
    Setting(
        "REDIS_URL",
        "a private Redis in the data folder",
        "Redis 6.2 or later or Valkey: `redis://host:6379/0`, `rediss://…`, `unix:///…`.",
        checks.redis_url,
    ),
    Setting(
        "COLLAB_DATA_DIR",
        "`./var`",
        "Files, keys and what is embedded. One running Collab to a folder.",
        checks.folder,
    ),
    Setting(
        "BALLOT_KEYS_DIR",
        "a folder beside the data folder, `./var.ballot-keys`",
        "Keys of confidential votes while they run, the same folder on every machine. Not to be backed up: beside a "
        "copy of the database they open every ballot.",
        checks.folder,
    ),
    Setting(
        "COLLAB_URL",
        "`http://localhost:PORT`",
        "The address people type. Other host names and other origins are refused.",
        checks.public_url,
    ),
    Setting("HOST", "`127.0.0.1`", "The address to listen on; `0.0.0.0` for all of this machine.", checks.host),
    Setting("PORT", "`8000`", "The port to listen on.", checks.port),
    Setting(
        "SECRET_KEY",
        "made and kept in the data folder",
        "Signs what Collab hands out; at least 32 characters, the same on every machine. Has to be given "
        "when `COLLAB_ENV` is `production` and `DATABASE_URL` is given.",
        checks.secret,
    ),
    Setting(
        "COLLAB_ENV",
        "`development`",
        "`development` (brings a sample organisation at first start), `production` or `test`.",
        checks.environment,
    ),
    Setting(
        "COLLAB_SAMPLE",
        "`loopback`",
        "`open` serves the sample organisation, whose passwords are published, also where `HOST` or `COLLAB_URL` lets "
        "others reach it; otherwise Collab does not start there.",
        checks.sample,
    ),
    Setting(
        "SMTP_URL",
        "mail is kept in Collab and shown to administrators",
        "Mail server: `smtp://user:password@host:587?tls=starttls`, or `tls=on` or `off`.",
        checks.mail_server,
    ),
    Setting("MAIL_FROM", "`Collab <collab@HOST>`, HOST that of `COLLAB_URL`", "The sender of mail.", checks.sender),
    Setting(
        "ANSWERS_TO",
        "e-mail answers nothing but through its hook",
        "A mail address, such as `answers@city.example`: what comes to `answers+…@city.example` the mail server hands "
        "to `collab mail receive` or to the hook.",
        checks.box,
    ),
    Setting(
        "PROXIES",
        "`0`",
        "How many reverse proxies stand in front; that many entries of `X-Forwarded-For` and `-Proto` are believed.",
        checks.proxies,
    ),
    Setting(
        "WEB_PROCESSES",
        "2, or 1 on one processor",
        "How many processes answer requests.",
        checks.web_processes,
    ),
    Setting(
        "FILE_MOST_MB",
        "`100`",
        "The largest file that is taken, in megabytes (1 to 4000).",
        checks.number(1, 4000),
    ),
    Setting(
        "FILE_UNPACKED_MOST_MB",
        "`1024`",
        "How much an archive or office document may unpack to, in megabytes (1 to 16000).",
        checks.number(1, 16_000),
    ),
    Setting(
        "FILES_URL",
        "the data folder",
        "Where files are kept: `s3://bucket/prefix`, for another server than that of AWS with "
        "`?endpoint=https://host:port`, and `&region=…`. Key and secret are read from `AWS_ACCESS_KEY_ID` and "
        "`AWS_SECRET_ACCESS_KEY`, or from the role of the machine. Needs the extra `s3`.",
        checks.files_url,
    ),
    Setting(
        "FILES_MOST_GB",
        "as much as the disk holds, but for its last 500 MB",
        "How much room all files together may take, in gigabytes.",
        checks.number(1, 1_000_000),
    ),
)


@dataclass(frozen=True)
class Settings:
    """All settings of one running copy. What could hold a password is left out of its representation."""

    environment: str
    database_url: str = field(repr=False)
    database_embedded: bool
    redis_url: str = field(repr=False)
    redis_embedded: bool
    data_dir: Path
    ballot_keys_dir: Path
    url: str
    host: str
    port: int
    secret_key: str = field(repr=False)
    mail_server: checks.MailServer | None
    smtp_url: str | None = field(repr=False)
    mail_from: str
    answers_to: str | None
    web_processes: int
    proxies: int = 0
    sample_open: bool = False
    file_most: int = 100 * MEGABYTE
    file_unpacked_most: int = 1024 * MEGABYTE
    files_most: int | None = None
    files_place: checks.FilesPlace | None = None

    @property
    def reached_by_others(self) -> bool:
        """Whether somebody at another machine may reach this copy, directly or through a proxy."""
        return not (_is_loopback(self.host) and _is_loopback(urlsplit(self.url).hostname or ""))

    @property
    def trusted_hosts(self) -> tuple[str, ...]:
        """The host names that requests may be made to, without ports; every name of the loopback or one."""
        host = urlsplit(self.url).hostname or ""
        return ("localhost", "127.0.0.1", "[::1]") if host in LOOPBACK else (checks.bracketed(host),)

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins that pages of ours come from, for the check on sockets and forms."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return tuple(f"{parts.scheme}://{name}{port}" for name in self.trusted_hosts)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check every setting; an empty variable counts as absent.

    Makes the data folder and its secret key where the key is absent and one machine may keep its own.
    Raises BadSettings with one sentence for each mistake, all at once.
    """
    given = {name: text.strip() for name, text in (os.environ if environ is None else environ).items()}
    problems: list[str] = []
    values: dict[str, Any] = {}
    for setting in TABLE:
        if given.get(setting.name):
            try:
                values[setting.name] = setting.check(given[setting.name])
            except ValueError as error:
                problems.append(f"{setting.name} {error}")
    production = values.get("COLLAB_ENV") == "production"
    if production:
        problems += _missing_in_production(given)
    if problems:
        raise BadSettings(problems)
    return _settings(values, given)


def _missing_in_production(given: Mapping[str, str]) -> list[str]:
    problems = []
    if given.get("DATABASE_URL") and not given.get("SECRET_KEY"):
        problems.append(
            "SECRET_KEY has to be given in production with a database of your own, the same on every machine."
        )
    url = urlsplit(given.get("COLLAB_URL", ""))
    if given.get("COLLAB_URL") and url.scheme == "http" and url.hostname not in LOOPBACK:
        problems.append("COLLAB_URL has to begin with https:// in production: cookies are sent over TLS only.")
    return problems


def _settings(values: Mapping[str, Any], given: Mapping[str, str]) -> Settings:
    data_dir: Path = values.get("COLLAB_DATA_DIR") or Path("var").absolute()
    port: int = values.get("PORT", 8000)
    url: str = values.get("COLLAB_URL") or f"http://localhost:{port}"
    try:
        key: str = values.get("SECRET_KEY") or secret.kept(data_dir)
    except OSError as error:
        raise BadSettings(
            [f"COLLAB_DATA_DIR is {data_dir}, where nothing can be kept: {error.strerror}. Choose another folder."]
        ) from error
    return Settings(
        environment=values.get("COLLAB_ENV", "development"),
        database_url=values.get("DATABASE_URL") or embedded_database_url(data_dir),
        database_embedded="DATABASE_URL" not in values,
        redis_url=values.get("REDIS_URL") or embedded_redis_url(data_dir),
        redis_embedded="REDIS_URL" not in values,
        data_dir=data_dir,
        ballot_keys_dir=values.get("BALLOT_KEYS_DIR") or places.ballot_keys_folder(data_dir),
        url=url,
        host=values.get("HOST", "127.0.0.1"),
        port=port,
        secret_key=key,
        mail_server=values.get("SMTP_URL"),
        smtp_url=given.get("SMTP_URL") or None,
        answers_to=values.get("ANSWERS_TO"),
        mail_from=values.get("MAIL_FROM") or f"Collab <collab@{urlsplit(url).hostname}>",
        web_processes=values.get("WEB_PROCESSES") or min(2, os.cpu_count() or 1),
        proxies=values.get("PROXIES", 0),
        sample_open=values.get("COLLAB_SAMPLE") == "open",
        file_most=values.get("FILE_MOST_MB", 100) * MEGABYTE,
        file_unpacked_most=values.get("FILE_UNPACKED_MOST_MB", 1024) * MEGABYTE,
        files_most=values["FILES_MOST_GB"] * 1024 * MEGABYTE if "FILES_MOST_GB" in values else None,
        files_place=values.get("FILES_URL"),
    )


def markdown() -> str:
    """The table of settings for the reference documentation."""
    rows = [f"| `{setting.name}` | {setting.default} | {setting.meaning} |" for setting in TABLE]
    return "\n".join(["| Variable | When absent | Meaning |", "|---|---|---|", *rows]) + "\n"
