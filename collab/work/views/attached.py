"""The files of an item as its page shows them."""

from collab.core.actor import Actor
from collab.files.shown import Files, files_shown

from ..reactions import ITEM


def files_of(who: Actor, item_id: int, href: str, reasons: list[str] | None = None, *, none: bool = False) -> Files:
    """The files of an item the actor has found. One query, but where it is known that there are `none`."""
    return files_shown(who, ITEM, item_id, f"{href}/files", may_add=not who.is_auditor, reasons=reasons, none=none)
