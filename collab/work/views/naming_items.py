"""Which item a field names that chooses one by typing (`work/_item_choice.html`)."""

from collections.abc import Mapping
from typing import Any


def with_item(typed: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What was typed, with the reference that the field `name` means: what was chosen begins with it, and so does what
    is written by hand."""
    values = dict(typed)
    said = values.pop(f"{name}_name", None)
    if said is not None:
        values[name] = next(iter(str(said).split()), "")[:60]
    return values
