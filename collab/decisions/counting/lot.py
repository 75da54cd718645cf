"""A lot that anybody can draw again: RFC 3797, from a seed that was fixed before the votes were known."""

import hashlib
from collections.abc import Iterable


def draw(seed: str, pool: Iterable[str]) -> tuple[str, ...]:
    """All of `pool` in the order drawn. The pool is sorted first, so nobody gains by standing first in a list.

    Step i hashes the seed between i written in two octets, before and after it, and takes the one in the place of
    that number modulo how many are left (RFC 3797, sections 4 and 5, MD5 as it says: nothing secret hangs on it, since
    the seed itself is what was committed to).
    """
    left = sorted(pool)
    drawn = []
    for step in range(len(left)):
        index = step.to_bytes(2, "big")
        number = hashlib.md5(index + seed.encode("utf-8", "surrogatepass") + index, usedforsecurity=False).digest()
        drawn.append(left.pop(int.from_bytes(number, "big") % len(left)))
    return tuple(drawn)


def commitment(seed: str) -> str:
    """What is published when a decision opens: SHA-256 of the seed, which itself is shown at the close."""
    return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()
