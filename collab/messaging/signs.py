"""The few signs that may be put on a message: each has a word, so that it is heard and read as well as seen."""

from typing import Final, Literal

from .events import SIGN_NAMES

Sign = Literal["agree", "done", "seen", "thanks", "question", "well-done"]

ICONS: Final[dict[str, str]] = {
    "agree": "thumbs-up",
    "done": "check",
    "seen": "eye",
    "thanks": "heart",
    "question": "circle-question-mark",
    "well-done": "party-popper",
}
ORDER: Final = tuple(SIGN_NAMES)
