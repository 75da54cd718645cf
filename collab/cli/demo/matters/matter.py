"""One kind of matter, and the streets where it comes up."""

# One row a line reads better than a line length here.
# ruff: noqa: E501

from dataclasses import dataclass
from typing import Final

from collab.tasks.forms import Source

PLACES: Final = {
    "el": ("Ανεμομύλου 12", "Καλντεριμιού 7", "Φάρου 31", "Κυπαρισσιών 18", "Παλιάς Βρύσης 3", "Αλυκών 44"),
    "en": ("12 Anemomylou St", "7 Kalderimi St", "31 Farou St", "18 Kyparission St", "3 Palias Vrysis St", "44 Alykon St"),
    "fa": ("خیابان آسیاب بادی ۱۲", "کوچه سنگ‌فرش ۷", "خیابان فانوس ۳۱", "خیابان سروها ۱۸", "کوچه چشمه ۳", "خیابان نمک‌زار ۴۴"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of matter. `{place}` in the title makes several of it. `other` is the unit it may be handed to.

    `ask_of` is whom it may wait for: an outsider's key or a unit's code.
    """

    unit: str
    locale: str
    title: str
    body: str = ""
    kind: str = "pending"
    source: Source = "citizen"
    other: str = ""
    ask_of: str = ""
    ask: str = ""
    reply: str = ""
    said: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    days: int = 0
    basis: str = ""


LAW = "ν. 2690/1999, άρθρο 4 παρ. 1"
