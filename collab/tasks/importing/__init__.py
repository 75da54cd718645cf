"""Tasks and pending items from other systems, brought in by one bulk verb."""

from .events import ItemImported, ItemImportedAgain

__all__ = ["ItemImported", "ItemImportedAgain"]
