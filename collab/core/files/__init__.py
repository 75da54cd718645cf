"""Files that people attach: what they are, what they may be called, how they are kept and handed out.

Nothing here knows who may read what; whoever owns a file asks that at each reading.
"""

from .archives import Weight, weigh
from .headers import download_headers
from .kinds import Kind, sniff
from .names import clean_name
from .refusal import Refused
from .store import Kept, Store, pieces_of
from .taking import Taken, take

__all__ = [
    "Kept",
    "Kind",
    "Refused",
    "Store",
    "Taken",
    "Weight",
    "clean_name",
    "download_headers",
    "pieces_of",
    "sniff",
    "take",
    "weigh",
]
