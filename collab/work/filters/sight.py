"""The one criterion of sight, asked inside a condition about another item than the one that is listed."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, inspect, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.util import ClauseAdapter
from sqlalchemy.sql.visitors import replacement_traverse

from collab.core.actor import Actor

from ..models import WorkItem
from ..policy import visible_to


def seen(actor: Actor, id_: ColumnElement[int], name: str) -> tuple[ColumnElement[bool], dict[str, Any]]:
    """Whether the actor sees the item with the id in `id_`, with the values that it asks.

    They stand apart under names of their own, never in the criterion: its statement is kept and used for others.
    """
    other = aliased(WorkItem)
    given: dict[str, Any] = {}

    def apart(element: Any, **_more: Any) -> Any:
        if not isinstance(element, BindParameter):
            return None
        own = f"{name}_sight{len(given)}"
        given[own] = element.effective_value
        return bindparam(own, type_=element.type)

    visible = ClauseAdapter(inspect(other).selectable).traverse(visible_to(actor))
    criterion = replacement_traverse(visible, {}, apart)
    return exists(select(other.id).where(other.id == id_, criterion)), given
