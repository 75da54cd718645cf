"""What may be entered about a task that comes again, on a page or over the API."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from collab.core.dates import Calendar
from collab.core.forms import Day, Form, complaint, number_in_json
from collab.core.i18n import N_, _

from .forms import number_only
from .quick import Repeat
from .recurring import Rule
from .recurring.rule import MOST, By, Every

Mode = Literal["on-date", "on-done"]
Roll = Literal["no", "next", "previous"]
Weekday = Annotated[int, Field(ge=0, le=6), BeforeValidator(number_only), BeforeValidator(number_in_json)]
DayOfMonth = Annotated[int, Field(ge=-1, le=31), BeforeValidator(number_only)]
MOST_TIMES = 999
MOST_AHEAD = 90

TOO_FAR = N_("At most %(most)s can lie between two.")
TWO_ENDS = N_("Say an end by day or by number, not both.")
NEVER = N_("By this rule it would never come again. Choose a later end.")
NO_DAY, NO_PLACE = N_("Choose a day of the month."), N_("Choose which of them in the month.")


class RecurrenceForm(Form):
    """When a task comes again. `mode`: on its day, whether or not the last one is done; or counted from when the last
    one was finished. `weekdays` of weeks, 0 being Monday; of months and years the `day` (-1: the last one; empty: that
    of the task) or, with `by` weekday, the `place`-th `weekday` (-1: the last). `calendar`: whose months and years.
    `roll`: what falls on a day that is not worked goes to the next or the previous one that is. `ahead`: made so many
    days before. It ends after `until`, or after so many more `times`."""

    mode: Mode = "on-date"
    every: Every = "week"
    interval: Annotated[int, Field(ge=1, le=366), BeforeValidator(number_only)] = 1
    weekdays: Annotated[list[Weekday], Field(max_length=7)] = []
    by: By = "day"
    day: DayOfMonth | None = None
    place: Annotated[int, Field(ge=-1, le=4), BeforeValidator(number_only)] = 1
    weekday: Weekday = 0
    month: Annotated[int, Field(ge=1, le=12), BeforeValidator(number_only)] | None = None
    calendar: Calendar = "gregorian"
    roll: Roll = "no"
    ahead: Annotated[int, Field(ge=0, le=MOST_AHEAD), BeforeValidator(number_only)] = 0
    until: Day | None = None
    times: Annotated[int, Field(ge=1, le=MOST_TIMES), BeforeValidator(number_only)] | None = None

    @field_validator("interval")
    @classmethod
    def _not_too_far(cls, interval: int, info: ValidationInfo) -> int:
        every: Every | None = info.data.get("every")
        if every is not None and interval > MOST[every]:
            raise complaint(_(TOO_FAR, most=MOST[every]))
        return interval

    @field_validator("day", "place")
    @classmethod
    def _one_that_is(cls, number: int | None, info: ValidationInfo) -> int | None:
        if number == 0:
            needed = NO_DAY if info.field_name == "day" else NO_PLACE
            raise complaint(_(needed))
        return number

    @field_validator("times")
    @classmethod
    def _one_end(cls, times: int | None, info: ValidationInfo) -> int | None:
        if times is not None and info.data.get("until") is not None:
            raise complaint(_(TWO_ENDS))
        return times

    def rule(self) -> Rule:
        """What of it is a rule; what does not belong to the measure is left out."""
        months, weekday = self.every in ("month", "year"), self.by == "weekday"
        return Rule(
            every=self.every,
            interval=self.interval,
            weekdays=tuple(sorted(set(self.weekdays))) if self.every == "week" else (),
            by=self.by if months else "day",
            day=self.day if months and not weekday else None,
            place=self.place if months and weekday else 1,
            weekday=self.weekday if months and weekday else 0,
            month=self.month if self.every == "year" else None,
            calendar=self.calendar,
            until=self.until,
        )


def repeated(said: Repeat) -> RecurrenceForm:
    """What words said about coming again, as the form would say it."""
    return entered_as(said.rule, said.mode, times=said.times)


def entered_as(rule: Rule, mode: Mode, roll: Roll = "no", ahead: int = 0, times: int | None = None) -> RecurrenceForm:
    """A rule as it would be entered."""
    return RecurrenceForm.model_construct(
        mode=mode, every=rule.every, interval=rule.interval, weekdays=list(rule.weekdays), by=rule.by,
        day=rule.day, place=rule.place, weekday=rule.weekday, month=rule.month, calendar=rule.calendar,
        roll=roll, ahead=ahead, until=rule.until, times=times,
    )  # fmt: skip
