"""Lines of the inbox, ready for their templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.i18n import _, in_language
from collab.work.events import STATES
from collab.work.lines import ICONS

from .queries.notifications import Heard
from .reasons import GATHERED, ORDER, REASONS


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
    state: str
    icon: str
    state_word: str


def news_lines(actor: Actor, found: Iterable[Heard]) -> list[NewsLine]:
    """Lines of the inbox in their order; `day` stands on the first line of each day."""
    now = clock.now()
    today, zone, calendar = clock.today(actor.time_zone), actor.time_zone, actor.calendar
    done = {code: _(text) for code, text in REASONS.items()}
    gathered = {code: _(text) for code, text in GATHERED.items()}
    states = {code: _(word) for code, word in STATES.items()}
    between, collab = "، " if actor.locale == "fa" else ", ", _("Collab")
    lines, last = [], None
    for heard in found:
        day = dates.local_day(heard.at, zone)
        unread = heard.read_at is None
        words = done if heard.times == 1 else gathered
        lines.append(
            NewsLine(
                id=heard.id,
                reference=heard.reference,
                href=f"/notifications/{heard.id}",
                title=heard.title,
                said=between.join(words[code] for code in sorted(heard.reasons, key=_place) if code in words)
                + (f" (×{dates.digits(heard.times)})" if heard.times > 1 else ""),
                who=in_language(heard.actor_names, heard.actor_label or collab) if words is done else "",
                at=dates.near_instant(heard.at, now, zone, calendar=calendar),  # type: ignore[arg-type]
                iso=heard.at.isoformat(timespec="seconds"),
                day=_day(day, today, calendar) if (day, unread) != last else "",
                unread=unread,
                archived=heard.archived_at is not None,
                state=heard.state_kind,
                icon=ICONS[heard.state_kind],
                state_word=states[heard.state_kind],
            )
        )
        last = (day, unread)
    return lines


def _place(code: str) -> int:
    return ORDER.get(code, len(ORDER))


def _day(day: date, today: date, calendar: str) -> str:
    if abs((today - day).days) <= 1:
        return dates.near_day(day, today)
    return dates.shown(day, "weekday", calendar=calendar)  # type: ignore[arg-type]
