"""Lists of items, one item, and changing it."""

from typing import Any

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import endpoint, listed, write_over

from .. import commands
from ..forms import Filter, PatchItem
from ..queries import items, lists
from ..saying import said_by
from . import shapes


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "GET /work-items", query=Filter, gives="WorkItemList")(list_work_items)
    endpoint(api, "GET /work-items/<ref:item>", gives="WorkItem")(work_item)
    endpoint(api, "PATCH /work-items/<ref:item>", takes=PatchItem, gives="WorkItem")(edit_work_item)


def list_work_items(query: Filter) -> Any:
    """Items of every kind that you see, filtered, page by page."""
    page = lists.list_items(actor(), query)
    return listed([shapes.row(each) for each in page.items], page.next)


def work_item(item: str) -> Any:
    """One item of any kind, by reference or id."""
    return shapes.item(items.find_item(actor(), item))


def edit_work_item(item: str, form: PatchItem) -> Any:
    """Change what an item says; fields that are left out stay as they are."""
    who = actor()
    write_over(
        lambda: items.find_item(who, item),
        lambda known, seen: commands.edit(who, seen, form.over(said_by(known))),
    )
    return work_item(item)
