"""What a letter about a meeting says, in its reader's language, calendar and direction, with its part for calendars.

What is for named people only is told with its time alone: a letter leaves the house.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from flask import current_app

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, direction, speaking
from collab.feed.letters import CLOSED, HELLO, HOW, STOP
from collab.people.mailing import sender

from .calendars import Entry, Somebody, as_cancellation, as_request

SUBJECTS: Final = {
    "invited": N_("Invitation: %(title)s, %(when)s"),
    "changed": N_("Changed: %(title)s, %(when)s"),
    "cancelled": N_("Cancelled: %(title)s, %(when)s"),
    "taken-off": N_("No longer invited: %(title)s, %(when)s"),
}
INTROS: Final = {
    "invited": N_("you are invited to a meeting:"),
    "changed": N_("a meeting to which you are invited is held otherwise now:"),
    "cancelled": N_("a meeting to which you were invited is cancelled:"),
    "taken-off": N_("you are no longer invited to a meeting:"),
}
ENTERED: Final = frozenset({"invited", "changed"})
"""After these it stands in their calendar, after the others no more."""
OPEN: Final = N_("The meeting, and your answer")
WHY: Final = N_("This letter comes because you are or were invited. It carries an entry for your calendar.")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before the address is known that ends letters."""

    subject: str
    words: dict[str, Any]
    calendar: str

    def body(self, stop: str) -> str:
        """As plain text."""
        words = self.words
        told = "\n".join(f"{label}: {value}" for label, value in words["lines"])
        agenda = "".join(f"\n  • {point}" for point in words["agenda"])
        agenda = f"\n{words['agenda_word']}:{agenda}" if agenda else ""
        link = f"\n\n{words['open_word']}: {words['open']}" if words["open"] else ""
        foot = f"{words['why']}\n{words['how']}: {words['hearing']}\n{words['stop_word']}: {stop}"
        return f"{words['hello']}\n\n{words['intro']}\n\n{words['title']}\n{told}{agenda}{link}\n\n-- \n{foot}\n"

    def html(self, stop: str) -> str:
        """For mail programs that show it."""
        page: str = current_app.jinja_env.get_template("meetings/mail/invitation.html").render(**self.words, stop=stop)
        return page


def shown_in(entry: Entry, reach: str, locale: str) -> Entry:
    """What of a meeting leaves the house."""
    if reach != "named":
        return entry
    with speaking(locale):
        return replace(entry, title=_(CLOSED), place="", agenda=())


def letter(reader: Actor, entry: Entry, what: str, chair: str, answer: str | None, house: str) -> Letter:
    """The letter to this person about what happened to a meeting (`what`: a word of `SUBJECTS`). `house`: the name of
    the organisation."""
    with speaking(reader.locale):
        site = current_app.config["COLLAB_URL"]
        calls, called = Somebody(house, sender()), Somebody(reader.name, reader.email)
        calendar: dates.Calendar = reader.calendar  # type: ignore[assignment]
        when = dates.shown_instant(entry.starts_at, reader.time_zone, "long", calendar=calendar)
        stands = what in ENTERED
        lines = [(_("When"), when), (_("Where"), entry.place), (_("Chair"), chair if stands else "")]
        words = {
            "locale": reader.locale, "direction": direction(reader.locale), "organisation": house,
            "hello": _(HELLO, name=reader.name), "intro": _(INTROS[what]), "title": entry.title,
            "reference": entry.reference, "lines": [(label, value) for label, value in lines if value],
            "agenda": entry.agenda if stands else (), "agenda_word": _("Agenda"),
            "open": f"{site}/meetings/{entry.reference}" if what != "taken-off" else "", "open_word": _(OPEN),
            "hearing": f"{site}/profile/hearing", "why": _(WHY), "how": _(HOW), "stop_word": _(STOP),
        }  # fmt: skip
        if stands:
            part = as_request(entry, site, calls, called, answer)
        else:
            part = as_cancellation(replace(entry, cancelled=True), site, calls, called)
        return Letter(_(SUBJECTS[what], title=entry.title, when=when), words, part)
