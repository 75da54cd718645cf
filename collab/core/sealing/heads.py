"""Signed heads: "this many facts, in this order, say this". One line of JSON each, so that it can leave the machine."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from .key import SealKey, public_key, signed_by

TITLE: Final = b"collab-ledger-head-1"


@dataclass(frozen=True, slots=True)
class Head:
    """The root over the first `size` facts, when it was made, and by whose key it is signed."""

    size: int
    root: bytes
    at: datetime
    key: bytes
    signature: bytes

    @classmethod
    def signed(cls, size: int, root: bytes, at: datetime, key: SealKey) -> "Head":
        """A head signed with `key`."""
        return cls(size, root, at, public_key(key), key.sign(_said(size, root, at)))

    def holds(self, key: bytes | None = None) -> bool:
        """Whether the signature is good and, where a key is given, made with it."""
        if key is not None and key != self.key:
            return False
        return signed_by(self.key, self.signature, _said(self.size, self.root, self.at))

    def line(self) -> str:
        """The head as it leaves the machine."""
        return json.dumps(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The head in words that JSON can hold."""
        return {
            "size": self.size,
            "root": self.root.hex(),
            "at": self.at.isoformat(),
            "key": self.key.hex(),
            "signature": self.signature.hex(),
        }


def _said(size: int, root: bytes, at: datetime) -> bytes:
    return b"\n".join([TITLE, b"%d" % size, root.hex().encode(), b"%d" % round(at.timestamp() * 1_000_000)])


def read_heads(lines: Iterable[str]) -> list[Head]:
    """Heads that were taken away, one to a line; empty lines are passed over. Raises ValueError naming the line."""
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            found.append(
                Head(
                    int(said["size"]),
                    bytes.fromhex(said["root"]),
                    datetime.fromisoformat(said["at"]),
                    bytes.fromhex(said["key"]),
                    bytes.fromhex(said["signature"]),
                )
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"line {number} is not a head of a ledger") from error
    return found
