"""The Merkle tree of RFC 6962, section 2.1, grown leaf by leaf in O(log n) memory. Pure."""

import hashlib
from collections.abc import Iterable

LEAF, NODE = b"\x00", b"\x01"
SIZE = 32


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf. The byte before it keeps leaves and nodes apart."""
    return hashlib.sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


class Tree:
    """A growing tree: how many leaves it has, and the roots of its complete subtrees, the largest first."""

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size, self.peaks = size, list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} complete subtrees")

    def add(self, leaf: bytes) -> None:
        """Append a leaf, given by its hash."""
        made, height = leaf, self.size
        while height & 1:
            made = node_hash(self.peaks.pop(), made)
            height >>= 1
        self.peaks.append(made)
        self.size += 1

    def root(self) -> bytes:
        """The hash that stands for all leaves in their order; that of nothing for an empty tree."""
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        made = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            made = node_hash(peak, made)
        return made

    def packed(self) -> bytes:
        """The complete subtrees as one text of bytes, from which `unpacked` goes on."""
        return b"".join(self.peaks)

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> "Tree":
        """Raises ValueError where the two do not fit."""
        return cls(size, [packed[at : at + SIZE] for at in range(0, len(packed), SIZE)])


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over the hashes of leaves."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()
