"""Sealed envelopes of confidential votes: a key pair per vote, fixed lengths, receipts. See docs/adr/0040.

HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305) as the `cryptography` package gives it. The private half stands
in the database encrypted under a key of this vote alone, a file in a folder of its own that goes when the vote closes:
a copy of the database and of the data folder opens nothing, neither before nor after.
"""

import contextlib
import hashlib
import os
import secrets
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

EARLIER: Final = "ballot_keys"
"""The folder inside the data folder where key files lay before they had one of their own."""
LONGEST_OPENING: Final = 3_600.0
"""Seconds; far more than the database gives any change."""
_SAYS: Final = b"collab ballot 1:"


class Keys(NamedTuple):
    """The public half, and the private half encrypted under the key file."""

    public: bytes
    sealed: bytes


class Places(NamedTuple):
    """Where the key files of an installation lie, and where they lay in earlier versions."""

    now: Path
    earlier: Path


def places() -> Places:
    """Those of this installation."""
    from flask import current_app

    given = current_app.config
    return Places(Path(given["BALLOT_KEYS_DIR"]), Path(given["COLLAB_DATA_DIR"]) / EARLIER)


def _suite() -> Any:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite  # loaded where ballots are sealed alone

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _name(item_id: int, public: bytes) -> str:
    return f"{item_id}-{hashlib.sha256(public).hexdigest()[:16]}"


def key_file(found: Places, item_id: int, public: bytes) -> Path | None:
    """The key file of a vote, or nothing where it is gone."""
    return next((path for place in found if (path := place / _name(item_id, public)).exists()), None)


def new_keys(folder: Path, item_id: int) -> Keys:
    """A key pair for one vote; its key file is written and on the disk before this returns. Raises OSError."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    key, nonce = ChaCha20Poly1305.generate_key(), secrets.token_bytes(12)
    path = folder / _name(item_id, public)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(path, key)
    sealed = nonce + ChaCha20Poly1305(key).encrypt(nonce, private.private_bytes_raw(), public)
    return Keys(public, sealed)


def _write(path: Path, key: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())


def seal(public: bytes, item_id: int, words: bytes) -> bytes:
    """`words` in an envelope that only this vote's private half opens."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    sealed: bytes = _suite().encrypt(words, X25519PublicKey.from_public_bytes(public), _info(item_id))
    return sealed


def open_all(found: Places, item_id: int, keys: Keys, envelopes: list[bytes]) -> list[bytes]:
    """What was in the envelopes, in memory, in the same order. Raises OSError without the key file, and
    cryptography's InvalidTag where an envelope was changed."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    path = key_file(found, item_id, keys.public)
    if path is None:
        raise FileNotFoundError(_name(item_id, keys.public))
    key = path.read_bytes()
    raw = ChaCha20Poly1305(key).decrypt(keys.sealed[:12], keys.sealed[12:], keys.public)
    private, suite, info = X25519PrivateKey.from_private_bytes(raw), _suite(), _info(item_id)
    return [suite.decrypt(envelope, private, info) for envelope in envelopes]


def destroy(found: Places, item_id: int, public: bytes) -> None:
    """The key file goes; nobody opens an envelope of this vote again."""
    for place in found:
        (place / _name(item_id, public)).unlink(missing_ok=True)


def brought_over(found: Places) -> None:
    """Key files that lie where earlier versions kept them come to where they are kept now. Raises OSError."""
    for path in sorted(found.earlier.glob("*-*")):
        found.now.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = found.now / f".{path.name}"  # the two may lie on different disks: whole under its name, or not there
        copy.unlink(missing_ok=True)
        _write(copy, path.read_bytes())
        copy.replace(found.now / path.name)
        path.unlink()
    with contextlib.suppress(OSError):
        found.earlier.rmdir()


def left_behind(folder: Path) -> list[tuple[int, Path]]:
    """Key files with the vote they belong to, to find those that a crash left behind."""
    found = []
    for path in sorted(folder.glob("*-*")):
        number = path.name.split("-")[0]
        if number.isdigit():
            found.append((int(number), path))
    return found


def is_old(path: Path) -> bool:
    """Whether a key file was written so long ago that no opening can still be under way with it."""
    with contextlib.suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime > LONGEST_OPENING
    return False


def receipt_of(envelope: bytes) -> bytes:
    """What the voter keeps: the SHA-256 of the envelope."""
    return hashlib.sha256(envelope).digest()


def _info(item_id: int) -> bytes:
    return _SAYS + str(item_id).encode()
