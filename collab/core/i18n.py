"""Which language is being spoken, and the words in it.

The language is a context variable, so pages, mails and jobs speak the reader's language by the same call.
Texts are English in the code; `translations/<locale>/LC_MESSAGES/messages.mo` holds the others.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from babel.support import NullTranslations, Translations

LOCALES: Final = {"en": "English", "el": "Ελληνικά", "fa": "فارسی"}
RIGHT_TO_LEFT: Final = frozenset({"fa"})
COMMAS: Final = {"fa": "، "}
DEFAULT: Final = "en"
FOLDER: Final = Path(__file__).resolve().parent.parent / "translations"

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT)


@cache
def catalogue(code: str) -> NullTranslations:
    """The words of one language; English where none were compiled."""
    return Translations.load(FOLDER, [code]) if code != "en" else NullTranslations()


def locale() -> str:
    """The code of the language being spoken: en, el or fa."""
    return _locale.get()


def speak(code: str) -> None:
    """Speak `code` from here on in this context; unknown codes mean English."""
    _locale.set(code if code in LOCALES else DEFAULT)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak `code` inside the block, then the former language again."""
    token = _locale.set(code if code in LOCALES else DEFAULT)
    try:
        yield
    finally:
        _locale.reset(token)


def gettext(message: str, **values: object) -> str:
    """`message` in the language being spoken, with `%(name)s` filled from `values`."""
    text = _said(_locale.get(), message) if message else ""
    return text % values if values else text


@lru_cache(maxsize=20_000)
def _said(code: str, message: str) -> str:
    text: str = catalogue(code).ugettext(message)
    return text


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """The form for `n` in the language being spoken; `%(n)s` is always filled."""
    text: str = catalogue(_locale.get()).ungettext(one, many, n)
    return text % {"n": n, **values}


def N_(message: str) -> str:
    """Mark a text for translation where it stands; it is translated where it is shown."""
    return message


_ = gettext


def direction(code: str | None = None) -> str:
    """`rtl` or `ltr` for a language (the one being spoken when none is given)."""
    return "rtl" if (code or _locale.get()) in RIGHT_TO_LEFT else "ltr"


def comma(code: str | None = None) -> str:
    """What stands between two things said one after the other, in a language (the one being spoken)."""
    return COMMAS.get(code or _locale.get(), ", ")


def listed(names: Iterable[str], code: str | None = None) -> str:
    """The names with the comma of the language between them."""
    return comma(code).join(names)


def in_language(names: dict[str, str] | None, fallback: str) -> str:
    """The name in the language being spoken out of `{locale: name}`, else `fallback`."""
    return (names or {}).get(_locale.get()) or fallback
