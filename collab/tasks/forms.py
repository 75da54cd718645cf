"""What may be entered about tasks and pending items, on a page or over the API."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from collab.core.errors import Invalid
from collab.core.forms import (
    Day,
    Email,
    Flag,
    Form,
    Line,
    LongLine,
    PartyId,
    Question,
    Reason,
    Said,
    Search,
    Short,
)
from collab.core.i18n import N_, _
from collab.people.calendar.deadline import Measure
from collab.work.forms import EditItem, Limit, NewItem, StateKind

from .deadlines import LENGTHS, MOST_DAYS

Source = Literal["citizen", "council", "unit", "electronic", "authority", "other"]
StoppedBy = Literal["nobody", "outsiders", "anyone"]
Allowed = Annotated[int, Field(ge=1, le=MOST_DAYS), BeforeValidator(lambda days: number_only(days))]
LeastWorkingDays = Annotated[int, Field(ge=0, le=100), BeforeValidator(lambda days: number_only(days))]
ProtocolNumber = Annotated[Short, AfterValidator(lambda number: latin_digits(number))]
Cursor = Annotated[str, Field(max_length=400)]
Side = Literal["for-us", "we-wait", "offered", "all"]

SOURCES: dict[str, str] = {
    "citizen": N_("citizen"),
    "council": N_("council"),
    "unit": N_("another unit"),
    "electronic": N_("electronic service"),
    "authority": N_("authority"),
    "other": N_("other"),
}
MEASURES: dict[Measure, str] = {
    "days": N_("calendar days"),
    "working-days": N_("working days"),
    "weeks": N_("weeks"),
    "months": N_("months"),
    "years": N_("years"),
}
STOPPERS: dict[StoppedBy, str] = {
    "anyone": N_("any wait"),
    "outsiders": N_("waits on somebody outside"),
    "nobody": N_("nothing"),
}
SILENCES: dict[str, str] = {
    "approved": N_("it counts as approved"),
    "refused": N_("it counts as refused"),
    "closed": N_("it is closed"),
}
BEGINNINGS: dict[str, str] = {
    "deadline": N_("after the deadline"),
    "asking": N_("after asking the counterpart"),
}
TOO_LONG = N_("A deadline can be at most %(most)s of these long.")
SIDES: dict[str, str] = {
    "for-us": N_("Waiting for us"),
    "we-wait": N_("We wait for"),
    "offered": N_("Offered to us"),
    "all": N_("All"),
}


def latin_digits(number: str) -> str:
    """A number under which the registry keeps something, in one script, so that it is found however it was typed."""
    return re.sub(r"[^\D0-9]", lambda digit: str(int(digit[0])), number)


def number_only(days: object) -> object:
    """Yes is not one day."""
    if isinstance(days, bool):
        raise PydanticCustomError("int_type", "")
    return days


class Terms(Form):
    """How long the law gives and how it is counted.

    `first_day_counts`: the day of the protocol is the first one. `last_day_free`: neither does the day of the act
    count. `rolls`: an end on a day not worked moves to the next working day. `least_working_days`: a floor.
    `stopped_by`: waits on whom may stop the clock.
    """

    legal_basis: Line | None = None
    allowed: Allowed | None = None
    measure: Measure = "days"
    first_day_counts: Flag = False
    last_day_free: Flag = False
    rolls: Flag = True
    least_working_days: LeastWorkingDays = 0
    stopped_by: StoppedBy = "anyone"

    @model_validator(mode="after")
    def _within_what_can_be_counted(self) -> Self:
        """Every length that is too long is told of at once."""
        long = {name: most for name, most in self._bounds().items() if (getattr(self, name) or 0) > most}
        if long:
            raise Invalid(fields={name: [_(TOO_LONG, most=most)] for name, most in long.items()})
        return self

    def _bounds(self) -> dict[str, int]:
        """The most that each length may be in its measure."""
        return {"allowed": LENGTHS[self.measure]}


class Details(Terms):
    """What a pending item has beyond every work item.

    `counterpart` is a party that is known; `counterpart_name` names one that is looked up among the outsiders and
    written down when it is new, with its contact (of one that is known, only what was missing is written);
    `counterpart_another`: somebody else of a name that is known. Without a due date the deadline follows from the
    protocol date and the term. `rule` names a deadline rule; its terms then take the place of those entered.
    """

    source: Source = "other"
    protocol_number: ProtocolNumber | None = None
    protocol_on: Day | None = None
    counterpart: PartyId | None = None
    counterpart_name: Line | None = None
    counterpart_email: Email | None = None
    counterpart_phone: Short | None = None
    counterpart_address: Line | None = None
    counterpart_another: Flag = False
    rule: PartyId | None = None


class RuleForm(Terms):
    """A deadline rule: its name, also in other languages where wanted, and its terms.

    `silence`: what it means when nothing comes within `silence_within` (in `silence_measure`) `silence_after` the
    deadline, or after asking the counterpart; `silence_template` is the letter then drafted. Electronic applications
    get `electronic_allowed` in place of `allowed`, and at least `electronic_priority`.
    """

    name: Line
    name_en: Line | None = None
    name_el: Line | None = None
    name_fa: Line | None = None
    allowed: Allowed
    silence: Literal["approved", "refused", "closed"] | None = None
    silence_after: Literal["deadline", "asking"] = "deadline"
    silence_within: Annotated[int, Field(ge=0, le=MOST_DAYS), BeforeValidator(number_only)] | None = None
    silence_measure: Measure = "days"
    silence_basis: Line | None = None
    silence_template: PartyId | None = None
    electronic_allowed: Allowed | None = None
    electronic_priority: Annotated[int, Field(ge=1, le=4), BeforeValidator(number_only)] | None = None

    def _bounds(self) -> dict[str, int]:
        return super()._bounds() | {"silence_within": LENGTHS[self.silence_measure]}

    def names(self) -> dict[str, str]:
        """Locale → name, of those that were given."""
        given = {"en": self.name_en, "el": self.name_el, "fa": self.name_fa}
        return {code: name for code, name in given.items() if name}


class NewRuleForm(RuleForm):
    """A rule for the cases of a unit and those below; without a unit, of the whole organisation."""

    unit: PartyId | None = None


class NewTask(NewItem):
    """A new task of a unit of one's own. A holder elsewhere is offered it."""


