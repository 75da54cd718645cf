"""What a pop-up says, in its reader's language: what it is about, why, and where it leads. Never what was written.

A screen may be seen by others, so what is for named people only is told without its title.
"""

from collections.abc import Sequence
from typing import Any, Final

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, direction, ngettext, speaking

from ..letters import CLOSED
from ..news_lines import address_of, news_lines
from ..queries.notifications import Heard

MOST: Final = 160
ON: Final = N_("Pop-ups are on in this browser")
HOW: Final = N_("What you chose under Notifications shows here at once.")


def payloads(actor: Actor, found: Sequence[Heard]) -> list[dict[str, Any]]:
    """One pop-up for each line, in their order."""
    with speaking(actor.locale):
        shown = news_lines(actor, found)
        return [
            _payload(
                actor,
                " · ".join(
                    part for part in (line.reference, _(CLOSED) if heard.reach == "named" else line.title) if part
                ),
                " · ".join(part for part in (line.behalf, f"{line.who} {line.said}".strip()) if part),
                f"/notifications/{heard.id}",
                f"heard-{heard.id}",
                address_of(heard),
            )
            for heard, line in zip(found, shown, strict=True)
        ]


def gathered(actor: Actor, found: Sequence[Heard]) -> dict[str, Any]:
    """One pop-up for many lines, as after a weekend: how many, and the first of them by their numbers."""
    with speaking(actor.locale):
        said = ngettext("%(count)s item with news for you", "%(count)s items with news for you", len(found),
                        count=dates.digits(len(found)))  # fmt: skip
        named = " · ".join(heard.reference for heard in found if heard.reference)
        return _payload(actor, said, named, "/inbox", "inbox")


def welcome(actor: Actor) -> dict[str, Any]:
    """The first pop-up in a browser, by which its person sees that it works."""
    with speaking(actor.locale):
        return _payload(actor, _(ON), _(HOW), "/profile/hearing", "welcome")


def _payload(actor: Actor, title: str, body: str, href: str, tag: str, page: str = "") -> dict[str, Any]:
    """`page` is where `href` leads to, if that is elsewhere: a window that shows it already is brought forward."""
    return {
        "title": title[:MOST], "body": body[:MOST], "href": href, "page": page or href, "tag": tag,
        "lang": actor.locale, "dir": direction(actor.locale),
    }  # fmt: skip
