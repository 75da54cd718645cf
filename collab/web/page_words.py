"""Sentences that the modules of a page need, in the language of its reader: looked up once for everybody."""

from functools import cache
from typing import Final

from collab.core.i18n import N_, gettext, locale

WORDS: Final = {
    "close": N_("Close"),
    "undo": N_("Undo"),
    "copied": N_("The link is copied."),
    "again": N_("Send again"),
    "discard": N_("Discard"),
    "refused": N_("This was not sent:"),
    "signed-out": N_("Sign in again, then it is sent."),
    "waiting": N_("Waiting to be sent"),
    "full": N_(
        "Very much waits to be sent in this browser. Send this once some of it was sent; it stays as you typed it."
    ),
    "none": N_("Nothing found"),
    "searching": N_("Searching…"),
    "found": N_("%(count)s found"),
    "everywhere": N_("Search everything for “%(typed)s”"),
    "forbidden": N_("You may see this, but not do that."),
    "gone": N_("This is not here any more, or you may not see it."),
    "stale": N_("Somebody changed this meanwhile. Open it again to see both."),
    "busy": N_("Many people are at work right now. Try again in a moment."),
    "failed": N_("That did not work. What you typed is kept; try again."),
    "offline": N_("You are offline. What you typed is kept."),
    "away": N_("The line is away: this was not done. What you typed is kept."),
    "away-act": N_("The line is away, so “%(act)s” was not done. What you typed is kept."),
    "try-again": N_("Try again"),
    "leave": N_("You typed something that is not sent yet."),
    "unkept": N_("Close this without keeping what you typed?"),
    "needed": N_("This is needed."),
    "too-long": N_("This is too long: at most %(limit)s characters."),
    "number": N_("A whole number is expected here."),
    "no-undo": N_("There is nothing to undo here."),
    "no-day": N_("There is no such day."),
    "past-day": N_("That day is past. Write one that is still to come."),
    "calendar": N_("Choose a day"),
    "earlier": N_("Month before"),
    "later": N_("Month after"),
    "unread-talks": N_("conversations with something unread"),
    "mentions": N_("Mentions: %(names)s"),
}
"""Name → sentence; what stands in braces is filled in by the module."""
DAYS: Final = {
    "gregorian": (
        N_("dd/mm/yyyy, Friday"),
        N_("Write the date as day/month/year, or in words such as “tomorrow” or “next Friday”."),
        N_("dd/mm/yyyy, yesterday"),
        N_("Write the date as day/month/year, or in words such as “yesterday” or “last Friday”."),
    ),
    "jalali": (
        N_("year/month/day, tomorrow"),
        N_("Write the date as year/month/day, or in words such as “tomorrow” or “next Friday”."),
        N_("year/month/day, yesterday"),
        N_("Write the date as year/month/day, or in words such as “yesterday” or “last Friday”."),
    ),
}
DAY_WORDS: Final = ("day-form", "wrong-date", "day-over-form", "wrong-day-over")
"""How a day is written and what is wrong of one; the same of a day that has come."""
HOLES: Final = {"count": "{count}", "typed": "{typed}", "limit": "{limit}", "act": "{act}", "names": "{names}"}


def page_words(calendar: str | None = None) -> tuple[tuple[str, str], ...]:
    """(name, sentence) in the language being spoken; how a day is written goes by the calendar."""
    return _words(locale(), "jalali" if calendar == "jalali" else "gregorian")


@cache
def _words(_locale: str, calendar: str) -> tuple[tuple[str, str], ...]:
    said = [(name, gettext(sentence, **HOLES)) for name, sentence in WORDS.items()]
    days = zip(DAY_WORDS, DAYS[calendar], strict=True)
    return (*said, *((name, gettext(sentence)) for name, sentence in days))
