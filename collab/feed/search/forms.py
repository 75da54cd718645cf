"""What may be asked of the index."""

from typing import Annotated, Literal

from pydantic import Field

from collab.core.forms import Form, Search

Which = Literal["all", "items", "messages", "people", "files"]


class Question(Form):
    """What was typed, what is looked for, from where on."""

    q: Search = ""
    kind: Which = "all"
    after: Annotated[str, Field(max_length=400)] | None = None


class ApiQuestion(Question):
    """The same over the API. `typing` changes nothing any more: the last word may always be unfinished."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    typing: Annotated[Literal["true", "false"], Field()] = "false"


class Typed(Form):
    """What was typed so far."""

    q: Search = ""


class ChoiceTyped(Typed):
    """The same in a field that chooses an item: of those alone that meet the conditions in `only`."""

    only: Search = ""
