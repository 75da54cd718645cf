"""Times of day in words: "at 10", "10:30", "5pm", "στις 10 το πρωί", "ساعت ۱۰". Pure.

"At 3" without more is three in the afternoon, as offices speak; "03:00" is the night. What was read is shown before
anything is kept.
"""

import re
from collections.abc import Sequence
from datetime import time
from typing import Final

from collab.core.dates.said.vocabulary import phrases, words_in

LEAD: Final = words_in("at στις στη ώρα ساعت")
BEFORE_LEAD: Final = words_in("at στις στη τη την το τα κατά در تا برای by until έως ως μέχρι")
MORNING: Final = phrases("am", "a.m", "a.m.", "πμ", "π.μ", "π.μ.", "το πρωί", "πρωί", "صبح")
LATER: Final = phrases(
    "pm", "p.m", "p.m.", "μμ", "μ.μ", "μ.μ.", "το μεσημέρι", "το απόγευμα", "απόγευμα", "το βράδυ", "عصر", "بعدازظهر",
    "بعد‌ازظهر", "بعد از ظهر", "شب",
)  # fmt: skip
_CLOCK: Final = re.compile(r"(\d{1,2})(?::(\d{2}))?(am|pm|πμ|μμ)?")
OFFICE: Final = range(1, 7)
"""Hours that mean the afternoon where nothing else is said."""


def time_at(words: Sequence[str]) -> tuple[int, time] | None:
    """The time of day that begins with the first of these (folded) words: how many words it took, and the time."""
    lead = 0
    if len(words) > 2 and words[0] in BEFORE_LEAD and words[1] in LEAD:
        lead = 2
    elif len(words) > 1 and words[0] in LEAD:
        lead = 1
    match = _CLOCK.fullmatch(words[lead]) if len(words) > lead else None
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), _half(match[3])
    count = lead + 1
    if half is None:
        for length in range(min(3, len(words) - count), 0, -1):
            after = tuple(words[count : count + length])
            if after in MORNING or after in LATER:
                half, count = after in LATER, count + length
                break
    if hour > 23 or minute > 59 or not (lead or match[2] or half is not None):
        return None
    if half is not None and not 1 <= hour <= 12:
        return None
    if half is None:
        half = hour in OFFICE and not match[1].startswith("0")
        return count, time(hour + 12 if half else hour, minute)
    return count, time(hour % 12 + 12 * half, minute)


def _half(written: str | None) -> bool | None:
    """Whether "pm", "am" or neither stands at the figure itself."""
    return None if written is None else written in ("pm", "μμ")
