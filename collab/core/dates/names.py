"""Names of months and weekdays. Gregorian ones as in the Unicode CLDR (Greek months in the genitive, as in a date;
Persian ones without the ezafe, so that one form serves everywhere); Jalali ones by their usual transcription."""

from typing import Final

from .reckoning import Calendar

_MONTHS: Final[dict[tuple[str, Calendar], str]] = {
    ("en", "gregorian"): "January February March April May June July August September October November December",
    ("el", "gregorian"): "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου"
    " Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
    ("fa", "gregorian"): "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    ("en", "jalali"): "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
    ("el", "jalali"): "Φαρβαρντίν Ορντιμπεχέστ Χορντάντ Τιρ Μορντάντ Σαχριβάρ Μεχρ Αμπάν Αζάρ Ντέι Μπαχμάν Εσφάντ",
    ("fa", "jalali"): "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
}
_SHORT: Final[dict[str, str]] = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "el": "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
}
_CUT: Final[Calendar] = "gregorian"
_ALONE: Final = (
    "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος"
)
_WEEKDAYS: Final = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "el": "Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή",
    "fa": "دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه",
}

MONTHS: Final = {key: tuple(names.split()) for key, names in _MONTHS.items()}
"""(locale, calendar) → the twelve months as they stand in a date."""
SHORT_MONTHS: Final = MONTHS | {(locale, _CUT): tuple(names.split()) for locale, names in _SHORT.items()}
"""The same, cut short where the language cuts them."""
MONTHS_ALONE: Final = MONTHS | {("el", "gregorian"): tuple(_ALONE.split())}
"""The same, as they stand without a day."""
WEEKDAYS: Final = {locale: tuple(names.split()) for locale, names in _WEEKDAYS.items()}
"""Locale → the weekdays from Monday."""
