"""Rows of My day, ready for its template: every word chosen and every date written here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, in_language, locale, ngettext
from collab.messaging.mentions import in_short
from collab.people.queries.today import today
from collab.web.shell import counted
from collab.work.asked_words import asked_words
from collab.work.events import STATES
from collab.work.kinds import kinds
from collab.work.lines import AGAIN, PRIORITIES, URGENT, icon_of
from collab.work.policy import is_kept

from .queries.announced import ToConfirm
from .queries.waits import Expected
from .why_lines import why, why_confirm

NOBODY: Final[Mapping[int, str]] = {}
SOON: Final = 7
"""Days ahead that count as soon."""
GROUPS: Final = {
    "over": N_("Overdue"),
    "today": N_("Due today"),
    "offered": N_("To accept or return"),
    "confirm": N_("To confirm that you have read it"),
    "soon": N_("Soon"),
    "rest": N_("Later or without a date"),
    "still": N_("While others are awaited"),
}
BENT: Final = frozenset({"el"})
"""Languages in which a name changes when somebody is called by it, in ways that cannot be told from the name."""
SENSE_ICONS: Final = {
    "answer": "message-square", "vote": "vote", "assessment": "pencil", "handover": "arrow-left-right",
    "acknowledgement": "check", "approval": "stamp", "lapse": "flag", "advice": "lightbulb",
    "invitation": "calendar", "tie": "vote", "revisit": "history",
}  # fmt: skip

ASKED_BY_HOUSE: Final = {
    "tie": N_("It is even: your word as chair breaks the tie."),
    "revisit": N_("To be looked at again: does it stand, is it revised, or is it too early?"),
}


@dataclass(frozen=True, slots=True)
class DayLine:
    """One wait, or one message to confirm. `act` names what its sense needs; the template knows the button."""

    id: int
    act: str
    icon: str
    state: str
    state_word: str
    reference: str
    href: str
    title: str
    why: str
    note: str
    group: str
    due: str
    due_class: str
    due_whole: str
    who: str
    handover: int | None
    tray: bool
    nudges: str
    behalf: str = ""
    outside: bool = False
    urgent: str = ""
    again: str = ""


def day_lines(
    actor: Actor, found: Iterable[Expected], *, awaited: bool = False, trays: Mapping[int, str] = NOBODY
) -> list[DayLine]:
    """Waits in their order as lines; `awaited` shows of whom, else by whom. `trays`: units that the actor heads only in
    somebody's place, each with their name."""
    day, calendar = today(), actor.calendar
    states = {code: _(word) for code, word in STATES.items()}
    collab, again, known = _("Collab"), _(AGAIN), kinds()
    lines = []
    for wait in found:
        stands_still = wait.sense == "task" and wait.state_kind == "waiting" and not awaited
        group = "still" if stands_still else group_of(wait.until, day)
        # However far its day: the sender answers for it until it is accepted or returned.
        if wait.sense == "handover" and group in ("soon", "rest") and not awaited:
            group = "offered"
        names, label = (wait.of_names, wait.of_label) if awaited else (wait.by_names, wait.by_label)
        about_item = wait.reference is not None
        state = wait.state_kind or ""
        lines.append(
            DayLine(
                id=wait.id,
                act=_act(actor, wait),
                icon=SENSE_ICONS.get(wait.sense) or icon_of(known.get(wait.kind or ""), state) or "circle",
                state=state,
                state_word=states.get(state, ""),
                reference=wait.reference or "",
                href=f"/work-items/{wait.reference}" if about_item else "",
                title=wait.title if wait.title is not None else wait.what,
                why=_asked_by_house(wait) or ("" if awaited else why(actor, wait, day)),
                note=_note(wait) if about_item else "",
                group=group,
                due=dates.near_day(wait.until, day, calendar=calendar) if wait.until else "",  # type: ignore[arg-type]
                due_whole=dates.shown(wait.until, "weekday", calendar=calendar) if wait.until else "",  # type: ignore[arg-type]
                due_class={"over": "due-over", "today": "due-soon"}.get(group, ""),
                who=""
                if not awaited and (wait.sense in ASKED_BY_HOUSE or wait.by_id in (actor.person_id, wait.of_id))
                else in_language(names, label or collab),
                handover=wait.handover_id,
                tray=wait.tray_unit_id is not None,
                nudges=dates.digits(wait.nudges) if wait.nudges else "",
                behalf=_behalf(actor, wait, trays) if not awaited else "",
                outside=awaited and wait.of_kind == "outsider",
                urgent=_(PRIORITIES[wait.priority]) if wait.priority and wait.priority >= URGENT else "",
                again=again if wait.repeats else "",
            )
        )
    return lines


def confirm_lines(actor: Actor, found: Iterable[ToConfirm]) -> list[DayLine]:
    """Messages that ask the reader to confirm them, as lines of their day."""
    day = today()
    return [
        DayLine(
            id=one.id, act="confirm", icon=SENSE_ICONS["acknowledgement"], state="", state_word="", reference="",
            href=f"/messages/{one.id}/place", title=in_short(one.text, one.called_names, files=one.file_names),
            why=why_confirm(actor, one, day), note=one.talk or "", group="confirm", due="", due_class="", due_whole="",
            who="", handover=None, tray=False, nudges="",
        )
        for one in found
    ]  # fmt: skip


