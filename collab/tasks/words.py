"""How pending items are spoken of: sources, and why a deadline is the day it is, in the reader's language."""

from collab.core.actor import Actor
from collab.core.dates import digits, shown
from collab.core.i18n import N_, _, locale, ngettext
from collab.people.calendar.deadline import Reason

from .forms import SOURCES
from .queries.details import Details, Explained

FROM_DAY = N_("Counted from the day after %(day)s, the day of the protocol")
BY_LAW = N_("%(basis)s: counted from the day after %(day)s, the day of the protocol")
STANDING = N_("The clock has stood still since %(day)s; what stands still is added when the answer comes.")
BY_HAND = N_("Set by hand; the law would give %(day)s.")
BY_HAND_ALONE = N_("Set by hand.")


def source_name(code: str) -> str:
    """A source in the reader's language."""
    return _(SOURCES[code])


def because(actor: Actor, details: Details, explained: Explained) -> list[str]:
    """Why the deadline is the day it is, a sentence for each step."""
    sentences: list[str] = []
    if explained.reckoned is not None and explained.reckoned.due is not None:
        if explained.by_hand:
            sentences.append(_(BY_HAND, day=_day(actor, explained.reckoned.due)))
        sentences += [_step(actor, details, reason) for reason in explained.reckoned.reasons]
    elif explained.by_hand:
        sentences.append(_(BY_HAND_ALONE))
    if explained.standing_since is not None:
        sentences.append(_(STANDING, day=_day(actor, explained.standing_since)))
    return sentences


def allowed(details: Details) -> str:
    """What the law gives: "50 calendar days", "10 working days"; empty without."""
    return _days(details.allowed_days, details.in_working_days) if details.allowed_days is not None else ""


def _days(number: int, in_working_days: bool) -> str:
    count = digits(number, locale())
    if in_working_days:
        return ngettext("%(count)s working day", "%(count)s working days", number, count=count)
    return ngettext("%(count)s calendar day", "%(count)s calendar days", number, count=count)


def _step(actor: Actor, details: Details, reason: Reason) -> str:
    day = _day(actor, reason.day)
    if reason.step == "starts":
        return _(BY_LAW, basis=reason.code, day=day) if reason.code else _(FROM_DAY, day=day)
    if reason.step == "counted":
        return _("%(days)s end on %(day)s", days=_days(reason.days, details.in_working_days), day=day)
    if reason.step == "suspended":
        days = _days(reason.days, details.in_working_days)
        return _("%(days)s more, while the clock stood still: %(day)s", days=days, day=day)
    return _("That day is not worked: the next working day is %(day)s", day=day)


def _day(actor: Actor, day: object) -> str:
    return shown(day, "weekday", calendar=actor.calendar)  # type: ignore[arg-type]
