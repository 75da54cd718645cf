"""What may be asked of the registry."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from collab.core.forms import Form, Search, complaint
from collab.core.i18n import N_, _
from collab.work.forms import Limit

JALALI_BEFORE: Final = 1700
NO_YEAR = N_("A year is expected here, such as 2026 or 1405.")


def _a_year(year: int) -> int:
    if not (1300 <= year <= 1550 or 1900 <= year <= 2190):
        raise complaint(_(NO_YEAR))
    return year


class RegistryFilter(Form):
    """Which lines: a protocol number or part of it, a year (Gregorian, or Jalali as 1405), only what came in or went
    out."""

    number: Search = ""
    year: Annotated[int, AfterValidator(_a_year)] | None = None
    way: Literal["", "in", "out"] = ""
    after: Annotated[str, Field(max_length=400)] | None = None
    limit: Limit = 50
