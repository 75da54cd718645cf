"""A unit that becomes several: what the page and the API send."""

import re
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from collab.core.forms import Code, Day, Form, Line, PartyId, Question, Short

MOST_PARTS: Final = 5
MOST_LINES: Final = 2_000
MOST_REFERENCES: Final = 2_000
SORTS: Final = ("person", "post", "label", "view", "rule", "deadline", "letter", "template", "tray")


def _entered(values: object) -> object:
    """Of a list from a page: the lines for which something was chosen."""
    return [each for each in values if each != ""] if isinstance(values, list) else values


def _apart(given: object) -> object:
    """References as they are typed or pasted: one after the other, by blanks, commas or lines."""
    return [each for each in re.split(r"[\s,;،؛]+", given) if each] if isinstance(given, str) else given


References = Annotated[list[Short], BeforeValidator(_apart), Field(max_length=MOST_REFERENCES)]
Goes = Annotated[str, Field(max_length=40, pattern=rf"^({'|'.join(SORTS)})-[0-9]{{1,15}}:[0-9]$")]


class SplitPart(Form):
    """A unit that takes a part over: one there is (`unit_id`), or a new one with a code and a name.

    `head_id`: who of those that go leads it. `items`: single open items that go there by themselves, by their
    references; `query`: all open items there that this question finds, as they are when it is planned.
    """

    unit_id: PartyId | None = None
    code: Code | None = None
    name: Line | None = None
    name_en: Line | None = None
    name_el: Line | None = None
    name_fa: Line | None = None
    head_id: PartyId | None = None
    items: References = []
    query: Question = ""

    def names(self) -> dict[str, str]:
        """Locale → name, of those that were given."""
        given = {"en": self.name_en, "el": self.name_el, "fa": self.name_fa}
        return {locale: name for locale, name in given.items() if name}


class SplitForm(Form):
    """From which day, into what besides itself, and what goes there: `sort-id:part`, parts counted from 1.

    What is not named stays. Sorts: person, post, label, view, rule, deadline, letter, template, and `tray-0` for what
    nobody holds. What somebody or a post holds goes along with them; what lies in the tray under a label, with that.
    """

    on: Day
    parts: Annotated[list[SplitPart], Field(min_length=1, max_length=MOST_PARTS)]
    goes: Annotated[list[Goes], BeforeValidator(_entered), Field(max_length=MOST_LINES)] = []
