"""Tables of the work item."""

from .arranging import ListJob, ListJobItem, ViewFeed
from .desk import DeskHandover, DeskLine
from .escalation import EscalationRule
from .extras import FieldDefinition, FieldIndex, Label, Register, SavedView, SavedViewPin, WorkItemLabel
from .item import OPEN_STATES, Series, State, WorkItem
from .mailed import AnswerAddress
from .party import Participant
from .relation import Checklist, Link
from .wait import OF_EACH, Handover, Interval, Snooze, Wait

__all__ = [
    "OF_EACH", "OPEN_STATES", "AnswerAddress", "Checklist", "DeskHandover", "DeskLine", "EscalationRule",
    "FieldDefinition", "FieldIndex", "Handover", "Interval", "Label", "Link", "ListJob", "ListJobItem", "Participant",
    "Register", "SavedView", "SavedViewPin", "Series", "Snooze", "State", "ViewFeed", "Wait", "WorkItem",
    "WorkItemLabel",
]  # fmt: skip
