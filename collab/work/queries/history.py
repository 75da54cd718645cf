"""What happened to an item, in sentences."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import func

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits, shown
from collab.core.db import db
from collab.core.facts import KINDS, Fact, FactRow, FactText, revive
from collab.core.i18n import N_, _, listed
from collab.core.paging import Key, Keyset, Kind, Page, Window
from collab.messaging.mentions import MENTION, called

from ..events import HandoverAccepted, ItemEdited, ItemReopened, WaitAnswered
from ..undoing import can_be_undone, last_act
from .changes_told import changes_told
from .parties import Names, names_of

SUBJECT: Final = "work-item"
USUAL: Final = 20
ANSWERED: Final = N_("%(actor)s answered")
ACCEPTED: Final = N_("%(actor)s accepted it and has it now")
OPENED_INTO_TRAY: Final = N_(
    "%(actor)s opened it again; %(before)s is no longer here, so it lies in the tray of %(unit)s"
)
OPENED_FOR: Final = N_("%(actor)s opened it again; %(before)s is no longer here, so %(holder)s has it now")
STOOD_IN: Final = N_("%(sentence)s (standing in for %(absent)s)")
_ORDER: Final = Keyset((Key("id", FactRow.id, Kind.INTEGER, descending=True),))
_PLACE: Final = re.compile(r"%\((\w+)\)s")
TEXTS: Any = (
    select(func.coalesce(func.jsonb_object_agg(FactText.name, FactText.text), text("'{}'::jsonb"), type_=JSONB))
    .where(FactText.fact_id == FactRow.id)
    .scalar_subquery()
)

_FACTS: Any = select(
    FactRow.id, FactRow.at, FactRow.kind, FactRow.actor_id, FactRow.on_behalf_of, FactRow.via, FactRow.payload, TEXTS
).where(FactRow.subject_kind == SUBJECT)  # fmt: skip
# The first stretch, which every page of an item shows, without being put together each time.
_NEWEST: Final = """
    select id, at, kind, actor_id, on_behalf_of, via, payload,
      (select coalesce(jsonb_object_agg(name, text), '{}'::jsonb) from fact_text where fact_id = facts.id)
    from facts where subject_kind = 'work-item' and subject_id = %(item)s order by id desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the ledger as it stands there: the fact with its free text, when, and who did it for whom."""

    id: int
    at: datetime
    kind: str
    actor_id: int
    on_behalf_of: int | None
    via: str
    payload: dict[str, Any]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the history. `parts`: (text, whether it is a name or somebody's words), in order."""

    id: int
    at: datetime
    kind: str
    actor_id: int
    parts: tuple[tuple[str, bool], ...]
    undoable: bool = False

    @property
    def sentence(self) -> str:
        return "".join(words for words, _own in self.parts)


def window_of(after: str | None = None, limit: int = USUAL) -> Window:
    """A stretch of a history, newest first. Raises BadCursor."""
    return _ORDER.window(after, limit)


def facts_of(item_id: int, window: Window) -> list[Told]:
    """Lines of the ledger about an item that was found within sight; one query. One more than the page holds."""
    if window.position is None and not window.backward:
        rows = db.session.connection().exec_driver_sql(_NEWEST, {"item": item_id, "limit": window.limit + 1})
        return [Told(*row) for row in rows]
    return [Told(*row) for row in db.session.execute(window.applied(_FACTS.where(FactRow.subject_id == item_id)))]


def parties_in(facts: list[Told]) -> set[int | None]:
    """Every party that the sentences name."""
    found: set[int | None] = set()
    for told in facts:
        found |= {told.actor_id, told.on_behalf_of}
        found.update(told.payload.get(name) for name, shape in shapes(told.kind) if shape == "party")
        found.update(id_ for name in _calling(told.kind) for id_ in called(told.texts.get(name, "")))
    return found


def lines(actor: Actor, facts: list[Told], names: Names, *, newest: bool = True, reopens: bool = False) -> list[Line]:
    """The facts as sentences in the reader's language; of the `newest`, the one that this reader may undo is marked.

    `reopens`: the reader may open the item again."""
    act = last_act(facts) if newest and not actor.is_auditor else None
    can = can_be_undone(act, actor.person_id, clock.now(), reopens=reopens)
    undo = act.id if act is not None and can else None
    return [_line(actor, told, names, told.id == undo) for told in facts if told.kind in KINDS]


