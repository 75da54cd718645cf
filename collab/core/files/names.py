"""Names of files, so that they mean the same on every system and show what they are.

Reserved names, characters and endings: Microsoft, "Naming Files, Paths, and Namespaces". Overrides of direction,
with which `gpj.exe` is shown as `exe.jpg`: Unicode TR 36.
"""

import re
import unicodedata
from typing import Final

MOST_CHARACTERS: Final = 120
MOST_BYTES: Final = 240
"""File systems take 255 bytes; some are left for a number or an ending."""
NAMELESS: Final = "file"

_SEPARATORS: Final = re.compile(r"[/\\]")
# Letters of full and half width, as East Asian keyboards write them: `．ｅｘｅ` is an ending, `／` parts folders.
_WIDE: Final = re.compile("[\ufe50-\ufe6b\uff01-\uffef]+")
_HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_AWKWARD: Final = re.compile(r'[<>:"|?*]')
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=$|\.)", re.IGNORECASE)
_SPACES: Final = re.compile(r"\s+")
_ENDING: Final = re.compile(r"\.[^.\s]{1,10}$")


def clean_name(name: str) -> str:
    """A safe name for what was sent as `name`: one path component, visible characters, at most 240 bytes.

    Never fails and never returns an empty name; the ending is kept when a long name is cut. Half-spaces stay.
    """
    name = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), name)
    # Spaces once more when what was hidden between two of them is gone.
    name = _SPACES.sub(" ", _HIDDEN.sub("", _SPACES.sub(" ", _SEPARATORS.split(name)[-1])))
    name = _AWKWARD.sub("_", unicodedata.normalize("NFC", name))
    name = _trimmed(name)
    if not name.strip("\u200c\u200d"):
        return NAMELESS
    if _RESERVED.match(name):
        name = f"_{name}"
    return _cut(name)


def ending(name: str) -> str:
    """The ending of a name in lower case without its dot; "" when it has none."""
    match = _ENDING.search(name)
    return match[0][1:].lower() if match else ""


def _trimmed(name: str) -> str:
    return name.strip(" .\u200c\u200d")


def _cut(name: str) -> str:
    match = _ENDING.search(name)
    kept = match[0] if match else ""
    stem = name[: len(name) - len(kept)][: MOST_CHARACTERS - len(kept)]
    while len((stem + kept).encode()) > MOST_BYTES:
        stem = stem[:-1]
    return (_trimmed(stem) or NAMELESS) + kept
