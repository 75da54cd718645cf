"""How much a zip archive, office documents included, would unpack to: counted before anything is unpacked.

A zip of 300 kB can hold 300 MB, one of 46 MB with overlapping entries 4.5 PB (D. Fifield, "A better zip bomb",
WOOT 2019), and names like `../x` leave the folder. Only the directory of the archive is read; its own size is
checked before, since it is held in memory.
"""

import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO, Final

from .refusal import Refused

MOST_ENTRIES: Final = 10_000
MOST_DIRECTORY: Final = 4 * 1024 * 1024
MOST_UNPACKED: Final = 1024 * 1024 * 1024
MOST_RATIO: Final = 200
"""Office documents reach 20 to 60; text of one letter 1,000."""
RATIO_FROM: Final = 20 * 1024 * 1024
"""Small archives may be as dense as they like."""

_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x06"
_END_SIZE: Final = 22 + 65_535
_SYMBOLIC_LINK: Final = 0o120000


@dataclass(frozen=True, slots=True)
class Weight:
    """What an archive holds: number of entries, bytes unpacked, whether any entry is encrypted."""

    entries: int
    unpacked: int
    encrypted: bool


def weigh(archive: BinaryIO, most: int = MOST_UNPACKED) -> Weight:
    """Weigh a zip archive that may unpack to at most `most` bytes.

    Raises Refused: broken-archive, archive-too-large, archive-unsafe (names, overlaps).
    """
    size = _directory_checked(archive)
    archive.seek(0)
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = opened.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error, EOFError):
        raise Refused("broken-archive") from None
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        raise Refused("archive-too-large", MOST_ENTRIES)
    if unpacked > most or (unpacked > RATIO_FROM and unpacked > MOST_RATIO * size):
        raise Refused("archive-too-large", most)
    if not _apart(entries, size) or not all(map(_stays_inside, entries)):
        raise Refused("archive-unsafe")
    return Weight(len(entries), unpacked, any(entry.flag_bits & 1 for entry in entries))


def _directory_checked(archive: BinaryIO) -> int:
    """The size of the archive, once its directory is known to be small enough to be read."""
    size = archive.seek(0, 2)
    archive.seek(max(0, size - _END_SIZE))
    tail = archive.read(_END_SIZE)
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 22:
        raise Refused("broken-archive")
    entries, directory = struct.unpack_from("<HI", tail, place + 10)
    # The larger record stands right before its locator of 20 bytes, and that right before the end record.
    place_64 = place - 76
    if place_64 >= 0 and tail.startswith(_END_64, place_64):
        entries, directory = struct.unpack_from("<QQ", tail, place_64 + 32)
    elif entries == 0xFFFF or directory == 0xFFFFFFFF:
        raise Refused("broken-archive")
    if entries > MOST_ENTRIES:
        raise Refused("archive-too-large", MOST_ENTRIES)
    if directory > MOST_DIRECTORY:
        raise Refused("archive-too-large", MOST_DIRECTORY)
    return size


def _apart(entries: list[zipfile.ZipInfo], size: int) -> bool:
    """Whether each entry has bytes of its own, as honest archives do."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return False
        end = entry.header_offset + 30 + entry.compress_size
    return end <= size


def _stays_inside(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry unpacks below the folder it is unpacked in."""
    name = entry.orig_filename.replace("\\", "/")
    if "\x00" in name or name.startswith("/") or (len(name) > 1 and name[1] == ":"):
        return False
    return ".." not in name.split("/") and (entry.external_attr >> 16) & 0o170000 != _SYMBOLIC_LINK