class NewPendingItem(NewTask, Details):
    """A new pending item of a unit of one's own. A holder elsewhere is offered it."""


class EditTask(EditItem):
    """Everything a task says."""


class EditPendingItem(EditItem, Details):
    """Everything a pending item says. An empty due date follows what the law gives."""


class Hold(Form):
    """Why what would follow from silence is held back."""

    reason: Reason


class EditDetails(Details):
    """The details of a pending item with its due date. An empty due date follows what the law gives."""

    due_on: Day | None = None


class TaskChange(EditTask):
    """Some of what a task says; what is left out stays as it is."""

    title: Line = ""


class PendingItemChange(EditPendingItem):
    """Some of what a pending item says; what is left out stays as it is."""

    title: Line = ""


class QuickLine(Form):
    """A task in one line, as one would say it: "call Forestry next Fri !high @maria #storm"."""

    text: LongLine = ""


class QuickForm(QuickLine):
    """A line whose whole form is asked for, as a task or a pending item."""

    kind: Literal["task", "pending"] = "task"


class NewLines(Form):
    """Lines for a checklist, each on a line of its own; bullets and numbers are left out, "[x]" is a tick."""

    text: Said


class LineChange(Form):
    """What changes about a line of a checklist; what is left out stays. `position` is its place, the first being 1."""

    text: Line | None = None
    done: Flag | None = None
    position: Annotated[int, Field(ge=1, le=1000)] | None = None


class TaskFilter(Form):
    """Which tasks. `whose`: mine (in my hands), units (lying in my units), all (that I may see). `query` is a question
    in words (`holder:me due<+7d`); with one, all that I may see are asked unless `whose` says otherwise."""

    query: Question | None = None
    whose: Literal["mine", "units", "all"] = "mine"
    state: Literal["open", "closed", "any"] | StateKind = "open"
    unit: Short | None = None
    below: Flag = False
    holder: Short | None = None
    label: Short | None = None
    text: Search = ""
    order: Literal["due", "newest", "changed", "priority"] = "due"
    after: Cursor | None = None
    limit: Limit = 50


class PendingFilter(TaskFilter):
    """Which pending items. `side` says who waits for whom; `protocol` finds one by its number."""

    whose: Literal["mine", "units", "all"] = "units"
    side: Side = "for-us"
    protocol: ProtocolNumber | None = None
    source: Source | None = None
