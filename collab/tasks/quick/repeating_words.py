"""The words for what comes again, in English, Greek and Persian, folded as typed words are."""

from typing import Final

from collab.core.dates.said.vocabulary import WEEKDAY, Phrase, phrases, words_in
from collab.core.text.fold import fold

from ..recurring.rule import Every

EVERY: Final = words_in("every each κάθε هر")
OTHER: Final = words_in("other second 2nd δεύτερη δεύτερο δεύτερον 2η 2ο")
"""After "every": one is left out between two."""
AND: Final = words_in("and και & و")
ON: Final = words_in("on the στις στη στην την τη τον το τα της του μέρα ημέρα day در روز")
"""What may stand before the place in a month or the days of a week."""
LED: Final = words_in("on the στις στη στην την τη το τον روز")
"""What tells that a number is a day of the month and no other number."""
WEEKDAYS_LED: Final = words_in("on the τις τα στις روز روزهای")
"""What may stand before weekdays in the plural."""
_PLURALS: Final = {
    "en": "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    "el": "Δευτέρες Τρίτες Τετάρτες Πέμπτες Παρασκευές Σάββατα Κυριακές",
    "fa": "دوشنبه‌ها سه‌شنبه‌ها چهارشنبه‌ها پنجشنبه‌ها جمعه‌ها شنبه‌ها یکشنبه‌ها",
}
WEEKDAYS_MANY: Final[dict[Phrase, tuple[int, str]]] = {
    **{
        (fold(name),): (day, language) for language, names in _PLURALS.items() for day, name in enumerate(names.split())
    },
    **{(*phrase, fold("ها")): (day, "fa") for phrase, (day, language) in WEEKDAY.items() if language == "fa"},
    **{
        (*phrase[:-1], phrase[-1] + fold("ها")): (day, "fa")
        for phrase, (day, language) in WEEKDAY.items()
        if language == "fa"
    },
}
"""A weekday in the plural → (days after Monday, language). In Greek some are numbers as well ("the third ones")."""
OF: Final = words_in("of του της από در")
THE: Final = words_in("the του το")
MONTHS: Final = words_in("month month's μήνα μηνός μήνας ماه")
DAY_WORDS: Final = words_in("day μέρα ημέρα روز")
WORKING: Final[dict[Phrase, tuple[int, ...]]] = {
    **dict.fromkeys(phrases("working day", "weekday", "workday", "εργάσιμη", "εργάσιμη μέρα", "εργάσιμη ημέρα"),
                    (0, 1, 2, 3, 4)),
    **dict.fromkeys(phrases("روز کاری", "روز اداری"), (5, 6, 0, 1, 2)),
}  # fmt: skip
ADVERBS: Final[dict[Phrase, tuple[Every, int]]] = {
    **dict.fromkeys(phrases("daily", "καθημερινά", "καθημερινώς", "ημερησίως"), ("day", 1)),
    **dict.fromkeys(phrases("weekly", "εβδομαδιαίως"), ("week", 1)),
    **dict.fromkeys(phrases("fortnightly"), ("week", 2)),
    **dict.fromkeys(phrases("monthly", "μηνιαίως"), ("month", 1)),
    **dict.fromkeys(phrases("quarterly", "τριμηνιαίως"), ("month", 3)),
    **dict.fromkeys(phrases("yearly", "annually", "ετησίως"), ("year", 1)),
}
"""Words that also stand in titles ("the monthly report"): understood only where nothing else follows."""
ADJECTIVES: Final[dict[Phrase, tuple[Every, int]]] = {
    **dict.fromkeys(phrases("εβδομαδιαία", "هفتگی"), ("week", 1)),
    **dict.fromkeys(phrases("μηνιαία", "ماهانه", "ماهیانه"), ("month", 1)),
    **dict.fromkeys(phrases("ετήσια", "سالانه"), ("year", 1)),
}
"""Words that end a title as well ("گزارش ماهانه"): understood only where they say on which day."""
BETWEEN: Final = phrases("در میان")
"""Persian: "two weeks between" leaves one out."""
LAST_DAY: Final = phrases(
    "last day", "last", "end", "τελευταία μέρα", "τελευταία ημέρα", "τέλος", "τέλη", "آخرین روز", "روز آخر", "آخر",
    "پایان",
)  # fmt: skip
PLACED: Final[dict[str, int]] = {
    fold(word): place
    for text in (
        "first second third fourth", "πρώτη δεύτερη τρίτη τέταρτη", "πρώτο δεύτερο τρίτο τέταρτο",
        "اولین دومین سومین چهارمین", "1st 2nd 3rd 4th", "1η 2η 3η 4η", "1ο 2ο 3ο 4ο",
    )
    for place, word in enumerate(text.split(), start=1)
} | {fold(word): -1 for word in ["last", "τελευταία", "τελευταίο", "آخرین"]}  # fmt: skip
"""The first, second … last such weekday of a month."""
NUMBERED: Final[dict[str, int]] = {
    fold(word): number
    for text in (
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "πρώτη δεύτερη τρίτη τετάρτη πέμπτη έκτη εβδόμη ογδόη ενάτη δεκάτη",
        "اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم",
        "یکم",
    )
    for number, word in enumerate(text.split(), start=1)
    if (fold(word),) not in WEEKDAY
} | {fold("پانزدهم"): 15, fold("بیستم"): 20}
"""Days of a month in words; the Greek third, fourth and fifth are Tuesday, Wednesday and Thursday as well."""
UNTIL: Final = words_in("until till μέχρι έως ως تا")
TIMES: Final = words_in("times φορές بار مرتبه")
FOR: Final = words_in("for για برای")
ON_DONE: Final = phrases(
    "when done", "once done", "after done", "after it is done", "when finished", "after finishing", "after completion",
    "when the last one is done", "μετά την ολοκλήρωση", "από την ολοκλήρωση", "όταν ολοκληρωθεί", "όταν γίνει",
    "αφού γίνει", "αφού ολοκληρωθεί", "پس از انجام", "بعد از انجام", "پس از پایان", "بعد از پایان", "وقتی انجام شد",
)  # fmt: skip
ON_DATE: Final = phrases(
    "on date", "on its day", "στη μέρα του", "στην ημερομηνία", "στην ώρα του", "سر تاریخ", "در تاریخ"
)
