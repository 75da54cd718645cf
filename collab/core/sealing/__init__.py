"""The seal over the ledger: anybody who changes, removes, slips in or reorders a fact afterwards is found.

Facts are leaves of a Merkle tree as in RFC 6962 (Certificate Transparency), added in the order of `(xid, id)` once no
older transaction can still bring one in. Its roots are signed and can be taken away from the machine; see ADR 0016.
"""

from .examine import Finding, Report, Sealed, examine
from .heads import Head, read_heads
from .holding import hold, known_key
from .key import SealKey, public_key, seal_key
from .leaf import Line, leaf_of
from .sealer import newest_head, seal_batch, sweep
from .tree import Tree, root_of

__all__ = [
    "Finding", "Head", "Line", "Report", "SealKey", "Sealed", "Tree", "examine", "hold", "known_key", "leaf_of",
    "newest_head", "public_key", "read_heads", "root_of", "seal_batch", "seal_key", "sweep",
]  # fmt: skip
