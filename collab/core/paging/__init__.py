"""Keyset paging: a page begins after the last row seen, never at "row 4,000".

OFFSET reads and throws away every earlier row and skips or repeats rows when others change the list; a keyset
("what sorts after this row") costs the same on every page (M. Winand, "SQL
Performance Explained", chapter 7).


    keyset = Keyset((Key("due", Item.due, Kind.DAY, nulls="last"), Key("id", Item.id, Kind.INTEGER)))
    window = keyset.window(cursor, limit)
    rows = session.execute(window.applied(select(Item.id, Item.due, Item.title).where(visible))).all()
    page = window.page(rows, lambda row: (row.due, row.id))
"""

from .cursor import BadCursor, Kind
from .keyset import MOST, USUAL, Key, Keyset, Page, Window

__all__ = ["MOST", "USUAL", "BadCursor", "Key", "Keyset", "Kind", "Page", "Window"]
