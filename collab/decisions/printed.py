"""The papers of a vote as the job makes them: gathered within the sight that the asker has by then.

A roll may have thousands of names, so nothing of it is read by the web process, or kept with what was asked.
"""

from collections.abc import Callable
from typing import Any, Final

from collab.core.actor import Actor
from collab.core.errors import NotFound
from collab.core.i18n import DEFAULT, speaking
from collab.core.print import typeset
from collab.people.queries.tree import tree
from collab.people.recognise import person_as_actor

from . import queries
from .bundled import bundle_of
from .commands.printing import BUNDLE, MINUTES
from .minuted import sheet_of_minutes
from .queries.papers import choices_of, frozen_of, whole_roll


def minutes_printed(asker: int, said: dict[str, Any]) -> bytes:
    """The minutes as PDF. Raises NotFound where the asker sees the decision no more, Conflict, Unprintable."""
    who = _still(asker)
    return typeset("report", sheet_of_minutes(who, queries.find_whole(who, said["item"]), said["language"]))


def bundle_printed(asker: int, said: dict[str, Any]) -> bytes:
    """The bundle as zip: the same bytes for everybody, whatever they read in. Raises NotFound, Conflict."""
    who = _still(asker)
    with speaking(DEFAULT):
        found = queries.find_whole(who, said["item"])
        roll = whole_roll(who, found) if found.level == "open" else []
        options = queries.options_of(found.id)
        evidence = queries.evidence_told(who, found, options)
        return bundle_of(found, options, choices_of(who, found), roll, tree().name(), frozen_of(found), evidence)


def _still(asker: int) -> Actor:
    """Whoever asked, as they stand now."""
    who = person_as_actor(asker)
    if who is None:
        raise NotFound
    return who


printed: Final[dict[str, Callable[[int, dict[str, Any]], bytes]]] = {MINUTES: minutes_printed, BUNDLE: bundle_printed}
