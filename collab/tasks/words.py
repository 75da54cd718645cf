"""How pending items are spoken of: sources, and why a deadline is the day it is, in the reader's language."""

from collab.core.actor import Actor
from collab.core.dates import digits, shown
from collab.core.i18n import N_, _, locale, ngettext
from collab.people.calendar.deadline import Reason
from collab.work.lines import PRIORITIES

from .deadlines import States
from .forms import BEGINNINGS, MEASURES, SILENCES, SOURCES, STOPPERS
from .queries.details import Details, Explained
from .queries.rules import Rule
from .queries.silence import Silent
from .silence import Silence

FROM_DAY = N_("Counted from the day after %(day)s, the day of the protocol")
BY_LAW = N_("%(basis)s: counted from the day after %(day)s, the day of the protocol")
FROM_DAY_ITSELF = N_("Counted from %(day)s, the day of the protocol, which counts")
BY_LAW_ITSELF = N_("%(basis)s: counted from %(day)s, the day of the protocol, which counts")
STANDING = N_("The clock has stood still since %(day)s; what stands still is added when the answer comes.")
SHORTER = N_("An electronic application: the rule gives it %(days)s.")
SILENT = {
    "deadline": N_("If we do not decide by %(day)s, %(what)s."),
    "asking": N_("If the counterpart does not answer by %(day)s, %(what)s."),
}
NOT_YET_ASKED = N_("If the counterpart does not answer within %(days)s, %(what)s. Nothing is asked yet.")
SILENCE_OF = {
    "deadline": N_("If we do not decide within %(days)s after the deadline, %(what)s."),
    "asking": N_("If the counterpart does not answer within %(days)s, %(what)s."),
}
NOT_COUNTING = {
    "standing": N_("Silence does not count now: the clock stands still."),
    "no-deadline": N_("Silence does not count now: there is no deadline."),
    "beyond": N_("Silence does not count now: the working calendar does not reach that far."),
}
HELD = N_("Silence does not count: somebody decided so.")
HAPPENED = N_("It was closed by silence once; that does not happen again by itself.")
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
        sentences += [_step(actor, details.term, reason) for reason in explained.reckoned.reasons]
        if details.rule is not None and details.rule.shortened:
            sentences.insert(0, _(SHORTER, days=allowed(details.term)))
    elif explained.by_hand:
        sentences.append(_(BY_HAND_ALONE))
    if explained.standing_since is not None:
        sentences.append(_(STANDING, day=_day(actor, explained.standing_since)))
    return sentences


def allowed(term: States) -> str:
    """What the law gives: "50 calendar days", "10 working days", "3 months"; empty without."""
    return _length(term.allowed, term.measure) if term.allowed is not None else ""


def manner(term: States) -> list[str]:
    """How a term is counted where that is not the usual way, a sentence each."""
    found = []
    if term.first_day_counts:
        found.append(_(N_("The first day counts.")))
    if term.last_day_free:
        found.append(_(N_("The day of the act does not count.")))
    if not term.rolls:
        found.append(_(N_("It may end on a day that is not worked.")))
    if term.least_working_days:
        days = _length(term.least_working_days, "working-days")
        found.append(_(N_("It holds at least %(days)s."), days=days))
    if term.stopped_by != "anyone":
        found.append(_(N_("The clock is stopped by: %(whom)s."), whom=_(STOPPERS[term.stopped_by])))  # type: ignore[index]
    return found


def silence(actor: Actor, silent: Silent) -> str:
    """What will follow from silence on an item, and when, in a sentence."""
    rule = silent.rule
    if silent.state == "held":
        return _(HELD)
    if silent.state == "done":
        return _(HAPPENED)
    if silent.by is not None:
        return _(SILENT[rule.after], day=_day(actor, silent.by), what=_(SILENCES[rule.outcome]))
    if rule.after == "asking" and silent.why_not != "beyond":
        return _(NOT_YET_ASKED, days=_within(rule), what=_(SILENCES[rule.outcome]))
    return _(NOT_COUNTING[silent.why_not])


def counted_from(silent: Silent) -> str:
    """Why silence has a last day of its own, later than the deadline: "60 days after the deadline"."""
    rule = silent.rule
    if silent.by is None or not rule.within:
        return ""
    return _(N_("%(days)s %(after)s"), days=_within(rule), after=_(BEGINNINGS[rule.after]))


def silences(rule: Rule) -> list[str]:
    """What a rule says of silence, a sentence each."""
    if rule.silence is None:
        return []
    said = rule.silence
    found = [_(SILENCE_OF[said.after], days=_within(said), what=_(SILENCES[said.outcome]))]
    if said.basis:
        found.append(said.basis)
    if rule.silence_template:
        found.append(_(N_("The letter “%(name)s” is drafted."), name=rule.silence_template))
    return found


def first(rule: Rule) -> list[str]:
    """How electronic applications go first under a rule, a sentence each."""
    found = []
    if rule.electronic_allowed is not None:
        found.append(_(N_("They are given %(days)s."), days=_length(rule.electronic_allowed, rule.term.measure)))
    if rule.electronic_priority is not None:
        found.append(
            _(N_("Their priority is at least: %(priority)s."), priority=_(PRIORITIES[rule.electronic_priority]))
        )
    return found


def _within(rule: Silence) -> str:
    return _length(rule.within, rule.measure)


def measures() -> dict[str, str]:
    """What a term can be counted in, in the reader's language."""
    return {code: _(name) for code, name in MEASURES.items()}


def stoppers() -> dict[str, str]:
    """Which waits can stop a clock, in the reader's language."""
    return {code: _(name) for code, name in STOPPERS.items()}


def _length(number: int, measure: str) -> str:
    count = digits(number, locale())
    if measure == "working-days":
        return ngettext("%(count)s working day", "%(count)s working days", number, count=count)
    if measure == "weeks":
        return ngettext("%(count)s week", "%(count)s weeks", number, count=count)
    if measure == "months":
        return ngettext("%(count)s month", "%(count)s months", number, count=count)
    if measure == "years":
        return ngettext("%(count)s year", "%(count)s years", number, count=count)
    return ngettext("%(count)s calendar day", "%(count)s calendar days", number, count=count)


def _step(actor: Actor, term: States, reason: Reason) -> str:
    day = _day(actor, reason.day)
    counted_in = "working-days" if term.measure == "working-days" else "days"
    if reason.step == "starts":
        with_basis, without = (BY_LAW_ITSELF, FROM_DAY_ITSELF) if term.first_day_counts else (BY_LAW, FROM_DAY)
        return _(with_basis, basis=reason.code, day=day) if reason.code else _(without, day=day)
    if reason.step == "counted":
        return _("%(days)s end on %(day)s", days=_length(reason.days, term.measure), day=day)
    if reason.step == "suspended":
        days = _length(reason.days, counted_in)
        return _("%(days)s more, while the clock stood still: %(day)s", days=days, day=day)
    if reason.step == "last-day-free":
        return _("The day of the act does not count: %(day)s", day=day)
    if reason.step == "least-working-days":
        days = _length(reason.days, "working-days")
        return _("It holds at least %(days)s: %(day)s", days=days, day=day)
    return _("That day is not worked: the next working day is %(day)s", day=day)


def _day(actor: Actor, day: object) -> str:
    return shown(day, "weekday", calendar=actor.calendar)  # type: ignore[arg-type]
