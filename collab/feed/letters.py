"""What the letters say that tell somebody what they heard of, in their language, calendar and direction.

What is for named people only is told without its title: a letter leaves the house.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import current_app

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, direction, ngettext, speaking

from .hearing import CONVERSATION
from .news_lines import NewsLine, address_of, news_lines
from .queries.notifications import Heard

MOST: Final = 50
HELLO: Final = N_("Hello %(name)s,")
SINCE: Final = N_("this happened since your last letter, and you have not read it yet:")
NOW: Final = N_("this happened just now:")
MORE: Final = N_("There is more in your inbox.")
ONCE_A_DAY: Final = N_("This letter comes once a day at most, and only when there is something new.")
AT_ONCE: Final = N_("This letter comes at once because you chose so.")
HOW: Final = N_("Choose how you hear")
STOP: Final = N_("No more letters of this kind")
CLOSED: Final = N_("(for named people only)")


@dataclass(frozen=True, slots=True)
class Line:
    """One item in a letter."""

    reference: str
    title: str
    said: str
    at: str
    href: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before the address is known that ends letters of its kind."""

    subject: str
    words: dict[str, Any]

    def body(self, stop: str) -> str:
        """As plain text."""
        words = self.words
        lines = "\n\n".join(
            f"• {one.reference}  {one.title}\n  {one.said} · {one.at}\n  {one.href}" for one in words["lines"]
        )
        more = f"\n\n{words['more']} {words['inbox']}" if words["more"] else ""
        foot = f"{words['why']}\n{words['how']}: {words['hearing']}\n{words['stop_word']}: {stop}"
        return f"{words['hello']}\n\n{words['intro']}\n\n{lines}{more}\n\n-- \n{foot}\n"

    def html(self, stop: str) -> str:
        """For mail programs that show it."""
        page: str = current_app.jinja_env.get_template("feed/mail/letter.html").render(**self.words, stop=stop)
        return page


def letter(actor: Actor, found: Sequence[Heard], organisation: str, *, is_digest: bool) -> Letter:
    """The letter about these lines to this person."""
    with speaking(actor.locale):
        site = current_app.config["COLLAB_URL"]
        shown = news_lines(actor, found[:MOST])
        lines = [_line(actor, heard, line, site) for heard, line in zip(found, shown, strict=False)]
        return Letter(
            _subject(lines, len(found), organisation, is_digest=is_digest),
            {
                "locale": actor.locale,
                "direction": direction(actor.locale),
                "organisation": organisation,
                "hello": _(HELLO, name=actor.name),
                "intro": _(SINCE if is_digest else NOW),
                "lines": lines,
                "more": _(MORE) if len(found) > MOST else "",
                "inbox": f"{site}/inbox",
                "inbox_word": _("Inbox"),
                "hearing": f"{site}/profile/hearing",
                "why": _(ONCE_A_DAY if is_digest else AT_ONCE),
                "how": _(HOW),
                "stop_word": _(STOP),
            },
        )


def _subject(lines: Sequence[Line], number: int, organisation: str, *, is_digest: bool) -> str:
    if number == 1 and not is_digest:
        return f"{lines[0].reference or lines[0].title}: {lines[0].said}"
    said = ngettext("%(count)s item with news for you", "%(count)s items with news for you", number,
                    count=dates.digits(number))  # fmt: skip
    return f"{organisation}: {said}"


def _line(actor: Actor, heard: Heard, line: NewsLine, site: str) -> Line:
    at = dates.shown_instant(heard.at, actor.time_zone, calendar=actor.calendar)  # type: ignore[arg-type]
    title = _(CLOSED) if heard.reach == "named" else line.title
    said = " · ".join(part for part in (line.behalf, f"{line.who} {line.said}".strip()) if part)
    # What was said is found through the line, which knows where it stands.
    address = line.href if heard.subject_kind == CONVERSATION else address_of(heard)
    return Line(line.reference, title, said, at, f"{site}{address}")
