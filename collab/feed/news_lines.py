"""Lines of the inbox, ready for their templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, comma, in_language
from collab.work.events import STATES
from collab.work.kinds import kinds
from collab.work.lines import icon_of

from .hearing import CONVERSATION, LATER
from .queries.notifications import Heard, Told
from .reasons import GATHERED, ORDER, REASONS, standing

TALK: Final = N_("Conversation")
TO_SEND: Final = N_("A message to be sent later")
FOR: Final = N_("for %(name)s")


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One line of the inbox."""

    id: int
    reference: str
    href: str
    title: str
    said: str
    who: str
    at: str
    iso: str
    day: str
    unread: bool
    archived: bool
    muted: bool
    back: str
    behalf: str
    state: str
    icon: str
    state_word: str


def news_lines(actor: Actor, found: Iterable[Heard], by: str = "day") -> list[NewsLine]:
    """Lines of the inbox in their order, or gathered `by` unit; `day` stands on the first line under each heading."""
    now = clock.now()
    today, zone, calendar = clock.today(actor.time_zone), actor.time_zone, actor.calendar
    done = {code: _(text) for code, text in REASONS.items()}
    gathered = {code: _(text) for code, text in GATHERED.items()}
    states = {code: _(word) for code, word in STATES.items()}
    talk, known = _(TALK), kinds()
    between, collab = comma(actor.locale), _("Collab")
    lines, last = [], None
    for heard in found if by == "day" else _by_unit(found):
        day = dates.local_day(heard.at, zone)
        unread = heard.read_at is None
        under: object = (day, unread) if by == "day" else heard.unit_id
        heading = "" if under == last else _day(day, today, calendar) if by == "day" else _unit(heard)
        words = done if heard.times == 1 else gathered
        told = heard.reasons if heard.times == 1 else standing(heard.reasons, heard.state_kind)
        lines.append(
            NewsLine(
                id=heard.id,
                reference=heard.reference,
                href=f"/notifications/{heard.id}",
                title=title_of(heard),
                said=between.join(words[code] for code in sorted(told, key=_place) if code in words)
                + (f" (×{dates.digits(heard.times)})" if len(heard.reasons) == 1 < heard.times else ""),
                who=in_language(heard.actor_names, heard.actor_label or collab) if words is done else "",
                at=dates.near_instant(heard.at, now, zone, calendar=calendar),  # type: ignore[arg-type]
                iso=heard.at.isoformat(timespec="seconds"),
                day=heading,
                unread=unread,
                archived=heard.archived_at is not None,
                muted=heard.muted_at is not None,
                back=back_words(actor, heard.snoozed_until) if heard.snoozed_until else "",
                behalf=_(FOR, name=in_language(heard.for_names, heard.for_label or "")) if heard.for_id else "",
                state=heard.state_kind,
                icon=icon_of(known.get(heard.kind), heard.state_kind) or "messages-square",
                state_word=states.get(heard.state_kind) or talk,
            )
        )
        last = under
    return lines


def title_of(heard: Heard) -> str:
    """What a line is about: an item by its title, a conversation by its own, its unit's, or whom one talks with;
    what was to be sent by what it was."""
    if heard.subject_kind == LATER:
        return _(TO_SEND)
    if heard.title or heard.subject_kind != CONVERSATION:
        return heard.title
    return _unit(heard) or in_language(heard.actor_names, heard.actor_label or "")


def address_of(heard: Heard) -> str:
    """The page of what a line is about."""
    if heard.subject_kind == CONVERSATION:
        return f"/conversations/{heard.subject_id}"
    if heard.subject_kind == LATER:
        return "/conversations/later"
    return f"/work-items/{heard.reference}"


def place_in(heard: Heard, said: Told | None) -> str:
    """Where on that page the message stands that the line is about; nothing where it is about none."""
    if said is None:
        return ""
    at = f"?at={said.seq}" if heard.subject_kind == CONVERSATION else ""
    return f"{at}#message-{said.id}"


def _by_unit(found: Iterable[Heard]) -> list[Heard]:
    """The same lines, those of one unit together: the unit of the first line first."""
    units: dict[int, list[Heard]] = {}
    for heard in found:
        units.setdefault(heard.unit_id, []).append(heard)
    return [heard for lines in units.values() for heard in lines]


def _unit(heard: Heard) -> str:
    return in_language(heard.unit_names, heard.unit_label or "")


def back_words(actor: Actor, moment: datetime, style: dates.Style = "short") -> str:
    """When a line comes back: day and hour in this person's calendar."""
    return dates.shown_instant(moment, actor.time_zone, style, calendar=actor.calendar)  # type: ignore[arg-type]


def _place(code: str) -> int:
    return ORDER.get(code, len(ORDER))


def _day(day: date, today: date, calendar: str) -> str:
    if abs((today - day).days) <= 1:
        return dates.near_day(day, today)
    return dates.shown(day, "weekday", calendar=calendar)  # type: ignore[arg-type]