def _asked_by_house(wait: Expected) -> str:
    """What the house itself asks for, apart from the words of people beside it, which may be of another direction."""
    return _(ASKED_BY_HOUSE[wait.sense]) if wait.sense in ASKED_BY_HOUSE else ""


def _note(wait: Expected) -> str:
    if wait.sense == "task":
        if wait.came_back is not None:
            name = in_language(wait.late_names, wait.late_label or "")
            return _("Returned by %(name)s: %(reason)s", name=name, reason=wait.came_back)
        return _("offered to %(name)s", name=in_language(wait.late_names, wait.late_label)) if wait.late_label else ""
    if wait.sense != "lapse":
        return asked_words(wait.sense, wait.what)
    late = in_language(wait.late_names, wait.late_label or "") if wait.late_label else _("somebody outside")
    said = _("late: %(name)s", name=late)
    return f"{said} · {wait.what}" if wait.what else said


def _behalf(actor: Actor, wait: Expected, trays: Mapping[int, str]) -> str:
    """In whose place the reader sees it, when only as their substitute."""
    if wait.tray_unit_id is not None and wait.tray_unit_id in trays and wait.taken_by is None:
        return _("for %(name)s", name=trays[wait.tray_unit_id])
    if wait.of_id is None or wait.of_id in actor.named_parties or wait.of_id not in actor.parties:
        return ""
    return _("for %(name)s", name=in_language(wait.of_names, wait.of_label or ""))


def _act(actor: Actor, wait: Expected) -> str:
    if wait.sense == "handover":
        return "handover" if wait.handover_id else "open"
    if wait.sense == "task":
        if is_kept(wait):
            return "open"
        kind = kinds().get(wait.kind or "")
        finish = "conclude" if kind and kind.outcome else "finish"
        return "take" if wait.tray_unit_id is not None else finish
    if wait.sense == "acknowledgement":
        return "acknowledge" if wait.of_id in actor.named_parties else "open"
    if wait.sense == "advice":
        return "advise"
    if wait.sense == "invitation":
        return "reply"
    if wait.sense in ("vote", "tie", "revisit"):
        return wait.sense
    if wait.sense in ("answer", "approval"):
        return "take-question" if wait.tray_unit_id is not None else "answer"
    return "open"


def group_of(until: date | None, today: date) -> str:
    """over, today, soon (within a week) or rest."""
    if until is None or (until - today).days > SOON:
        return "rest"
    return "over" if until < today else "today" if until == today else "soon"


def grouped(lines: list[DayLine]) -> list[tuple[str, str, list[DayLine]]]:
    """(code, heading, lines) for each group that is not empty, in order of urgency."""
    return [
        (code, _(heading), inside)
        for code, heading in GROUPS.items()
        if (inside := [line for line in lines if line.group == code])
    ]


def how_many(number: int) -> list[str]:
    """The one number beside the greeting where the day goes over several pages: as the frame writes it."""
    return [_("%(count)s wait for you", count=counted(number))] if number else []


def summary(lines: list[DayLine]) -> list[str]:
    """The few numbers beside the greeting, of a day that stands on one page."""
    due = sum(line.group in ("over", "today") for line in lines)
    offers = sum(line.act == "handover" for line in lines)
    asked = sum(line.act in ("answer", "take-question") for line in lines)
    said = [
        ngettext("%(count)s due", "%(count)s due", due, count=dates.digits(due)) if due else "",
        ngettext("%(count)s handover", "%(count)s handovers", offers, count=dates.digits(offers)) if offers else "",
        ngettext("%(count)s question", "%(count)s questions", asked, count=dates.digits(asked)) if asked else "",
    ]
    return [text for text in said if text]


def greeting(actor: Actor) -> str:
    """Good morning, afternoon or evening, by the clock on this person's wall."""
    hour = int(dates.clock(clock.now(), actor.time_zone, locale="en")[:2])
    first = actor.name.split(" ")[0] if actor.name and locale() not in BENT else ""
    if not first:
        return _("Good morning") if 4 <= hour < 12 else _("Good afternoon") if 12 <= hour < 18 else _("Good evening")
    if 4 <= hour < 12:
        return _("Good morning, %(name)s", name=first)
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s", name=first)
    return _("Good evening, %(name)s", name=first)


def today_words(actor: Actor) -> str:
    """Today in this person's calendar."""
    return dates.shown(today(), "weekday", calendar=actor.calendar)  # type: ignore[arg-type]


def news_heading(actor: Actor, looked: datetime | None, oldest: datetime | None) -> str:
    """What stands above the news: how old they may be, for what was not read stays however long ago it came."""
    if looked is None:
        return _("What happened")
    since = since_words(actor, looked)
    if oldest is not None and oldest <= looked:
        return _("Not read yet, and since you last looked (%(when)s)", when=since)
    return _("Since you last looked (%(when)s)", when=since)


def since_words(actor: Actor, moment: datetime) -> str:
    """When this person last looked at their day."""
    return dates.near_instant(moment, clock.now(), actor.time_zone, calendar=actor.calendar)  # type: ignore[arg-type]
