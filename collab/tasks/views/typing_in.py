"""From what a page's form sends to what the forms of this package expect."""

import re
from typing import Any

from collab.people.queries.parties import party_called
from collab.web.actors import actor


def typed_lists(typed: dict[str, Any]) -> dict[str, Any]:
    """Labels stand in one line, with commas between them; the name of a parent is only shown."""
    values = dict(typed)
    values.pop("parent_name", None)
    if isinstance(values.get("labels"), str):
        values["labels"] = [part.strip() for part in re.split("[,،;]", values["labels"]) if part.strip()]
    return values


def named_holder(typed: dict[str, Any]) -> dict[str, Any]:
    """The holder by name, for whoever typed one without choosing from the list. Raises Invalid at `holder`."""
    values = dict(typed)
    name = values.pop("holder_name", "")
    if isinstance(name, str) and name.strip() and not values.get("holder"):
        values["holder"] = party_called(actor(), name, "holder", ("person", "unit", "post"))
    return values
