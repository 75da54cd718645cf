"""Small texts of an item's page, in the reader's language and calendar."""

from dataclasses import dataclass
from datetime import date, datetime

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits, near_day, near_instant, shown, shown_instant
from collab.core.i18n import ngettext
from collab.people.queries.today import today


@dataclass(frozen=True, slots=True)
class When:
    """An instant: near now relative, beyond a week a date; `whole` in full on hover; `iso` for machines."""

    text: str
    whole: str
    iso: str


class Words:
    """Says days and instants to one reader, at one moment: instants by the reader's clock, days by the organisation's,
    in which a deadline falls."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.now = actor, clock.now()
        self.today = today()

    def when(self, at: datetime) -> When:
        calendar, zone, locale = self.actor.calendar, self.actor.time_zone, self.actor.locale
        return When(
            near_instant(at, self.now, zone, calendar=calendar, locale=locale),  # type: ignore[arg-type]
            shown_instant(at, zone, "long", calendar=calendar, locale=locale),  # type: ignore[arg-type]
            at.isoformat(),
        )

    def day(self, day: date | None) -> str:
        if day is None:
            return ""
        return shown(day, calendar=self.actor.calendar, locale=self.actor.locale)  # type: ignore[arg-type]

    def near(self, day: date | None) -> str:
        if day is None:
            return ""
        return near_day(day, self.today, calendar=self.actor.calendar, locale=self.actor.locale)  # type: ignore[arg-type]

    def working_days(self, number: int) -> str:
        count = digits(number, self.actor.locale)
        return ngettext("%(count)s working day", "%(count)s working days", number, count=count)

    def number(self, number: int) -> str:
        return digits(number, self.actor.locale)
