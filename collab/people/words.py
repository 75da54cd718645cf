"""The words of people that stand on many pages, marked once and said in the language of the page."""

from datetime import date, timedelta
from typing import Final

from collab.core.actor import Actor
from collab.core.dates.shown import shown
from collab.core.i18n import LOCALES, N_, _

KINDS: Final = {
    "head": N_("Head"),
    "acting": N_("Acting head"),
    "deputy": N_("Deputy head"),
    "member": N_("Member"),
}
SORTS: Final = {
    "people": N_("People"), "posts": N_("Posts"), "units_below": N_("Units below"),
    "units_arriving": N_("Units it takes over"), "open_items": N_("Open items"), "waits": N_("Waits"),
    "handovers": N_("Handovers on offer"),
}  # fmt: skip
"""What goes along with a unit, as it is counted."""

LEVELS: Final = {
    "organisation": N_("Organisation"),
    "directorate": N_("Directorate"),
    "department": N_("Department"),
    "office": N_("Office"),
    "team": N_("Team"),
}
ROLES: Final = {
    "administrator": N_("Administrator"),
    "auditor": N_("Auditor"),
    "secretary": N_("Secretary of ideas"),
}
THEMES: Final = {
    "auto": N_("As on this device"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast"),
}
CALENDARS: Final = {"gregorian": N_("Gregorian"), "jalali": N_("Jalali (solar hijri)")}
PRESENCE: Final = {"true": N_("Colleagues see when I am here"), "false": N_("Nobody sees when I am here")}
COUNTRIES: Final = {"": N_("No public holidays"), "GR": N_("Greece"), "IR": N_("Iran")}
WEEKDAYS: Final = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
SCOPES: Final = {"read": N_("read"), "write": N_("write")}


def said(words: dict[str, str]) -> dict[str, str]:
    """Code → word in the language being spoken."""
    return {code: _(word) for code, word in words.items()}


def options(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Codes with their words, to choose from."""
    return tuple(said(words).items())


def languages() -> tuple[tuple[str, str], ...]:
    """The languages, each by its own name."""
    return tuple(LOCALES.items())


def hue(id_: int) -> int:
    """The colour of somebody's avatar: always the same, one of eight."""
    return id_ % 8


class Days:
    """Says days as the actor reads them."""

    def __init__(self, actor: Actor) -> None:
        self.calendar = actor.calendar

    def __call__(self, day: date | None) -> str:
        return "" if day is None else shown(day, "short", calendar=self.calendar)  # type: ignore[arg-type]

    def last(self, valid_to: date | None) -> str:
        """The last day of a half-open period."""
        return self(valid_to and valid_to - timedelta(days=1))
