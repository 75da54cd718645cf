"""Taking in one file: written aside while it arrives, looked at, and kept only if it may stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from .archives import MOST_UNPACKED, weigh
from .kinds import Kind, fits, is_program, sniff
from .names import clean_name, ending
from .refusal import Refused
from .store import Kept, Store


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was taken: its clean name, what it is, where its content stands, its size in bytes."""

    name: str
    kind: Kind
    sha256: str
    size: int


def take(store: Store, name: str, chunks: Iterable[bytes], most: int, most_unpacked: int = MOST_UNPACKED) -> Taken:
    """Keep a file of at most `most` bytes sent as `name`; an archive may unpack to `most_unpacked`.

    Raises Refused: empty, too-large; program (by its bytes or its ending); not-as-named (its bytes are of another
    kind than its ending says); broken-archive, archive-too-large, archive-unsafe.
    """
    name = clean_name(name)
    if is_program(ending(name)):
        raise Refused("program")

    def check(kept: Kept, arrived: BinaryIO) -> None:
        kind = sniff(kept.head)
        if kind.program:
            raise Refused("program")
        if not fits(kind, ending(name)):
            raise Refused("not-as-named")
        if kept.head.startswith(b"PK"):
            weigh(arrived, most_unpacked)

    kept = store.keep(chunks, most, check)
    return Taken(name, sniff(kept.head), kept.sha256, kept.size)
