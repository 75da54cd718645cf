"""The words for days in English, Greek and Persian, folded as typed words are."""

from typing import Final

from collab.core.dates.names import MONTHS, MONTHS_ALONE, SHORT_MONTHS, WEEKDAYS
from collab.core.dates.reckoning import Calendar
from collab.core.text.fold import fold

Phrase = tuple[str, ...]


def phrases(*texts: str) -> frozenset[Phrase]:
    return frozenset(tuple(fold(text).split()) for text in texts)


def words_in(text: str) -> frozenset[str]:
    """The words of a text, folded."""
    return frozenset(fold(text).split())


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


BEFORE_DAY: Final = _words(
    "on by before until till due for στις στη στην την τη τον το τα μέχρι έως ως πριν για در تا برای روز"
)
BEFORE_DAY_TWO: Final = phrases("πριν από", "πριν απ", "πριν απ'", "πριν απ’", "پیش از", "قبل از")
"""What may stand before a day and goes with it: a word, or two."""
EARLIER: Final = phrases("before", "before the", "πριν", "πριν τις", "πριν από τις") | BEFORE_DAY_TWO
"""Of these, what says that something is earlier: so much earlier, where a stretch of time stands before it."""
DISTANCES: Final[dict[Phrase, int]] = {
    **dict.fromkeys(phrases("today", "σήμερα", "امروز"), 0),
    **dict.fromkeys(phrases("tomorrow", "αύριο", "فردا"), 1),
    **dict.fromkeys(phrases("day after tomorrow", "the day after tomorrow", "μεθαύριο", "پس‌فردا", "پس فردا"), 2),
}
BEFORE: Final[dict[Phrase, int]] = {
    **dict.fromkeys(phrases("yesterday", "χθες", "χτες", "دیروز"), -1),
    **dict.fromkeys(phrases("day before yesterday", "the day before yesterday", "προχθές", "προχτές", "پریروز"), -2),
}
"""Days that are over, understood only where one that is over is asked for."""
AGO_BEFORE: Final = phrases("πριν", "προ", "πριν από", "πριν απ", "πριν απ'", "πριν απ’")
AGO_AFTER: Final = _words("ago πριν پیش قبل")
LAST_BEFORE: Final = _words("last περασμένη περασμένο προηγούμενη προηγούμενο")
LAST_AFTER: Final = _words("گذشته پیش قبل")
_MORE_WEEKDAYS: Final = (
    "mon monday|tue tues tuesday|wed wednesday|thu thur thurs thursday|fri friday|sat saturday|sun sunday"
)
WEEKDAY: Final[dict[Phrase, tuple[int, str]]] = {
    **{(fold(name),): (day, language) for language, names in WEEKDAYS.items() for day, name in enumerate(names)},
    **{(name,): (day, "en") for day, names in enumerate(_MORE_WEEKDAYS.split("|")) for name in names.split()},
    **{
        tuple(fold(name).split()): (day, "fa")
        for day, name in ((0, "دو شنبه"), (1, "سه شنبه"), (2, "چهار شنبه"), (3, "پنج شنبه"), (6, "یک شنبه"))
    },
}
"""A weekday → (days after Monday, language)."""
ALSO_WORDS: Final = frozenset({"mon", "wed", "sat", "sun"})
"""Short weekdays that are words of their own: understood only after "on", "next" and the like."""
NEXT_BEFORE: Final = _words("next επόμενη επόμενο επόμενου ερχόμενη ερχόμενο άλλη άλλο")
NEXT_AFTER: Final = _words("بعد بعدی آینده")
THIS_BEFORE: Final = _words("this coming αυτή αυτό αυτήν این")
AHEAD_BEFORE: Final = phrases("in", "σε")
AHEAD_AFTER: Final = _words("دیگر بعد")
UNITS: Final[dict[str, str]] = {
    **dict.fromkeys(_words("day days μέρα μέρες ημέρα ημέρες روز"), "day"),
    **dict.fromkeys(_words("week weeks εβδομάδα εβδομάδες βδομάδα βδομάδες هفته"), "week"),
    **dict.fromkeys(_words("month months μήνα μήνας μήνες ماه"), "month"),
    **dict.fromkeys(_words("year years χρόνο χρόνος χρόνια έτος έτη سال"), "year"),
}
STRETCHES: Final = frozenset(UNITS) | _words(
    "night evening morning hour hours fortnight εργάσιμη εργάσιμες νύχτα βράδυ πρωί ώρα ώρες شب عصر صبح ساعت کاری"
)
"""What may be meant in "the day before Friday", "2 εργάσιμες πριν την Παρασκευή", "سه روز کاری پیش از جمعه"."""
NUMBERS: Final[dict[str, int]] = {
    fold(word): number
    for text in (
        "one two three four five six seven eight nine ten",
        "ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα δέκα",
        "μία δυο τρεις τέσσερις πέντε έξι εφτά οχτώ εννιά δέκα",
        "یک دو سه چهار پنج شش هفت هشت نه ده",
    )
    for number, word in enumerate(text.split(), start=1)
} | {"a": 1, "an": 1, fold("μια"): 1}
END_OF: Final = phrases(
    "end of the", "end of", "the end of the", "the end of", "τέλος του", "τέλος της", "τέλος", "τέλη", "آخر", "پایان"
)  # fmt: skip
MONTH: Final[dict[str, tuple[int, Calendar]]] = {
    fold(name): (number, calendar)
    for table in (MONTHS_ALONE, SHORT_MONTHS, MONTHS)
    for (_locale, calendar), names in table.items()
    for number, name in enumerate(names, start=1)
}
"""A month → (its number, the calendar it belongs to)."""
