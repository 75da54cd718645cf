"""Handing over a desk: what the page and the API send."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from collab.core.forms import Day, Form, PartyId


def _entered(values: object) -> object:
    """Of a list from a page: the lines for which something was chosen."""
    return [each for each in values if each != ""] if isinstance(values, list) else values


Own = Annotated[
    str,
    Field(max_length=60, pattern=r"^(item|asked|asking|offered|offer)-[0-9]{1,15}:([1-9][0-9]{0,14}|along|withdraw)$"),
]


class HandDesk(Form):
    """To whom the desk goes; `own` names lines that go elsewhere, as `part-id:party`.

    A line of an item may be `along` (it goes with the person to the new unit), one of their own offers `withdraw`.
    """

    to: PartyId
    kind: Literal["leaving", "transfer"] = "leaving"
    into: PartyId | None = None
    last_day: Day | None = None
    own: Annotated[list[Own], BeforeValidator(_entered), Field(max_length=5000)] = []
