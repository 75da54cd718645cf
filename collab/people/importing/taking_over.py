"""The unit that takes over where a list closes one, by the same rule as on the page where units are closed."""

from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy.orm import Session

from collab.core.i18n import N_, _, listed

from ..organisation import following

if TYPE_CHECKING:
    from .unit_plan import KnownUnit, UnitWanted

SAY_WHERE: Final = N_("Still here: %(what)s. Say which unit takes them over.")
NOT_ENDING: Final = N_("Only a unit that ends has one that takes over: give valid_to too.")
GONE_BY_THEN: Final = N_("The unit that takes over must exist on that day.")
TAKEN_OVER: Final = N_("Another unit took it over already.")


def refused(reading: Session, today: date, one: "UnitWanted", there: "KnownUnit | UnitWanted | None") -> str:
    """Why a unit may not end so, in a sentence; empty when it may. `there`: the unit named to take over."""
    known, until = one.known, one.until
    if until is None:
        return _(NOT_ENDING) if there is not None else ""
    if there is None:
        return _unnamed(reading, one, until)
    if there.since > until or (there.until is not None and there.until <= until):
        return _(GONE_BY_THEN)
    if known is not None and known.into not in (None, there.id) and until <= today:
        return _(TAKEN_OVER)
    return ""


def _unnamed(reading: Session, one: "UnitWanted", until: date) -> str:
    """Units below need nobody here: those that would still stand there are refused by themselves."""
    if one.known is None or until == one.known.until or one.known.into is not None:
        return ""
    stays = [
        each.says
        for each in following.lying(reading, one.known.id, until)
        if each.sort != "units_below" and each.number
    ]
    return _(SAY_WHERE, what=listed(stays)) if stays else ""
