"""Where the embedded database and broker of one machine are found, worked out from the data folder alone.

Every process (web, worker, a command typed by hand) comes to the same addresses without asking the others.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

LONGEST_SOCKET_FOLDER = 80
"""Bytes. The kernel allows 104 to 108 for a whole socket address and PostgreSQL appends 19 of its own."""


def socket_folder(data_dir: Path) -> Path:
    """The folder of the Unix sockets: inside the data folder, or a short one elsewhere if it is too long."""
    inside = data_dir / "run"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
        return inside
    mark = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"collab-{os.getuid()}-{mark}"
    return short if len(os.fsencode(short)) <= LONGEST_SOCKET_FOLDER else Path("/tmp") / short.name  # noqa: S108


def embedded_database_url(data_dir: Path) -> str:
    """The SQLAlchemy address of the embedded PostgreSQL."""
    return f"postgresql+psycopg://collab@/collab?host={quote(str(socket_folder(data_dir)))}"


def redis_socket(data_dir: Path) -> Path:
    """The socket file of the private Redis."""
    return socket_folder(data_dir) / "redis.sock"


def embedded_redis_url(data_dir: Path) -> str:
    """The address of the private Redis."""
    return f"unix://{quote(str(redis_socket(data_dir)))}?db=0"


def ballot_keys_folder(data_dir: Path) -> Path:
    """Where keys of confidential votes lie unless another folder was chosen: beside the data folder, so that whoever
    copies that one has no key."""
    return data_dir.with_name(f"{data_dir.name}.ballot-keys")
