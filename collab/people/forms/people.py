"""People: accounts, profile, roles, absence."""

from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from collab.core.forms import Day, Email, Flag, Form, Line, PartyId, Short, Words, complaint
from collab.core.i18n import N_, _

from .organisation import Named

Locale = Literal["en", "el", "fa"]
DayCalendar = Literal["gregorian", "jalali"]
Theme = Literal["auto", "light", "dark", "contrast"]
Role = Literal["administrator", "auditor", "secretary"]


@cache
def time_zones() -> tuple[str, ...]:
    """The time zones people may choose: places of the world and UTC."""
    continents = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    return ("UTC", *sorted(zone for zone in available_timezones() if zone.startswith(continents)))


def _known_zone(zone: str) -> str:
    if zone not in time_zones():
        raise complaint(_(N_("Choose a time zone such as Europe/Athens.")))
    return zone


TimeZone = Annotated[Line, AfterValidator(_known_zone)]


class PersonForm(Named):
    """What is known of a person besides their account."""

    title: Line | None = None
    phone: Short | None = None


class NewPersonForm(PersonForm):
    """An account to be made; the invitation goes to the mail address."""

    email: Email
    locale: Locale | None = None
    unit_id: PartyId | None = None
    kind: Literal["head", "deputy", "acting", "member"] = "member"
    valid_from: Day | None = None


class ChangePersonForm(PersonForm):
    """What an administrator may change of a person."""

    email: Email


class RolesForm(Form):
    """The roles somebody has in the whole organisation."""

    roles: Annotated[list[Role], Field(max_length=20)] = []


class ProfileForm(Form):
    """How Collab looks and speaks to me. Absent fields stay as they are."""

    name: Line | None = None
    title: Line | None = None
    phone: Short | None = None
    locale: Locale | None = None
    calendar: DayCalendar | None = None
    time_zone: TimeZone | None = None
    theme: Theme | None = None
    shows_presence: Flag | None = None


class AbsenceForm(Form):
    """Away from a day to a day, both included, and who stands in."""

    first_day: Day
    last_day: Day
    substitute_id: PartyId | None = None
    note: Words | None = None
