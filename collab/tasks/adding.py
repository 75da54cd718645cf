"""What an item has none of yet and this reader may add: one row of acts instead of headings with nothing below."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from collab.core.actor import Actor
from collab.core.i18n import N_, _
from collab.work.queries.shapes import Item

from .steps import Steps

CHECKLIST, PART, FILE, LETTER, LINK = N_("Checklist"), N_("Part"), N_("File"), N_("Letter"), N_("Link to an item")


class Add(NamedTuple):
    """`way`: dialog, page, or here for a field of the page that shows itself once it is chosen."""

    code: str
    label: str
    icon: str
    href: str
    way: str


def adding(actor: Actor, item: Item, steps: dict[str, Any], letter: str = "") -> dict[str, Any]:
    """Context of that row, from what `collab.tasks.steps.steps` gave; `letter`: where one begins, empty for no one."""
    return {"adds": list(_adds(actor, item, steps, letter))}


def _adds(actor: Actor, item: Item, steps: dict[str, Any], letter: str) -> Iterator[Add]:
    checklist, parts, links = steps["checklist"], steps["parts"], steps["links_href"]
    if _none_yet(checklist):
        yield Add("checklist", _(CHECKLIST), "list-checks", "#checklist-text", "here")
    if _none_yet(parts):
        yield Add("part", _(PART), "network", parts.href, "dialog")
    if not item.has_files and not actor.is_auditor:
        yield Add("file", _(FILE), "paperclip", "#files-choose", "here")
    if letter and not item.has_letters:
        yield Add("letter", _(LETTER), "mail", letter, "page")
    if links and all(each.relation == "child" for each in item.relatives):
        yield Add("link", _(LINK), "link", links, "dialog")


def _none_yet(steps: Steps) -> bool:
    return steps.may_change and not steps.all
