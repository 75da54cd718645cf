"""Placeholders in letter templates: `{reference}`, `{αριθμός πρωτοκόλλου}`, `{مهلت}`. Pure.

Each has one name in each of the three languages; any of them is understood in a text of any language.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from collab.core.i18n import locale
from collab.core.text.fold import fold

NAMES: Final[dict[str, dict[str, str]]] = {
    "reference": {"en": "reference", "el": "υπόθεση", "fa": "شماره کار"},
    "title": {"en": "title", "el": "τίτλος", "fa": "عنوان"},
    "protocol": {"en": "protocol", "el": "πρωτόκολλο", "fa": "شماره ثبت"},
    "protocol-date": {"en": "protocol date", "el": "ημερομηνία πρωτοκόλλου", "fa": "تاریخ ثبت"},
    "counterpart": {"en": "counterpart", "el": "συναλλασσόμενος", "fa": "طرف مقابل"},
    "address": {"en": "address", "el": "διεύθυνση", "fa": "نشانی"},
    "deadline": {"en": "deadline", "el": "προθεσμία", "fa": "مهلت"},
    "legal-basis": {"en": "legal basis", "el": "νομική βάση", "fa": "مبنای قانونی"},
    "holder": {"en": "holder", "el": "χειριστής", "fa": "مسئول"},
    "unit": {"en": "unit", "el": "μονάδα", "fa": "واحد"},
    "organisation": {"en": "organisation", "el": "φορέας", "fa": "سازمان"},
    "today": {"en": "today", "el": "σήμερα", "fa": "امروز"},
}
MISSING: Final = "……"
_PLACE: Final = re.compile(r"\{([^{}\n]{0,60})\}")
_CODES: Final = {fold(name): code for code, names in NAMES.items() for name in (code, *names.values())}


def code_of(name: str) -> str | None:
    """Which placeholder is meant by a name in any of the languages; None for none."""
    return _CODES.get(fold(name.replace("_", " ")))


def unknown(text: str) -> list[str]:
    """The names in braces that are no placeholders, in order, each once."""
    return list(dict.fromkeys(name for name in _PLACE.findall(text) if code_of(name) is None))


def used(text: str) -> set[str]:
    """The placeholders that stand in a text."""
    return {code for name in _PLACE.findall(text) if (code := code_of(name)) is not None}


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with every placeholder replaced; what is not known becomes dots to be filled in. Values are text, and
    braces in them are not looked at again."""

    def put(found: re.Match[str]) -> str:
        code = code_of(found[1])
        return found[0] if code is None else values.get(code) or MISSING

    return _PLACE.sub(put, text)


def dots_in(*texts: str) -> bool:
    """Whether dots still stand where something is to be filled in."""
    return any(MISSING in text for text in texts)


def called(codes: Iterable[str]) -> list[str]:
    """The names of placeholders in the language being spoken."""
    wanted = set(codes)
    return [NAMES[code][locale()] for code in NAMES if code in wanted]
