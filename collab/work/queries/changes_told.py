"""What an edit changed, from what to what, as its line of the history says it."""

from datetime import date
from typing import Any, Final

from collab.core.actor import Actor
from collab.core.dates import shown
from collab.core.i18n import N_, _, listed

from ..events import FIELD_NAMES, ItemEdited
from ..lines import PRIORITIES

LONGEST: Final = 80
FROM_TO: Final = N_("%(field)s from %(before)s to %(after)s")
WORDS_FROM_TO: Final = N_("%(field)s from “%(before)s” to “%(after)s”")
DAYS: Final = frozenset({"start_on", "due_on"})


def changes_told(actor: Actor, edited: ItemEdited) -> str:
    """The fields in the reader's language, each with what stood there before and after where the ledger knows it:
    titles, days and priority. Texts are cut; of a long description it is said only that it changed."""
    return listed((_one(actor, edited, name) for name in edited.fields.split(",")), actor.locale)


def _one(actor: Actor, edited: ItemEdited, name: str) -> str:
    field = _(FIELD_NAMES.get(name, name))
    if name == "title" and edited.title_was and edited.title_now:
        return _(WORDS_FROM_TO, field=field, before=_cut(edited.title_was), after=_cut(edited.title_now))
    was, now = edited.was or {}, edited.now or {}
    if name == "due_on" and name in was:
        return _(FROM_TO, field=field, before=_day(actor, was[name]), after=_day(actor, edited.due_on))
    if name not in was or name not in now:
        return field
    if name in DAYS:
        return _(FROM_TO, field=field, before=_day(actor, was[name]), after=_day(actor, now[name]))
    if name == "priority":
        before, after = (_(PRIORITIES.get(one[name], "")) for one in (was, now))
        return _(FROM_TO, field=field, before=before, after=after)
    return field


def _day(actor: Actor, iso: Any) -> str:
    return shown(date.fromisoformat(iso), calendar=actor.calendar, locale=actor.locale) if iso else "–"  # type: ignore[arg-type]


def _cut(words: str) -> str:
    """Somebody's words within a sentence of perhaps another direction, isolated from it (UAX #9)."""
    short = words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
    return f"\u2068{short}\u2069"
