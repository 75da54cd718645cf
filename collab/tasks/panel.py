"""What a pending item shows of itself on the item page, and what it says over the API."""

import re
from dataclasses import dataclass
from typing import Any

from collab.core.actor import Actor
from collab.core.dates import shown
from collab.work.policy import may_change
from collab.work.queries.shapes import Item

from .adding import adding
from .forms import latin_digits
from .letters.queries import Letterhead, letters_of
from .policy import may_keep_templates
from .queries.details import Contact, Details, Entered, details_of, explained
from .queries.silence import silence_of
from .queries.times import times_of
from .steps import comes_again, steps
from .words import allowed, because, counted_from, manner, silence, source_name

TEMPLATE = "tasks/_panel.html"
TASK_TEMPLATE = "tasks/_task_panel.html"
MENU = "tasks/_menu.html"
PLAIN = Details(0, "other", None, None, None, None, Entered(), 0, "UTC")


@dataclass(frozen=True, slots=True)
class Panel:
    """The lines of the panel, ready to be shown; an empty text is a line that is left out."""

    source: str
    protocol: str
    protocol_day: str
    counterpart: str
    contact: Contact
    tel: str
    rule: str
    rule_href: str
    basis: str
    allowed: str
    manner: list[str]
    because: list[str]
    unbegun: bool
    standing: bool
    href: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class SilenceLine:
    """What will follow from silence; where it is held back or let count, empty for those who may not."""

    says: str
    basis: str
    counts: bool
    hold: str
    let: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of an item, each with the day it was sent; where a new one begins, empty for those who may not."""

    lines: list[tuple[Letterhead, str]]
    new: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Turning an item into the other kind, merging it with another, keeping it as a template; the addresses are empty
    for those who may not."""

    kind_href: str
    becomes: str
    kind_icon: str
    merge_href: str
    template_href: str


def panel(actor: Actor, item: Item) -> tuple[str, dict[str, Any]] | None:
    """Template and context of a pending item's own facts; three queries, one more where it has letters, two where
    silence means something."""
    details = details_of(actor, [item.id]).get(item.id, PLAIN)
    why = explained(item, details)
    day = shown(details.protocol_on, calendar=actor.calendar) if details.protocol_on else ""  # type: ignore[arg-type]
    shows = Panel(
        source=source_name(details.source),
        protocol=details.protocol_number or "",
        protocol_day=day,
        counterpart=details.counterpart.name if details.counterpart else "",
        contact=details.contact,
        tel=dialled(details.contact.phone),
        rule=details.rule.name if details.rule else "",
        rule_href=f"/deadline-rules/{details.rule.id}" if details.rule else "",
        basis=details.term.legal_basis or "",
        allowed=allowed(details.term),
        manner=manner(details.term),
        because=because(actor, details, why),
        unbegun=item.is_open
        and item.due_on is None
        and details.protocol_on is None
        and details.term.allowed is not None,
        standing=why.standing_since is not None,
        href=f"/pending-items/{item.reference}/details",
        may_change=may_change(actor, item),  # type: ignore[arg-type]
    )
    letters, there = _letters(actor, item, shows.may_change), steps(actor, item, reminded=True)
    more = {**_menu(actor, item, "task", shows.may_change), **there, **adding(actor, item, there, letters.new)}
    return TEMPLATE, {"panel": shows, "letters": letters, "silence": _silence(actor, item, details, shows), **more}


def dialled(phone: str | None) -> str:
    """A number as it is dialled (RFC 3966), from the first of what was written; empty where it holds no number."""
    first = re.split(r"[,;/]|\bext\b", latin_digits(phone or ""))[0]
    digits = re.sub(r"\D", "", first)
    return f"tel:{'+' if first.strip().startswith('+') else ''}{digits}" if len(digits) > 2 else ""


def _silence(actor: Actor, item: Item, details: Details, shows: Panel) -> SilenceLine | None:
    found = silence_of(actor, item, details)
    if found is None:
        return None
    address = f"/pending-items/{item.reference}/silence/hold" if shows.may_change and item.is_open else ""
    counts = found.state == "counts"
    basis = " · ".join(filter(None, (counted_from(found) if counts else "", found.rule.basis)))
    return SilenceLine(silence(actor, found), basis, counts, address if counts else "", "" if counts else address)


def _letters(actor: Actor, item: Item, changes: bool) -> Letters:
    """The letters of the item; one query where it has any."""
    lines = [
        (one, shown(one.sent_on, calendar=actor.calendar) if one.sent_on else "")  # type: ignore[arg-type]
        for one in (letters_of(actor, item.id) if item.has_letters else ())
    ]
    return Letters(lines, f"/work-items/{item.reference}/letters/new" if changes else "")


def task_panel(actor: Actor, item: Item) -> tuple[str, dict[str, Any]] | None:
    """A task has only its steps; whoever may change it is offered to make it a pending item. Three queries."""
    changes = may_change(actor, item)  # type: ignore[arg-type]
    again, reminded = times_of(actor, item.id)
    there = steps(actor, item, reminded=reminded)
    more = {**there, **adding(actor, item, there), **comes_again(actor, item, there=again)}
    return TASK_TEMPLATE, {**_menu(actor, item, "pending", changes), **more}


def _menu(actor: Actor, item: Item, becomes: str, changes: bool) -> dict[str, Any]:
    """What an item's menu offers beyond every item."""
    kind_href = f"/work-items/{item.reference}/kind" if changes else ""
    icon = "hourglass" if becomes == "pending" else "square-check-big"
    merge_href = f"/work-items/{item.reference}/merger" if changes and item.is_open else ""
    keeps = bool(actor.heads) and item.reach != "named" and may_keep_templates(actor, None)
    template_href = f"/work-items/{item.reference}/template" if keeps else ""
    return {"menu_template": MENU, "menu": Menu(kind_href, becomes, icon, merge_href, template_href)}


def as_json(actor: Actor, item_ids: list[int]) -> dict[int, dict[str, Any]]:
    """The details of pending items under the names of the form; one query."""
    return {id_: details_json(details) for id_, details in details_of(actor, item_ids).items()}


def silence_json(actor: Actor, item: Item) -> dict[str, Any]:
    """What silence means for a pending item: the rule's words, whether it counts, until when something may come."""
    found = silence_of(actor, item, details_of(actor, [item.id]).get(item.id, PLAIN))
    if found is None:
        return {"outcome": None, "state": None, "by": None, "basis": None, "says": ""}
    by = found.by.isoformat() if found.by is not None else None
    says = silence(actor, found)
    return {
        "outcome": found.rule.outcome, "state": found.state, "by": by, "basis": found.rule.basis or None, "says": says,
    }  # fmt: skip


def details_json(details: Details) -> dict[str, Any]:
    party = details.counterpart
    return {
        "source": details.source,
        "protocol_number": details.protocol_number,
        "protocol_on": details.protocol_on.isoformat() if details.protocol_on else None,
        "counterpart": {"id": party.id, "kind": party.kind, "name": party.name} if party else None,
        "rule": {"id": details.rule.id, "name": details.rule.name} if details.rule else None,
        **details.term._asdict(),
        "suspended_days": details.suspended_days,
    }
