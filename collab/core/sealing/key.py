"""The key that signs heads: made once, kept in the data folder (mode 0600), never in the database or its backups."""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Final, Protocol

FILE: Final = "ledger_key"


class SealKey(Protocol):
    """What signs a head."""

    def sign(self, data: bytes) -> bytes: ...


# The library is loaded where it is used: only the teller and the command line sign and verify.
def seal_key(folder: Path) -> SealKey:
    """The Ed25519 key in the data folder, made at the first call. Raises OSError or ValueError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = folder / FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=f"{FILE}.", dir=folder)  # mode 0600
        with os.fdopen(handle, "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex().encode() + b"\n")
        # Two processes or threads may get here at once: link keeps the first file and refuses the second.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        os.unlink(draft)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))


def public_key(key: SealKey) -> bytes:
    """The 32 bytes by which the signatures of `key` are checked."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    assert isinstance(key, Ed25519PrivateKey)
    return key.public_key().public_bytes_raw()


def signed_by(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether the owner of `public` signed `data`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
