"""What may be entered about templates of tasks."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from collab.core.forms import Day, Form, Line, PartyId, Perhaps, Prose, Short, complaint
from collab.core.i18n import N_, _
from collab.work.forms import Priority

from .checklist import LONGEST, MOST, lines_in
from .forms import number_only

HolderKind = Literal["user", "nobody", "party"]
MOST_PARTS = 30
NAME_ONE = N_("Choose who has it.")
TOO_MANY_LINES = N_("A checklist has at most %(most)s lines.")
TOO_MANY_PARTS = N_("A template has at most %(most)s parts.")
LINE_TOO_LONG = N_("A line has at most %(most)s characters.")


class TemplateForm(Form):
    """What a task of one sort begins with. `title` empty: the name. `due_after`: working days from the day it is used.
    `holder`: whoever uses it, nobody (the tray of the unit), or the `party`. `checklist` and `parts`: a line each."""

    name: Line
    title: Line | None = None
    body: Prose = ""
    labels: Annotated[list[Short], Field(max_length=20)] = []
    priority: Priority = 0
    due_after: Annotated[int, Field(ge=0, le=365), BeforeValidator(number_only)] | None = None
    holder: HolderKind = "user"
    party: PartyId | None = None
    checklist: Perhaps = ""
    parts: Perhaps = ""

    @model_validator(mode="after")
    def _together(self) -> Self:
        if self.holder == "party" and self.party is None:
            raise complaint(_(NAME_ONE))
        lines, parts = self.lines(), self.part_titles()
        if len(lines) > MOST:
            raise complaint(_(TOO_MANY_LINES, most=MOST))
        if len(parts) > MOST_PARTS:
            raise complaint(_(TOO_MANY_PARTS, most=MOST_PARTS))
        if any(len(line) > LONGEST for line in (*lines, *parts)):
            raise complaint(_(LINE_TOO_LONG, most=LONGEST))
        return self

    def lines(self) -> list[str]:
        return [line.text for line in lines_in(self.checklist)]

    def part_titles(self) -> list[str]:
        return [line.text for line in lines_in(self.parts)]


class NewTemplate(TemplateForm):
    """A template for a unit and those below; without a unit, for the one that one heads."""

    unit: PartyId | None = None


class UseTemplate(Form):
    """A task from a template, in a unit of one's own (left out: the main one); what is left out is the template's."""

    unit: PartyId | None = None
    title: Line | None = None
    due_on: Day | None = None
    holder: PartyId | None = None
