"""The lists that come to somebody by mail, ready for a template."""

from typing import NamedTuple

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import comma

from .queries import subscriptions
from .words import rhythm_words


class ListLine(NamedTuple):
    """A list with when it comes; `href` is where that is changed."""

    href: str
    name: str
    note: str


def lines(actor: Actor) -> list[ListLine]:
    """By name."""
    return [
        ListLine(
            f"/views/{one.view_id}/subscription",
            one.name,
            f"{rhythm_words(actor, one.rhythm)}{comma()}{digits(f'{one.hour:02d}:00')}",
        )
        for one in subscriptions(actor)
    ]
