"""From a quick line to the form of a new task, for whichever door it came through."""

from collab.core.errors import Invalid
from collab.core.forms import parse

from .forms import NewTask
from .queries.quick import Draft


def new_task(draft: Draft) -> NewTask:
    """The form for what a line makes. Raises Invalid at `text` when something in it cannot be kept."""
    if draft.problem:
        raise Invalid(fields={"text": [draft.problem]})
    return parse(NewTask, draft.fields, typed=True)
