"""The secret key of one machine: made once and kept where only its owner may read it."""

import contextlib
import os
import secrets
from pathlib import Path

FILE = "secret_key"


def kept(data_dir: Path) -> str:
    """The key in the data folder, made at the first call (mode 0600).

    Raises OSError when the folder cannot be written or the file cannot be read.
    """
    path = data_dir / FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = data_dir / f"{FILE}.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        # Two processes may get here at once: link keeps the first file and refuses the second.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
