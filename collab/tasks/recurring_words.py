"""A rule of recurrence in the reader's language."""

from typing import Final

from collab.core.actor import Actor
from collab.core.dates import Calendar, digits, shown
from collab.core.dates.names import MONTHS_ALONE, WEEKDAYS
from collab.core.i18n import N_, _, listed, locale, ngettext

from .recurring import Rule
from .recurring.rule import LAST

PLACED: Final = {
    1: N_("the first %(weekday)s"), 2: N_("the second %(weekday)s"), 3: N_("the third %(weekday)s"),
    4: N_("the fourth %(weekday)s"), LAST: N_("the last %(weekday)s"),
}  # fmt: skip
SATURDAYS: Final = {
    1: N_("the first Saturday"), 2: N_("the second Saturday"), 3: N_("the third Saturday"),
    4: N_("the fourth Saturday"), LAST: N_("the last Saturday"),
}  # fmt: skip
"""Greek weekdays are feminine but for this one."""
ORDINALS: Final = {1: N_("first"), 2: N_("second"), 3: N_("third"), 4: N_("fourth"), LAST: N_("last")}
ROLLED: Final = {
    "next": N_("on a day not worked: the next working day"),
    "previous": N_("on a day not worked: the working day before"),
}
MODES: Final = {
    "on-date": N_("On its day, whether or not the last one is done"),
    "on-done": N_("When the last one is finished, counted from then"),
}
ROLLS: Final = {
    "no": N_("It stays on that day"), "next": N_("The next working day"), "previous": N_("The working day before"),
}  # fmt: skip
EVERY: Final = {
    "day": (N_("Every day"), N_("Every %(count)s days")), "week": (N_("Every week"), N_("Every %(count)s weeks")),
    "month": (N_("Every month"), N_("Every %(count)s months")), "year": (N_("Every year"), N_("Every %(count)s years")),
}  # fmt: skip
MEASURES: Final = {"day": N_("day(s)"), "week": N_("week(s)"), "month": N_("month(s)"), "year": N_("year(s)")}
"""Beside the field of their number, which may be one."""


def sentence(actor: Actor, rule: Rule, mode: str, roll: str, times: int | None) -> str:
    """The whole rule: "Every 2 weeks: Monday, Friday · the next working day · until 3 March 2027"."""
    falls = _falls(rule)
    said = [f"{_every(rule)}: {falls}" if falls else _every(rule)]
    if mode == "on-done":
        said.append(_(N_("counted from when the last one is finished")))
    if roll in ROLLED:
        said.append(_(ROLLED[roll]))
    if rule.until is not None:
        day = shown(rule.until, calendar=actor.calendar)  # type: ignore[arg-type]
        said.append(_(N_("until %(day)s"), day=day))
    if times is not None:
        said.append(ngettext("%(count)s more time", "%(count)s more times", times, count=digits(times)))
    return " · ".join(said)


def _every(rule: Rule) -> str:
    one, several = EVERY[rule.every]
    return _(one) if rule.interval == 1 else _(several, count=digits(rule.interval))


def _falls(rule: Rule) -> str:
    """On which day of it; empty where that follows from nothing but the count."""
    names = weekday_names()
    if rule.every == "week":
        return listed(names[day] for day in rule.weekdays)
    if rule.every == "day":
        return ""
    if rule.by == "weekday":
        placed = placed_weekday(rule.place, rule.weekday)
    elif rule.day is None:
        placed = ""
    elif rule.day == LAST:
        placed = _(N_("the last day"))
    else:
        placed = _(N_("day %(number)s"), number=digits(rule.day))
    if rule.every == "month" or rule.month is None:
        return placed
    month = month_names(rule.calendar)[rule.month - 1]
    return _(N_("%(month)s, %(day)s"), month=month, day=placed) if placed else month


def placed_weekday(place: int, weekday: int) -> str:
    if weekday == 5:
        return _(SATURDAYS[place])
    return _(PLACED[place], weekday=weekday_names()[weekday])


def weekday_names() -> tuple[str, ...]:
    return WEEKDAYS.get(locale(), WEEKDAYS["en"])


def month_names(calendar: Calendar) -> tuple[str, ...]:
    """The twelve months of a calendar in the language being spoken, in English where it has no words for them."""
    return MONTHS_ALONE.get((locale(), calendar)) or MONTHS_ALONE["en", calendar]