def history(actor: Actor, item_id: int, window: Window, *, reopens: bool = False) -> Page[Line]:
    """A stretch of the history of an item found within sight, newest first; two queries."""
    facts = facts_of(item_id, window)
    page = window.page(facts, lambda told: (told.id,))
    items = list(page.items)
    names = names_of(actor, parties_in(items))
    return Page(lines(actor, items, names, newest=window.position is None, reopens=reopens), page.next, page.previous)


@lru_cache(maxsize=1_000)
def shapes(kind: str) -> tuple[tuple[str, str], ...]:
    """(field, how it is shown) of a kind of fact."""
    cls = KINDS.get(kind)
    return tuple((each.name, each.metadata.get("as", "")) for each in fields(cls)) if cls else ()


@lru_cache(maxsize=1_000)
def _calling(kind: str) -> tuple[str, ...]:
    """Those texts of a kind of fact that call people by their number."""
    cls = KINDS.get(kind)
    return tuple(each.name for each in fields(cls) if each.metadata.get("calls")) if cls else ()


def _line(actor: Actor, told: Told, names: Names, undoable: bool) -> Line:
    fact = revive(told.kind, 0, told.payload, told.texts)
    values = {"actor": names.one(told.actor_id).name}
    for each in fields(fact):
        values[each.name] = _shown(actor, each, fact, names)
    if isinstance(fact, ItemEdited):
        values["fields"] = changes_told(actor, fact)
    parts = _filled(_(_said(fact, told.actor_id)), values)
    if told.on_behalf_of is not None:
        around = {"sentence": "", "absent": names.one(told.on_behalf_of).name}
        before, after = _(STOOD_IN).split("%(sentence)s")
        parts = (*_filled(before, around), *parts, *_filled(after, around))
    return Line(told.id, told.at, told.kind, told.actor_id, tuple(part for part in parts if part[0]), undoable)


def _said(fact: Fact, actor_id: int) -> str:
    """How a fact reads: where what is particular about it is who did it, or what came of it, with a sentence apart."""
    if isinstance(fact, WaitAnswered) and fact.awaited == actor_id:
        return ANSWERED
    if isinstance(fact, HandoverAccepted) and fact.holder == actor_id:
        return ACCEPTED
    if isinstance(fact, ItemReopened) and fact.before is not None:
        return OPENED_INTO_TRAY if fact.holder is None else OPENED_FOR
    return type(fact).sentence


def _shown(actor: Actor, each: Any, fact: Fact, names: Names) -> str:
    value = getattr(fact, each.name)
    shape = each.metadata.get("as", "")
    if value is None or value == "":
        return "–" if shape == "party" else ""
    if shape == "party":
        return names.one(value).name
    if shape == "code":
        labels = each.metadata["labels"]
        return listed((_(labels.get(one, one)) for one in str(value).split(",")), actor.locale)
    if shape == "day":
        return shown(date.fromisoformat(value), calendar=actor.calendar, locale=actor.locale)  # type: ignore[arg-type]
    if each.metadata.get("calls"):
        return _calls_named(value, names)
    return digits(value, actor.locale) if isinstance(value, int) else str(value)


def _calls_named(said: str, names: Names) -> str:
    """A message with those whom it calls under the names that the reader knows them by; what else has the form of a
    call stands as it was typed, or anybody's number would tell their name."""
    known = {id_: f"@{names.known[id_].name}" for id_ in called(said) if id_ in names.known}
    return MENTION.sub(lambda mention: known.get(int(mention[2]), mention[0]), said)


def _filled(template: str, values: dict[str, str]) -> tuple[tuple[str, bool], ...]:
    """The template cut at its places; a trailing colon before nothing goes ("offered it to Legal: ")."""
    found: list[tuple[str, bool]] = []
    end = 0
    for match in _PLACE.finditer(template):
        found.append((template[end : match.start()], False))
        found.append((values.get(match[1], ""), True))
        end = match.end()
    found.append((template[end:], False))
    if len(found) >= 3 and not found[-1][0] and not found[-2][0]:
        found[-3] = (found[-3][0].rstrip(" :–—").rstrip("،,"), False)
    return tuple(found)
