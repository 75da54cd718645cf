"""One search over everything, as the page, the palette and the API ask it."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from collab.core.actor import Actor
from collab.core.paging import Page
from collab.core.text.fold import fold
from collab.people.queries.parties import Choice
from collab.people.queries.tree import tree
from collab.work.filters.parse import has_conditions

from .asking import NOTHING, Asked, asked
from .forms import Which
from .found import FoundFile, FoundItem, FoundMessage
from .names import Look, look
from .queries import find_files, find_items, find_messages, find_similar
from .worded import find_worded

FEW: Final = 6
"""How many of each kind are shown together."""
_SOLID: Final = re.compile(r"([^\W\d_]{1,40})-?(\d{1,10})")
_NONE: Final[Page[Any]] = Page([], None, None)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. `loosely`: nothing has all the words, and `items` have some of them. `near`: those whose names
    are a slip away from what was typed, when no name has it. `worded`: conditions were typed,
    which items alone answer. `every`: a few of each kind were asked for, which is no page that goes on."""

    asked: Asked
    items: Page[FoundItem] = _NONE
    loosely: bool = False
    parties: list[Choice] = field(default_factory=list)
    near: list[Choice] = field(default_factory=list)
    messages: Page[FoundMessage] = _NONE
    files: Page[FoundFile] = _NONE
    worded: bool = False
    every: bool = False

    @property
    def next(self) -> str | None:
        """The cursor of the next page, where one kind alone was asked for."""
        return None if self.every else self.items.next or self.messages.next or self.files.next

    def __bool__(self) -> bool:
        return bool(self.items.items or self.parties or self.near or self.messages.items or self.files.items)


def search(actor: Actor, typed: str, kind: Which = "all", after: str | None = None, limit: int = FEW) -> Results:
    """What answers `typed`, a few of each kind or a page of one. Raises BadCursor.

    Where conditions are among the words (`state:open branches`), items alone are looked for, as the list of all work
    does; raises BadQuery, which points at the word that cannot be.

    The last word may be unfinished. Where nothing has all the words, some of them are enough.
    """
    if has_conditions(typed):
        return Results(NOTHING, find_worded(actor, typed, after, limit), worded=True)
    question = asked(with_hyphen(typed))
    if not question:
        return Results(question)
    found = _search(actor, question, kind, after, limit)
    nothing = not found.items.items if kind == "items" else not found
    if not nothing or after is not None or kind not in ("all", "items") or not question.loosens:
        return found
    return _loosely(actor, found, limit)


def with_hyphen(typed: str) -> str:
    """What was typed; a reference without its hyphen (`parks41`) with it. `parks 2026` is two words, which the
    reference has as well: whatever else has them is not hidden by it."""
    match = _SOLID.fullmatch(typed.strip())
    known = match and tree().by_folded_code.get(fold(match[1]))
    return f"{tree().nodes[known].code}-{int(match[2])}" if match and known else typed


def _search(actor: Actor, question: Asked, kind: Which, after: str | None, limit: int) -> Results:
    every = kind == "all"
    start = None if every else after
    there = look(actor, question, limit) if every or kind == "people" else Look()
    items = find_items(actor, question, start, limit, few=every) if every or kind == "items" else _NONE
    said = kind == "messages" or (every and there.messages)
    messages = find_messages(actor, question, start, limit, few=every) if said else _NONE
    named = kind == "files" or (every and there.files)
    files = find_files(actor, question, start, limit, few=every) if named else _NONE
    return Results(question, items, False, there.parties, there.near, messages, files, every=every)


def _loosely(actor: Actor, found: Results, limit: int) -> Results:
    """Rather something near than nothing: a first page of items with some of the words. It is not walked further."""
    similar = find_similar(actor, found.asked, limit)
    return Results(found.asked, Page(similar.items, None, None), bool(similar.items))
