"""What a list by mail says, in its reader's language, calendar and direction.

What is for named people only is told without its title: a letter leaves the house.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import current_app

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, direction, in_language, ngettext, speaking
from collab.people.queries.today import today
from collab.people.queries.tree import tree
from collab.work.lines import lines_of
from collab.work.queries.saved import View
from collab.work.queries.shapes import Row

from ..letters import CLOSED, HELLO
from .gathering import Gathered

NOW: Final = N_("this is your list “%(view)s” as it stands now: %(found)s.")
SINCE: Final = N_("Since the letter of %(day)s: %(came)s new, %(gone)s no longer in it.")
NOTHING: Final = N_("this is your list “%(view)s”: nothing is in it now.")
SUBJECT: Final = N_("%(view)s: %(found)s")
SUBJECT_NEW: Final = N_("%(view)s: %(found)s, %(came)s new")
NEW, ALSO, ALL = N_("New in the list"), N_("Also in the list"), N_("In the list")
GONE: Final = N_("No longer in the list")
MORE: Final = N_("There is more: the whole list")
OPEN: Final = N_("Open the list")
HOW: Final = N_("Change when it comes")
STOP: Final = N_("Do not send me this list any more")
DUE: Final = N_("due %(day)s")
RHYTHMS: Final = {
    "workday": N_("each working day"),
    "monday": N_("every Monday"),
    "saturday": N_("every Saturday"),
    "month": N_("on the first of each month"),
}
WHY: Final = N_("This letter comes because you asked for it: %(rhythm)s.")


@dataclass(frozen=True, slots=True)
class Line:
    """One item in a letter."""

    reference: str
    title: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class ListLetter:
    """A letter before the address is known that ends it; `kept` is what was in the view when it was made."""

    subject: str
    words: dict[str, Any]
    kept: list[int] | None

    def body(self, stop: str) -> str:
        """As plain text."""
        words = self.words
        parts = [words["hello"], words["intro"]]
        for heading, lines in words["sections"]:
            shown = "\n\n".join(f"• {one.reference}  {one.title}\n  {one.note}\n  {one.href}" for one in lines)
            parts += [f"{heading}\n\n{shown}" if heading else shown]
        parts.append(f"{words['open_word']}: {words['open']}")
        foot = f"{words['why']}\n{words['how']}: {words['change']}\n{words['stop_word']}: {stop}"
        return "\n\n".join(parts) + f"\n\n-- \n{foot}\n"

    def html(self, stop: str) -> str:
        """For mail programs that show it."""
        page: str = current_app.jinja_env.get_template("feed/mail/list.html").render(**self.words, stop=stop)
        return page


def letter_of(actor: Actor, view: View, found: Gathered, rhythm: str, before: datetime | None) -> ListLetter:
    """The letter about this list to this person; `before` is when the last one went."""
    with speaking(actor.locale):
        site = current_app.config["COLLAB_URL"]
        sections = [(_(NEW), found.new), (_(ALSO) if found.new else "", found.others), (_(GONE), found.left)]
        if found.left and not found.new:
            sections[1] = (_(ALL), found.others)
        return ListLetter(
            _subject(view, found),
            {
                "locale": actor.locale,
                "direction": direction(actor.locale),
                "organisation": in_language(tree().organisation_names, tree().organisation),
                "hello": _(HELLO, name=actor.name),
                "intro": _intro(actor, view, found, before),
                "sections": [(heading, _lines(actor, rows, site)) for heading, rows in sections if rows],
                "open": f"{site}/views/{view.id}",
                "open_word": _(MORE) if found.more else _(OPEN),
                "change": f"{site}/views/{view.id}/subscription",
                "why": _(WHY, rhythm=rhythm_words(actor, rhythm)),
                "how": _(HOW),
                "stop_word": _(STOP),
            },
            found.kept,
        )


def rhythm_words(actor: Actor, rhythm: str) -> str:
    """On which days a list comes, in the language being spoken."""
    if rhythm == "week":
        rhythm = "saturday" if actor.calendar == "jalali" else "monday"
    return _(RHYTHMS[rhythm])


def _subject(view: View, found: Gathered) -> str:
    if found.came:
        return _(SUBJECT_NEW, view=view.name, found=_found(found), came=dates.digits(found.came))
    return _(SUBJECT, view=view.name, found=_found(found))


def _found(found: Gathered) -> str:
    number = dates.digits(found.found) + ("" if found.whole else "+")
    return ngettext("%(count)s item", "%(count)s items", found.found, count=number)


def _intro(actor: Actor, view: View, found: Gathered, before: datetime | None) -> str:
    said = _(NOW, view=view.name, found=_found(found)) if found.found else _(NOTHING, view=view.name)
    if before is None or found.came is None or not (found.came or found.gone):
        return said
    calendar: dates.Calendar = actor.calendar  # type: ignore[assignment]
    day = dates.shown(dates.local_day(before, actor.time_zone), "weekday", calendar=calendar)
    return f"{said} {_(SINCE, day=day, came=dates.digits(found.came), gone=dates.digits(found.gone or 0))}"


def _lines(actor: Actor, rows: Sequence[Row], site: str) -> list[Line]:
    return [
        Line(
            line.reference,
            _(CLOSED) if row.reach == "named" else line.title,
            " · ".join([line.word, line.holder, *([_(DUE, day=line.due.whole)] if line.due.whole else [])]),
            f"{site}{line.href}",
        )
        for row, line in zip(rows, lines_of(actor, rows, today()), strict=True)
    ]
